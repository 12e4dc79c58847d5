package computer.autonet.protocol.task;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.draw.HashedSeeds;
import computer.autonet.protocol.draw.Seeds;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.project.ProjectCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The end of a phase (TASK-06): each method records what follows when its phase is over. */
final class Closing {
    private static final Seeds SEEDS = new HashedSeeds();

    private final Context context;
    private final Acts<TaskEvent> acts;

    Closing(Context context) {
        this.context = context;
        this.acts = Acts.in(context);
    }

    void event(TaskEvent event) {
        acts.event(event);
    }

    Decision.Accepted<TaskEvent> accepted() {
        return (Decision.Accepted<TaskEvent>) acts.accept();
    }

    List<Identity> uncommitted(TaskTerms terms, SortedMap<Identity, Hash> commitments) {
        return terms.solvers().stream()
                .filter(solver -> !commitments.containsKey(solver))
                .toList();
    }

    void commits(TaskState.Committing s) {
        if (s.commitments().isEmpty()) {
            voided(s.terms(), VoidReason.NO_SOLUTION, List.of(), s.terms().solvers(), List.of());
            return;
        }
        acts.event(new TaskEvent.CommitsClosed(
                context.timestampMillis() + s.terms().phases().revealMillis()));
    }

    void solutions(TaskState.Evidence evidence) {
        if (evidence.solutions().isEmpty()) {
            voided(evidence.terms(), VoidReason.NO_SOLUTION, List.of(), evidence.silentSolvers(), List.of());
            return;
        }
        Hash seed = SEEDS.committee(context.self(), evidence.truthSalt(), evidence.commitments(), 1);
        acts.event(new TaskEvent.RevealsClosed(seed));
        drawCommittee(evidence, seed, List.of());
    }

    /** TASK-07: never one with a part in the task. */
    private void drawCommittee(TaskState.Evidence evidence, Hash seed, List<Identity> failed) {
        TaskTerms terms = evidence.terms();
        var excluded = new ArrayList<Identity>(terms.solvers());
        excluded.add(terms.proposer());
        excluded.addAll(failed);
        acts.send(terms.project(), new ProjectCommand.DrawCommittee(terms.reference(), seed, excluded));
    }

    /** TASK-11: who has not sealed cannot open; if nobody has, the committee has failed. */
    void seals(TaskState.Sealing s) {
        TaskTerms terms = s.seating().evidence().terms();
        acts.event(new TaskEvent.SealsClosed(
                context.timestampMillis() + terms.phases().openMillis()));
        if (s.seals().isEmpty()) {
            votes(new TaskState.Opening(s.seating(), s.seats(), s.seals(), Tables.empty(), 0));
        }
    }

    /** TASK-12, TASK-13: decided, or a fresh committee once, or void. */
    void votes(TaskState.Opening s) {
        TaskState.Evidence evidence = s.seating().evidence();
        Tally tally = Tally.of(s);
        if (tally instanceof Tally.Decided decided) {
            acts.event(new TaskEvent.Decided(decided.result()));
            acts.send(
                    evidence.terms().project(),
                    new ProjectCommand.Decided(evidence.terms().reference(), decided.result()));
        } else if (tally instanceof Tally.NoTruth) {
            voided(
                    evidence.terms(),
                    VoidReason.NO_TRUTH,
                    List.copyOf(evidence.solutions().keySet()),
                    evidence.silentSolvers(),
                    together(s));
        } else if (tally instanceof Tally.NothingReadable nothing) {
            voided(evidence.terms(), VoidReason.NO_SOLUTION, List.of(), nothing.silentSolvers(), together(s));
        } else if (s.seating().committee() == 1) {
            Hash seed = SEEDS.committee(context.self(), evidence.truthSalt(), evidence.commitments(), 2);
            acts.event(new TaskEvent.CommitteeFailed(s.silent(), seed));
            drawCommittee(evidence, seed, s.silent());
        } else {
            voided(evidence.terms(), VoidReason.UNDECIDED, List.of(), evidence.silentSolvers(), together(s));
        }
    }

    /** Everyone who was silent on this committee or the one before it. */
    private static List<Identity> together(TaskState.Opening s) {
        return Stream.concat(s.seating().silentCoordinators().stream(), s.silent().stream())
                .sorted()
                .distinct()
                .toList();
    }

    void voided(
            TaskTerms terms,
            VoidReason reason,
            List<Identity> compensated,
            List<Identity> silentSolvers,
            List<Identity> silentCoordinators) {
        acts.event(new TaskEvent.Voided(reason));
        acts.send(
                terms.project(),
                new ProjectCommand.Voided(terms.reference(), reason, compensated, silentSolvers, silentCoordinators));
    }
}
