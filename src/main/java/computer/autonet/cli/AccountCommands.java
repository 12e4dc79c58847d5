package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.role.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autonet account}: money and stakes. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        description = "Show an account; transfer what it holds, stake and withdraw ATN.")
final class AccountCommands implements Runnable {
    private final Equipment equipment;

    @Spec
    CommandSpec spec;

    AccountCommands(Equipment equipment) {
        this.equipment = equipment;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: show, transfer, stake or withdraw");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show balances and stakes of an identity, or the escrow of a project.",
            footer = {"Example: autonet account show alice", "         autonet account show project:HEX"})
    int show(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin KeystoreOptions keystore,
            @Parameters(
                            paramLabel = "OWNER",
                            arity = "0..1",
                            description = "A name in the keystore, an address, or project:HEX.")
                    @Nullable
                    String owner) {
        Hash hash =
                keystore.owner(equipment.keyFiles(), owner == null ? keystore.onlyName(equipment.keyFiles()) : owner);
        try (Session session = gateway.open(equipment.connector())) {
            AccountState account = session.await(session.client().account(hash)).state();
            List<Report> assets = new ArrayList<>();
            account.assets()
                    .forEach((asset, amount) -> assets.add(
                            new Report().with("asset", asset).with("balance", AssetOptions.told(asset, amount))));
            List<Report> stakes = new ArrayList<>();
            account.locks()
                    .forEach((number, lock) -> stakes.add(new Report()
                            .with("lock", number)
                            .with("project", lock.project())
                            .with("role", lock.role().label())
                            .with("amount", lock.amount())
                            .with("until", Instant.ofEpochMilli(lock.unlockMillis()))
                            .with("released", lock.released())));
            List<Report> holds = new ArrayList<>();
            account.holds()
                    .forEach((reference, amount) ->
                            holds.add(new Report().with("reference", reference).with("amount", amount)));
            Report report = new Report()
                    .with("owner", hash)
                    .with("account", session.account(hash))
                    .with("balance", account.balance())
                    .with("total", account.total())
                    .with("assets", assets)
                    .with("stakes", stakes);
            output.print(holds.isEmpty() ? report : report.with("set aside", holds));
        }
        return 0;
    }

    @Command(
            name = "transfer",
            mixinStandardHelpOptions = true,
            description = "Send ATN or another asset to an identity, or to the escrow of a project.",
            footer = {
                "Example: autonet account transfer --as alice --to project:HEX 250",
                "         autonet account transfer --as alice --to bob --asset 0x... 1250000"
            })
    int transfer(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Mixin AssetOptions asset,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "OWNER",
                            description = "An address, a name in the keystore, or project:HEX.")
                    String to,
            @Parameters(
                            paramLabel = "AMOUNT",
                            description = "In ATN, such as 12.5; of another asset, in its smallest units.")
                    String amount) {
        Amount sum = asset.amount(amount);
        SigningKey key = signer.key(equipment.keyFiles());
        Hash receiver = signer.owner(equipment.keyFiles(), to);
        try (Session session = gateway.open(equipment.connector())) {
            Receipt receipt = session.submit(key, new AccountCommand.Transfer(receiver, sum, asset.asset()));
            output.print(applied(receipt)
                    .with("to", receiver)
                    .with("sent", AssetOptions.told(asset.asset(), sum))
                    .with("asset", AssetOptions.named(asset.asset())));
        }
        return 0;
    }

    @Command(
            name = "stake",
            mixinStandardHelpOptions = true,
            description = {
                "Lock ATN for a role in a project and join it.",
                "Least: proposer 100, solver 50, coordinator 500, aggregator 1000."
            },
            footer = "Example: autonet account stake --as alice --project HEX --role solver 50")
    int stake(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Option(names = "--project", required = true, paramLabel = "ID", description = "The project.")
                    String project,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "proposer, solver, coordinator or aggregator.")
                    Role role,
            @Parameters(paramLabel = "AMOUNT", description = "In ATN.") String amount) {
        Amount sum = Parse.amount(amount);
        ProcessId id = Parse.process(Kind.PROJECT, project);
        SigningKey key = signer.key(equipment.keyFiles());
        try (Session session = gateway.open(equipment.connector())) {
            Receipt receipt = session.submit(key, new AccountCommand.Stake(id, role, sum));
            output.print(applied(receipt)
                    .with("project", id)
                    .with("role", role.label())
                    .with("staked", sum));
        }
        return 0;
    }

    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description = "Free a stake that its project released and whose time is over.",
            footer = "Example: autonet account withdraw --as alice 1")
    int withdraw(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Parameters(paramLabel = "LOCK", description = "Its number, as account show lists it.") long lock) {
        SigningKey key = signer.key(equipment.keyFiles());
        try (Session session = gateway.open(equipment.connector())) {
            Receipt receipt = session.submit(key, new AccountCommand.Withdraw(lock));
            output.print(applied(receipt).with("withdrawn", lock));
        }
        return 0;
    }

    /** Where an act stands in its log. */
    static Report applied(Receipt receipt) {
        return new Report()
                .with("process", receipt.process())
                .with("slot", receipt.slot())
                .with("entry", receipt.entryHash());
    }
}
