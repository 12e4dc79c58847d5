package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.account.Mandate;
import computer.autonet.protocol.account.Right;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autonet mandate}: keys that act for an account which is not theirs. */
@Command(
        name = "mandate",
        mixinStandardHelpOptions = true,
        description = "Let another key spend from your account, within limits; use or end that.")
final class MandateCommands implements Runnable {
    private final Equipment equipment;

    @Spec
    CommandSpec spec;

    MandateCommands(Equipment equipment) {
        this.equipment = equipment;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: grant, list, pay or revoke");
    }

    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description = "Give a mandate, or pass on from one that you hold.",
            footer = "Example: autonet mandate grant --as alice --to bob --cap 100 --days 30")
    int grant(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Mixin PrincipalOptions principal,
            @Mixin AssetOptions asset,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "HOLDER",
                            description = "Who may act: an address or a name in the keystore.")
                    String to,
            @Option(
                            names = "--cap",
                            required = true,
                            paramLabel = "AMOUNT",
                            description = "What may leave under it in all: in ATN, or smallest units of --asset.")
                    String cap,
            @Option(
                            names = "--may",
                            split = ",",
                            paramLabel = "RIGHT",
                            defaultValue = "transfer",
                            description = "transfer, create_project or both (default: ${DEFAULT-VALUE}).")
                    List<Right> rights,
            @Option(
                            names = "--only-to",
                            paramLabel = "OWNER",
                            description = "The only receiver: an address, a name in the keystore, or project:HEX.")
                    @Nullable
                    String only,
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            paramLabel = "N",
                            description = "How long it holds, from now on (default: ${DEFAULT-VALUE}).")
                    int days,
            @Option(
                            names = "--depth",
                            defaultValue = "0",
                            paramLabel = "N",
                            description = "How often it may be passed on (default: ${DEFAULT-VALUE}).")
                    int depth,
            @Option(
                            names = "--under",
                            defaultValue = "0",
                            paramLabel = "NUMBER",
                            description = "The mandate that you pass on from; needs --for.")
                    long under) {
        Amount most = asset.amount(cap);
        if (under != 0) {
            principal.require();
        }
        SigningKey key = signer.key(equipment.keyFiles());
        Hash holder = signer.owner(equipment.keyFiles(), to);
        Optional<Hash> receiver = Optional.ofNullable(only).map(text -> signer.owner(equipment.keyFiles(), text));
        try (Session session = gateway.open(equipment.connector())) {
            Hash owner = principal.owner(signer, equipment.keyFiles());
            AccountState account =
                    session.await(session.client().account(owner)).state();
            long now = session.nowMillis();
            long until = now + Duration.ofDays(days).toMillis();
            if (under != 0 && account.mandates().containsKey(under)) {
                // Passed on for as long as it can be.
                until = Math.min(until, account.mandates().get(under).mandate().untilMillis());
            }
            var mandate = new Mandate(
                    new Identity(holder),
                    rights.stream().distinct().sorted().toList(),
                    receiver,
                    most,
                    now,
                    until,
                    depth,
                    asset.asset());
            Receipt receipt =
                    session.submit(key, session.account(owner), new AccountCommand.GrantMandate(mandate, under));
            output.print(AccountCommands.applied(receipt)
                    .with("mandate", granted(session, owner, account, mandate))
                    .with("holder", holder)
                    .with("cap", AssetOptions.told(asset.asset(), most))
                    .with("asset", AssetOptions.named(asset.asset()))
                    .with("until", Instant.ofEpochMilli(until)));
        }
        return 0;
    }

    /** The number that a mandate was given: the newest one that says the same. */
    private static long granted(Session session, Hash owner, AccountState before, Mandate mandate) {
        AccountState after = session.await(session.client().account(owner)).state();
        return after.mandates().tailMap(before.nextMandate()).entrySet().stream()
                .filter(entry -> entry.getValue().mandate().equals(mandate))
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElseThrow(() -> CliException.ours(
                        "NOT_THERE", "the mandate was recorded but stands no longer", "list the account's mandates"));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Show the mandates that stand in an account.",
                "They stand in the account of who granted them, not of who holds them."
            },
            footer = "Example: autonet mandate list alice")
    int list(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin KeystoreOptions keystore,
            @Parameters(paramLabel = "OWNER", description = "A name in the keystore or an address.") String owner) {
        Hash hash = keystore.owner(equipment.keyFiles(), owner);
        try (Session session = gateway.open(equipment.connector())) {
            AccountState account = session.await(session.client().account(hash)).state();
            List<Report> rows = new ArrayList<>();
            account.mandates()
                    .forEach((number, grant) -> rows.add(new Report()
                            .with("mandate", number)
                            .with("holder", grant.mandate().holder())
                            .with("may", label(grant.mandate().rights()))
                            .with("only to", grant.mandate().receiver())
                            .with("asset", grant.mandate().asset())
                            .with(
                                    "cap",
                                    AssetOptions.told(
                                            grant.mandate().asset(),
                                            grant.mandate().cap()))
                            .with("spent", AssetOptions.told(grant.mandate().asset(), grant.spent()))
                            .with("until", Instant.ofEpochMilli(grant.mandate().untilMillis()))
                            .with("depth", grant.mandate().depth())
                            .with("under", grant.under())));
            output.print(new Report().with("owner", hash).with("mandates", rows));
        }
        return 0;
    }

    private static String label(List<Right> rights) {
        return String.join(
                ",",
                rights.stream()
                        .map(right -> right.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Command(
            name = "pay",
            mixinStandardHelpOptions = true,
            description = "Send ATN or another asset from the account of another, by a mandate that you hold.",
            footer = "Example: autonet mandate pay --as bob --for alice --mandate 1 --to project:HEX 12.5")
    int pay(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Mixin PrincipalOptions principal,
            @Mixin AssetOptions asset,
            @Option(names = "--mandate", required = true, paramLabel = "NUMBER", description = "Which one.")
                    long mandate,
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
        principal.require();
        SigningKey key = signer.key(equipment.keyFiles());
        Hash receiver = signer.owner(equipment.keyFiles(), to);
        try (Session session = gateway.open(equipment.connector())) {
            Hash owner = principal.owner(signer, equipment.keyFiles());
            Receipt receipt = session.submit(
                    key,
                    session.account(owner),
                    new AccountCommand.TransferUnder(mandate, receiver, sum, asset.asset()));
            output.print(AccountCommands.applied(receipt)
                    .with("from", owner)
                    .with("to", receiver)
                    .with("sent", AssetOptions.told(asset.asset(), sum))
                    .with("asset", AssetOptions.named(asset.asset())));
        }
        return 0;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "End a mandate and all that were passed on from it.",
            footer = "Example: autonet mandate revoke --as alice 1")
    int revoke(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Mixin PrincipalOptions principal,
            @Parameters(paramLabel = "NUMBER", description = "As mandate list shows it.") long mandate) {
        SigningKey key = signer.key(equipment.keyFiles());
        try (Session session = gateway.open(equipment.connector())) {
            Hash owner = principal.owner(signer, equipment.keyFiles());
            Receipt receipt = session.submit(key, session.account(owner), new AccountCommand.RevokeMandate(mandate));
            output.print(AccountCommands.applied(receipt).with("revoked", mandate));
        }
        return 0;
    }
}
