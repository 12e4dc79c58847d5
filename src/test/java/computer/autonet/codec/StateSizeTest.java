package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.project.Invitation;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Proposal;
import computer.autonet.protocol.project.Recipe;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskResult;
import computer.autonet.protocol.task.Update;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A state travels between nodes in one frame (cluster.conf): one that has outgrown it answers nobody elsewhere. */
class StateSizeTest {
    private static final int FRAME = 2 * 1024 * 1024;
    private static final BlobId BLOB = new BlobId(Hash.digest("blob"));
    private static final ProcessId TASK = new ProcessId(Kind.TASK, Hash.digest("task"));

    private static List<Identity> parties(String name, int count) {
        List<Identity> parties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parties.add(new Identity(Hash.digest(name + i)));
        }
        return parties.stream().sorted().toList();
    }

    @Test
    void proj03AProjectOfTheMostPartiesCanAlwaysBeAsked() {
        List<Identity> solvers = parties("solver", ProjectTerms.MAX_SOLVERS);
        List<Identity> coordinators = parties("coordinator", ProjectTerms.MAX_COORDINATORS);
        var recipe = new Recipe("m".repeat(Recipe.MAX_MODEL), 64, 64, 256, 1, 100, 32, 1_000);
        var phases = new PhaseTimes(1_000, 1_000, 1_000, 1_000, 1_000, 1_000);
        var terms = new ProjectTerms(
                "p".repeat(ProjectTerms.MAX_NAME),
                recipe,
                BLOB,
                ProjectTerms.MAX_ROUNDS,
                Amount.ofTokens(100),
                solvers.size(),
                coordinators.size(),
                ProjectTerms.MAX_ATTEMPTS,
                phases);
        SortedMap<Identity, Integer> bonds = new TreeMap<>();
        SortedMap<Identity, Long> shares = new TreeMap<>();
        solvers.forEach(solver -> bonds.put(solver, 65_535));
        solvers.forEach(solver -> shares.put(solver, 1L << 31));
        List<Seat> seats = coordinators.stream()
                .map(who -> new Seat(who, Amount.ofTokens(500), bonds))
                .toList();
        List<Update> updates = solvers.stream()
                .map(who -> new Update(who, BLOB, BLOB, Hash.digest("salt")))
                .toList();
        var proposal = new Proposal(1, 1, Hash.digest("r"), solvers.get(0), Hash.digest("t"), BLOB, recipe);
        var seated =
                new Invitation(Hash.digest("seats"), parties("candidate", 512), seats.size(), seats.size(), seats, 0);
        var running = new Stage.Running(proposal, TASK, solvers, 1, Optional.empty(), Optional.of(seated));
        var result = new TaskResult(
                Hash.digest("salt"), updates, List.of(), List.of(), List.of(), List.of(), shares, shares, seats, seats);
        List<Identity> silent = new ArrayList<>(solvers);
        silent.addAll(coordinators);
        ProjectState state = new ProjectState.Founded(
                solvers.get(0),
                terms,
                Tables.empty(),
                Hash.digest("seed"),
                1,
                0,
                new Stage.Averaging(running, result),
                List.of(),
                List.of(),
                Collections.nCopies(ProjectState.Founded.MAX_TRUTHS, BLOB));
        for (int round = 1; round <= ProjectTerms.MAX_ROUNDS; round++) {
            var summary = new RoundSummary(
                    round,
                    1,
                    Hash.digest("r" + round),
                    Optional.of(TASK),
                    Optional.empty(),
                    Optional.of(BLOB),
                    solvers,
                    List.of(),
                    silent);
            state = new ProjectEvent.AttemptEnded(summary, List.of(), Hash.digest("next")).evolve(state);
        }
        var founded = (ProjectState.Founded) state;
        assertThat(founded.models()).hasSize(ProjectTerms.MAX_ROUNDS);
        assertThat(founded.summaries().get(founded.summaries().size() - 1).round())
                .isEqualTo(ProjectTerms.MAX_ROUNDS);
        int size = KindCodec.of(Kind.PROJECT).stateToProto(state).toByteArray().length;
        assertThat(size).as("bytes, a third left for its members").isLessThan(FRAME * 2 / 3);
    }
}
