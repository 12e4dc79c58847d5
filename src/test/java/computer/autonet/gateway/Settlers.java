package computer.autonet.gateway;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.Secp256k1Key;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Recipe;
import java.util.List;
import java.util.Map;

/** Ada (who has gold, too) and Eve (who signs as Ethereum does) with 1,000 ATN each, Bob with nothing, and what they sign. */
final class Settlers {
    static final SigningKey ADA = key("ada");
    static final SigningKey BOB = key("bob");
    static final SigningKey EVE = Secp256k1Key.ofSeed(Hash.digest("eve").toArray());
    static final Recipe RECIPE = new Recipe("mlp", 8, 8, 10, 7, 10, 16, 3_000);
    static final Asset GOLD = new Asset(Hash.digest("gold"));
    static final Genesis GENESIS = FirstGenesis.of(
            "gateway-test",
            1,
            Tables.copyOf(Map.of(
                    ADA.identity(), Amount.parseTokens("1000"),
                    EVE.identity(), Amount.parseTokens("1000"))),
            Tables.copyOf(Map.of(GOLD, Tables.copyOf(Map.of(ADA.identity(), GOLD.parseAmount("1000"))))),
            key("treasury").identity(),
            List.of(ADA.identity()));

    private Settlers() {}

    static SigningKey key(String name) {
        return Ed25519Key.ofSeed(Hash.digest(name).toArray());
    }

    static ProcessId account(SigningKey key) {
        return ProcessId.owned(Kind.ACCOUNT, GENESIS.networkId(), key.identity().address());
    }

    static Command transfer(SigningKey to, String tokens) {
        return new AccountCommand.Transfer(to.identity().address(), Amount.parseTokens(tokens));
    }

    static ProjectTerms terms(String name) {
        return new ProjectTerms(
                name,
                RECIPE,
                BlobId.of(new byte[] {1}),
                3,
                Amount.parseTokens("10"),
                2,
                3,
                2,
                new PhaseTimes(1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
    }

    static Bytes sign(SigningKey key, ProcessId target, Command command, long nonce, long expires) {
        return MessageCodec.sign(key, GENESIS.networkId(), target, command, nonce, expires)
                .raw();
    }
}
