package computer.autonet.process;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Alice with 1,000 ATN, Bob with nothing, and what they sign. */
final class People {
    static final SigningKey ALICE = key("alice");
    static final SigningKey BOB = key("bob");
    static final Genesis GENESIS = FirstGenesis.of(
            "host-test",
            1,
            Tables.copyOf(Map.of(identity(ALICE), Amount.parseTokens("1000"))),
            identity(key("treasury")),
            List.of(identity(key("guardian"))));

    private People() {}

    static SigningKey key(String name) {
        return Ed25519Key.ofSeed(
                Hash.digest(name.getBytes(StandardCharsets.UTF_8)).toArray());
    }

    static Identity identity(SigningKey key) {
        return key.identity();
    }

    static ProcessId account(SigningKey key) {
        return ProcessId.owned(Kind.ACCOUNT, GENESIS.networkId(), identity(key).address());
    }

    static Bytes sign(SigningKey key, ProcessId target, Command command, long nonce, long nowMillis) {
        return MessageCodec.sign(key, GENESIS.networkId(), target, command, nonce, nowMillis + 300_000)
                .raw();
    }

    /** Money to the account of another. */
    static Bytes transfer(SigningKey from, SigningKey to, String amount, long nonce, long nowMillis) {
        return sign(
                from,
                account(from),
                new AccountCommand.Transfer(identity(to).address(), Amount.parseTokens(amount)),
                nonce,
                nowMillis);
    }
}
