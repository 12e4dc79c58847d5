package computer.autonet.protocol.constitution;

import computer.autonet.protocol.account.Founding;
import computer.autonet.protocol.process.ByVersion;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Guard;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.solver.SolverCommand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CONST-04: what the principles forbid that a rule can judge. */
public final class ConstitutionGuard implements Guard {
    /** P5: below this no disagreement among coordinators can be settled by a majority. */
    public static final int LEAST_COORDINATORS = 3;

    private static final List<String> IDS = List.of("P1", "P2", "P3", "P4", "P5", "P6");

    @FunctionalInterface
    private interface Judgement {
        Optional<Refusal> judge(Command command, Context context);
    }

    private static final ByVersion<Judgement> JUDGEMENTS = ByVersion.of(ConstitutionGuard::first);

    /** The last version of the constitution; all before it are here, too. */
    public static final int LATEST = JUDGEMENTS.latest();

    /** PROC-14: by the version that the process holds. */
    @Override
    public Optional<Refusal> judge(int constitutionVersion, Command command, Context context) {
        return JUDGEMENTS.at(constitutionVersion).judge(command, context);
    }

    private static Optional<Refusal> first(Command command, Context context) {
        if (command instanceof ConstitutionCommand.ProposeAmendment amendment
                && IDS.contains(amendment.amends().trim().toUpperCase(Locale.ROOT))) {
            return refuse(
                    context,
                    "P2",
                    "the amendment changes principle " + amendment.amends().trim(),
                    "leave 'amends' empty and propose a text that stands beside the principles");
        }
        if (command instanceof Founding founding) {
            return judge(founding.terms(), context);
        }
        if (command instanceof SolverCommand.Declare declare && declare.capacity() < 0) {
            return refuse(context, "P3", "work cannot be demanded beyond what is offered", "declare 0 or more");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> judge(ProjectTerms terms, Context context) {
        if (terms.reward().isZero()) {
            return refuse(
                    context,
                    "P6",
                    "the project pays nothing for the work that it asks for",
                    "offer a reward per round");
        }
        if (terms.coordinators() < LEAST_COORDINATORS) {
            return refuse(
                    context,
                    "P5",
                    terms.coordinators() + " coordinators cannot verify training",
                    "seat at least " + LEAST_COORDINATORS);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(Context context, String principle, String detail, String remedy) {
        String text = context.genesis().principles().stream()
                .filter(p -> p.startsWith(principle + " "))
                .findFirst()
                .orElse(principle);
        return Optional.of(new Refusal(Code.UNCONSTITUTIONAL, detail + " (" + text + ")", remedy));
    }
}
