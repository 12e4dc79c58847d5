package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.SealedEntry;
import computer.autonet.port.ModelSpec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import java.math.BigInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autonet project}: AI projects, from founding to their end. */
@Command(name = "project", mixinStandardHelpOptions = true, description = "Found, fund, show and watch AI projects.")
final class ProjectCommands implements Runnable {
    private final Equipment equipment;

    @Spec
    CommandSpec spec;

    ProjectCommands(Equipment equipment) {
        this.equipment = equipment;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: create, fund, show, watch, leave, resume or close");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Found a project that trains a model in rounds.",
            footer = {
                "Example: autonet project create --as alice --name digits --dataset digits --rounds 5 --fund 500",
                "The project starts when enough participants have staked: at least one proposer, one aggregator,",
                "and as many solvers and coordinators as it draws."
            })
    int create(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Mixin MandateOptions mandate,
            @Mixin NewProjectOptions options) {
        ModelSpec model = options.spec(equipment.images());
        Amount funds = options.funds();
        SigningKey key = signer.key(equipment.keyFiles());
        Hash owner = mandate.owner(signer, equipment.keyFiles());
        output.progress("computing initial parameters of " + model);
        byte[] initial = encoded(equipment.trainer().get().initial(model, options.seed));
        ProjectTerms terms = options.terms(model, BlobId.of(initial));
        var unfit = terms.unfit();
        if (unfit.isPresent()) {
            throw CliException.users(
                    unfit.get().code().name(), unfit.get().detail(), unfit.get().remedy());
        }
        try (Session session = gateway.open(equipment.connector())) {
            requireBalance(session, owner, funds);
            ProcessId account = session.account(owner);
            output.progress("storing " + initial.length + " bytes");
            session.await(session.client().putBlob(initial));
            Receipt receipt = session.submit(key, account, mandate.createProject(terms));
            ProcessId project = founded(session, receipt);
            // From here on the project is there, whatever becomes of its funds.
            output.progress("founded " + project);
            if (!funds.isZero()) {
                session.submit(key, account, mandate.transfer(project.hash(), funds));
            }
            BigInteger paid = funds.units().divide(terms.reward().units().max(BigInteger.ONE));
            if (paid.compareTo(BigInteger.valueOf(terms.rounds())) < 0) {
                output.progress("the escrow pays for " + paid + " of " + terms.rounds()
                        + " rounds; send it more with project fund");
            }
            output.print(new Report()
                    .with("project", project)
                    .with("name", terms.name())
                    .with("model", model)
                    .with("rounds", terms.rounds())
                    .with("reward", terms.reward())
                    .with("funded", funds)
                    .with("initial model", terms.initialModel()));
        }
        return 0;
    }

    /** Before anything is founded: a project whose funds cannot be sent would stay behind. */
    private static void requireBalance(Session session, Hash owner, Amount funds) {
        Amount balance = session.await(session.client().account(owner)).state().balance();
        if (!balance.covers(funds)) {
            throw CliException.users(
                    "INSUFFICIENT_FUNDS",
                    "balance " + balance + " ATN, --fund " + funds,
                    "fund it with less, or receive " + funds.minus(balance) + " ATN first; nothing was founded");
        }
    }

    /** Named in full: picocli's Parameters are another thing. */
    private static byte[] encoded(float[] parameters) {
        return computer.autonet.protocol.learning.Parameters.of(parameters).encode();
    }

    /** The entry of the receipt says which project it founded. */
    private static ProcessId founded(Session session, Receipt receipt) {
        SealedEntry entry = session.entries(receipt.process(), receipt.slot()).get(0);
        return entry.draft().events().stream()
                .filter(AccountEvent.ProjectFounded.class::isInstance)
                .map(event -> ((AccountEvent.ProjectFounded) event).project())
                .findFirst()
                .orElseThrow(() -> CliException.ours(
                        "NODE_WRONG",
                        "entry " + receipt.slot() + " of " + receipt.process() + " founds no project",
                        "ask another node with --gateway"));
    }

    @Command(
            name = "fund",
            mixinStandardHelpOptions = true,
            description = "Send ATN to a project's escrow, from which its rounds pay.",
            footer = "Example: autonet project fund --as alice HEX 500")
    int fund(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Parameters(paramLabel = "ID", description = "The project.") String project,
            @Parameters(paramLabel = "AMOUNT", description = "In ATN.") String amount) {
        Amount sum = Parse.amount(amount);
        ProcessId id = Parse.process(Kind.PROJECT, project);
        SigningKey key = signer.key(equipment.keyFiles());
        try (Session session = gateway.open(equipment.connector())) {
            if (session.await(session.client().project(id)).state() instanceof ProjectState.Founded founded
                    && founded.stage() instanceof Stage.Complete) {
                throw CliException.users(
                        "PROJECT_COMPLETE",
                        "the project has ended and pays nobody any more",
                        "fund one that has rounds left; project close brings back what lies in its escrow");
            }
            Receipt receipt = session.submit(key, new AccountCommand.Transfer(id.hash(), sum));
            output.print(AccountCommands.applied(receipt).with("project", id).with("funded", sum));
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show where a project stands, its members and its rounds.",
            footer = "Example: autonet project show HEX")
    int show(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Parameters(paramLabel = "ID", description = "The project.") String project) {
        ProcessId id = Parse.process(Kind.PROJECT, project);
        try (Session session = gateway.open(equipment.connector())) {
            ProjectState.Founded state = founded(session, id);
            Amount escrow =
                    session.await(session.client().account(id.hash())).state().balance();
            output.print(ProjectReport.of(id, state, escrow));
        }
        return 0;
    }

    static ProjectState.Founded founded(Session session, ProcessId project) {
        if (session.await(session.client().project(project)).state() instanceof ProjectState.Founded founded) {
            return founded;
        }
        throw CliException.users(
                "NO_SUCH_PROJECT", "nobody founded " + project, "check the id that project create printed");
    }

    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description = "Print each entry of a project's log; ends when the project is complete.",
            footer = "Example: autonet project watch HEX --from 0")
    int watch(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Option(names = "--from", paramLabel = "SLOT", defaultValue = "0", description = "The first slot.")
                    long from,
            @Option(names = "--no-follow", description = "Print what stands now, and end.") boolean once,
            @Parameters(paramLabel = "ID", description = "The project.") String project) {
        ProcessId id = Parse.process(Kind.PROJECT, project);
        try (Session session = gateway.open(equipment.connector())) {
            ProjectState.Founded state = founded(session, id);
            // Of one that is complete nothing is waited for: its last round may be before the first slot asked for.
            if (once || state.stage() instanceof Stage.Complete) {
                session.entries(id, from).forEach(entry -> EntryReport.print(output, entry));
            } else {
                output.progress("watching " + state.terms().name() + ", Ctrl-C ends");
                EntryReport.follow(output, session, id, from);
            }
        }
        return 0;
    }

    @Command(
            name = "leave",
            mixinStandardHelpOptions = true,
            description = "Take no more work in a role; the stake is released when the round is over.",
            footer = "Example: autonet project leave --as alice --role solver HEX")
    int leave(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "proposer, solver, coordinator or aggregator.")
                    Role role,
            @Parameters(paramLabel = "ID", description = "The project.") String project) {
        return act(output, gateway, signer, project, new ProjectCommand.Leave(role));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Try again after a pause; only the owner can.",
            footer = "Example: autonet project resume --as alice HEX")
    int resume(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Parameters(paramLabel = "ID", description = "The project.") String project) {
        return act(output, gateway, signer, project, new ProjectCommand.Resume());
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = "End the project early; what its escrow still has returns to the owner.",
            footer = "Example: autonet project close --as alice HEX")
    int close(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Mixin SignerOptions signer,
            @Parameters(paramLabel = "ID", description = "The project.") String project) {
        return act(output, gateway, signer, project, new ProjectCommand.Close());
    }

    private int act(
            OutputOptions output,
            GatewayOptions gateway,
            SignerOptions signer,
            String project,
            ProjectCommand command) {
        ProcessId id = Parse.process(Kind.PROJECT, project);
        SigningKey key = signer.key(equipment.keyFiles());
        try (Session session = gateway.open(equipment.connector())) {
            output.print(AccountCommands.applied(session.submit(key, id, command)));
        }
        return 0;
    }
}
