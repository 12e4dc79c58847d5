package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.cassandra.TestCassandra;
import computer.autonet.app.demo.ReadLogs;
import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Exporter;
import computer.autonet.audit.Verdict;
import computer.autonet.audit.Verifier;
import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Receipt;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that loses a node in the middle of a round loses nothing else. */
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
        try (ThreeNodes cluster = ThreeNodes.start(folder, TestCassandra.shared(), "kill");
                var stranger = new Local()) {
            var gateway = stranger.gateway("127.0.0.1", cluster.gateways.get(1));
            NetworkClient client = stranger.client(gateway);
            SigningKey owner = TinyProject.owner(cluster.network(""));
            Hash network = Local.await(client.network(), 30).id();
            ProcessId project = new TinyProject(ROUNDS, 2, 3, PHASES).found(client, owner);

            var training = new CompletableFuture<ProcessId>();
            var over = new CompletableFuture<String>();
            List<RoundSummary> published = Collections.synchronizedList(new ArrayList<>());
            List<Receipt> acknowledged = Collections.synchronizedList(new ArrayList<>());
            var busy = new AtomicBoolean(true);
            try (var watch = client.watch(project, 0, entry -> follow(entry, training, published, over))) {
                CompletionStage<Void> traffic = pay(client, network, owner, acknowledged, busy);
                Local.await(training, 60);

                long killed = System.nanoTime();
                cluster.nodes.get(0).kill();
                long answered = answerAgain(stranger, cluster, network, project, owner.identity(), killed);
                System.out.println("entities answered again after " + answered + " ms");
                assertThat(Duration.ofMillis(answered)).isLessThan(ANSWER_AGAIN);

                assertThat(Local.await(over, FINISH_SECONDS)).isEmpty();
                busy.set(false);
                Local.await(traffic, 60);
                System.out.println("finished " + (System.nanoTime() - killed) / 1_000_000 + " ms after the kill, "
                        + acknowledged.size() + " payments acknowledged");
            }
            assertThat(published).extracting(RoundSummary::round).containsExactly(1, 2, 3);
            check(client, gateway, stranger, project, acknowledged);
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

    /** One small payment after the other, each to somebody else, so that many processes have traffic all the time. */
    private static CompletionStage<Void> pay(
            NetworkClient client, Hash network, SigningKey owner, List<Receipt> acknowledged, AtomicBoolean busy) {
        if (!busy.get()) {
            return CompletableFuture.completedFuture(null);
        }
        ProcessId account =
                ProcessId.owned(Kind.ACCOUNT, network, owner.identity().address());
        Hash to = Hash.digest("payee " + acknowledged.size());
        return client.submit(owner, account, new AccountCommand.Transfer(to, Amount.parseTokens("0.001")))
                .thenAccept(acknowledged::add)
                .exceptionally(unanswered -> null)
                .thenComposeAsync(
                        done -> pay(client, network, owner, acknowledged, busy),
                        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
    }

    /** Milliseconds after the kill until every process that was there answers through both surviving gateways. */
    private static long answerAgain(
            Local stranger, ThreeNodes cluster, Hash network, ProcessId project, Identity owner, long killed) {
        List<CompletionStage<?>> answers = new ArrayList<>();
        for (int survivor : List.of(1, 2)) {
            NetworkClient client = stranger.client(stranger.gateway("127.0.0.1", cluster.gateways.get(survivor)));
            answers.add(client.project(project));
            answers.add(client.account(owner.address()));
            answers.add(client.aggregator(project));
            for (int payee = 0; payee < 32; payee++) {
                answers.add(client.account(Hash.digest("payee " + payee)));
            }
        }
        answers.forEach(answer -> Local.await(answer, 60));
        return (System.nanoTime() - killed) / 1_000_000;
    }

    private void check(
            NetworkClient client,
            computer.autonet.v1.GatewayService gateway,
            Local stranger,
            ProcessId project,
            List<Receipt> acknowledged)
            throws Exception {
        var state =
                (ProjectState.Founded) Local.await(client.project(project), 60).state();
        assertThat(state.stage()).isInstanceOf(Stage.Complete.class);
        assertThat(state.models()).hasSize(ROUNDS);

        var source = new ReadLogs(
                gateway,
                client,
                org.apache.pekko.stream.SystemMaterializer.get(stranger.system).materializer());
        new Exporter(source, note -> {}).write(folder.resolve("export"));
        Verdict verdict = new Verifier(new ExportFolder(folder.resolve("export"))).verify();
        assertThat(verdict.problem()).isEmpty();
        assertThat(verdict.held()).isEqualTo(verdict.issued());

        // Every acknowledged message is where its receipt says, and no message is anywhere twice.
        Map<Hash, ProcessId> messages = new HashMap<>();
        Map<String, Hash> bySlot = new HashMap<>();
        for (ProcessId process : source.processes()) {
            for (Bytes stored : source.entries(process, 0)) {
                SealedEntry entry = EntryCodec.read(process, stored);
                bySlot.put(process + "/" + entry.draft().slot(), entry.hash());
                if (entry.draft().input() instanceof Input.Signed signed) {
                    assertThat(messages.put(signed.id(), process))
                            .as("message %s", signed.id())
                            .isNull();
                }
            }
        }
        assertThat(acknowledged).isNotEmpty();
        for (Receipt receipt : acknowledged) {
            assertThat(bySlot).containsEntry(receipt.process() + "/" + receipt.slot(), receipt.entryHash());
        }

        // What members earned is what the rounds paid them, and no more than the rewards.
        Amount earned = state.roster().values().stream().map(Member::earned).reduce(Amount.ZERO, Amount::plus);
        assertThat(earned).isGreaterThan(Amount.ZERO).isLessThanOrEqualTo(Amount.ofTokens(100 * ROUNDS));
    }
}
