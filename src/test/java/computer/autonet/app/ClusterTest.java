package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.cassandra.TestCassandra;
import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.cli.GatewayLogSource;
import computer.autonet.client.NetworkClient;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.project.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NODE-05: a cluster works for what its sponsor founds. One that loses a node in the middle of a round loses nothing else. */
class ClusterTest {
    private static final int ROUNDS = 3;
    private static final Duration ANSWER_AGAIN = Duration.ofSeconds(20);
    private static final long FINISH_SECONDS = 180;

    /** Short enough that the silent of the killed node do not hold up a round for long. */
    private static final PhaseTimes PHASES = new PhaseTimes(10_000, 10_000, 5_000, 10_000, 5_000, 10_000);

    @TempDir
    private Path folder;

    @Test
    void aNodeKilledInTheMiddleOfARoundCostsNoAcknowledgedMessageAndNoRound() throws Exception {
        try (ThreeNodes cluster = ThreeNodes.onLoopback(folder, TestCassandra.shared(), "kill");
                var stranger = new Local()) {
            var gateway = stranger.gateway("127.0.0.1", cluster.gateways.get(1));
            NetworkClient client = stranger.client(gateway);
            SigningKey owner = TinyProject.owner(cluster.network(""));
            ProcessId project = new TinyProject(ROUNDS, 2, 3, PHASES).found(client, owner);

            var training = new CompletableFuture<ProcessId>();
            var over = new CompletableFuture<String>();
            List<RoundSummary> published = Collections.synchronizedList(new ArrayList<>());
            var payments = new Payments(client, owner);
            try (var watch = client.watch(project, 0, entry -> follow(entry, training, published, over))) {
                Local.await(training, 60);

                long killed = System.nanoTime();
                cluster.nodes.get(0).kill();
                Duration answered = answerAgain(stranger, cluster, project, owner.identity(), killed);
                System.out.println("entities answered again after " + answered.toMillis() + " ms");
                assertThat(answered).isLessThan(ANSWER_AGAIN);

                assertThat(Local.await(over, FINISH_SECONDS)).isEmpty();
                payments.stop();
                System.out.println("finished " + (System.nanoTime() - killed) / 1_000_000 + " ms after the kill, "
                        + payments.count() + " payments acknowledged");
            }
            assertThat(published).extracting(RoundSummary::round).containsExactly(1, 2, 3);
            paidOnce(client, project);
            Payments.check(
                    GatewayLogSource.of(gateway, stranger.materializer()), folder.resolve("export"), List.of(payments));
        }
    }

    private static void follow(
            SealedEntry entry,
            CompletableFuture<ProcessId> training,
            List<RoundSummary> published,
            CompletableFuture<String> over) {
        for (Event event : entry.draft().events()) {
            if (event instanceof ProjectEvent.TaskCreated created) {
                training.complete(created.task());
            } else if (event instanceof ProjectEvent.AttemptEnded ended
                    && ended.summary().voided().isEmpty()) {
                published.add(ended.summary());
            } else if (event instanceof ProjectEvent.Completed) {
                over.complete("");
            } else if (event instanceof ProjectEvent.Paused paused) {
                over.complete(paused.reason());
            }
        }
    }

    /** How long after the kill until every process that was there has answered through both surviving gateways. */
    private static Duration answerAgain(
            Local stranger, ThreeNodes cluster, ProcessId project, Identity owner, long killedNanos) {
        List<CompletionStage<?>> answers = new ArrayList<>();
        for (int survivor : List.of(1, 2)) {
            NetworkClient client = stranger.client(stranger.gateway("127.0.0.1", cluster.gateways.get(survivor)));
            answers.add(client.project(project));
            answers.add(client.account(owner.address()));
            answers.add(client.aggregator(project));
            for (int payee = 0; payee < Payments.PAYEES; payee++) {
                answers.add(client.account(Payments.payee(payee)));
            }
        }
        answers.forEach(answer -> Local.await(answer, 60));
        return Duration.ofNanos(System.nanoTime() - killedNanos);
    }

    /** What members earned is what the rounds paid, and the log's check finds it credited once. */
    private static void paidOnce(NetworkClient client, ProcessId project) {
        var state =
                (ProjectState.Founded) Local.await(client.project(project), 60).state();
        assertThat(state.stage()).isInstanceOf(Stage.Complete.class);
        assertThat(state.models()).hasSize(ROUNDS);
        Amount earned = state.roster().values().stream().map(Member::earned).reduce(Amount.ZERO, Amount::plus);
        assertThat(earned).isGreaterThan(Amount.ZERO).isLessThanOrEqualTo(Amount.ofTokens(100 * ROUNDS));
    }
}
