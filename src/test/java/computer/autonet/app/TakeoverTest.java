package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.cassandra.TestCassandra;
import computer.autonet.cli.GatewayLogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are killed in turn and come back: each time the others answer for all processes, and nothing is lost. The first
 * to be killed is the oldest, which places the shards, and at rest; the next is one that only hosts them, just before a shard
 * moves from it to the node that has come back; and so on.
 */
class TakeoverTest {
    private static final Duration ANSWER_AGAIN = Duration.ofSeconds(20);
    private static final long TRAFFIC_SECONDS = 60;

    /** What says that a shard of accounts moves, and how long after it the next one does (rebalance-interval). */
    private static final String MOVES = "account: Starting rebalance for shards";

    private static final Duration BETWEEN_MOVES = Duration.ofSeconds(10);

    /** A node is dead before the next move and not yet known to be: that takes over four seconds. */
    private static final Duration BEFORE_A_MOVE = Duration.ofMillis(1_500);

    /** How many nodes are killed, one after the other; {@code -Dautonet.takeovers=9} measures longer. */
    private static final int TAKEOVERS = Integer.getInteger("autonet.takeovers", 2);

    @TempDir
    private Path folder;

    @Test
    void nodesKilledInTurnAreTakenOverWithinTwentySecondsAndJoinAgainAndAllLeaveAtOnce() throws Exception {
        var telling = new ThreeNodes.Place("127.0.0.1", List.of("env", "AUTONET_LOG=INFO"));
        String cassandra = "127.0.0.1:" + TestCassandra.shared().port();
        try (ThreeNodes cluster =
                        ThreeNodes.start(folder, cassandra, "takeover", List.of(telling, telling, telling), false);
                var stranger = new Local()) {
            List<Payments> payments = new ArrayList<>();
            for (int i = 0; i < ThreeNodes.NAMES.size(); i++) {
                var client = stranger.client(stranger.gateway("127.0.0.1", cluster.gateways.get(i)));
                payments.add(new Payments(client, cluster.keys(i).signer("proposer")));
            }
            List<Long> millis = new ArrayList<>();
            List<Integer> byAge = new ArrayList<>(List.of(0, 1, 2));
            for (int round = 0; round < TAKEOVERS; round++) {
                boolean oldest = round % 2 == 0;
                int victim = byAge.remove(oldest ? 0 : 1);
                byAge.add(victim);
                for (Payments each : payments) {
                    each.await(each.count() + 20, TRAFFIC_SECONDS);
                }
                if (!oldest) {
                    boolean moved = cluster.awaitAnother(MOVES, BETWEEN_MOVES.multipliedBy(2));
                    assertThat(moved)
                            .as("a shard has moved to the node that came back")
                            .isTrue();
                    new CountDownLatch(1)
                            .await(BETWEEN_MOVES.minus(BEFORE_A_MOVE).toMillis(), TimeUnit.MILLISECONDS);
                }
                long killed = System.nanoTime();
                cluster.nodes.get(victim).kill();
                Duration answered = cluster.answerAgain(stranger, victim, killed, Payments::payees);
                millis.add(answered.toMillis());
                assertThat(answered).isLessThan(ANSWER_AGAIN);
                cluster.again(victim);
            }
            System.out.println("entities answered again after " + millis + " ms");
            payments.forEach(Payments::stop);

            var gateway = stranger.gateway("127.0.0.1", cluster.gateways.get(0));
            Payments.check(GatewayLogSource.of(gateway, stranger.materializer()), folder.resolve("export"), payments);
            System.out.println("all left after " + cluster.leave().toMillis() + " ms");
        }
    }
}
