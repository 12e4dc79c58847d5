package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.cassandra.TestCassandra;
import computer.autonet.cli.GatewayLogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are killed in turn and come back: each time the others answer for all processes, and nothing is lost. */
class TakeoverTest {
    private static final Duration ANSWER_AGAIN = Duration.ofSeconds(20);
    private static final long TRAFFIC_SECONDS = 60;

    /** How many nodes are killed, one after the other; {@code -Dautonet.takeovers=9} measures longer. */
    private static final int TAKEOVERS = Integer.getInteger("autonet.takeovers", 2);

    @TempDir
    private Path folder;

    @Test
    void nodesKilledInTurnAreTakenOverWithinTwentySecondsAndJoinAgainAndAllLeaveAtOnce() throws Exception {
        try (ThreeNodes cluster = ThreeNodes.onLoopback(folder, TestCassandra.shared(), "takeover", false);
                var stranger = new Local()) {
            List<Payments> payments = new ArrayList<>();
            for (int i = 0; i < ThreeNodes.NAMES.size(); i++) {
                var client = stranger.client(stranger.gateway("127.0.0.1", cluster.gateways.get(i)));
                payments.add(new Payments(client, cluster.keys(i).signer("proposer")));
            }
            List<Long> millis = new ArrayList<>();
            for (int round = 0; round < TAKEOVERS; round++) {
                int victim = round % ThreeNodes.NAMES.size();
                for (Payments each : payments) {
                    each.await(each.count() + 20, TRAFFIC_SECONDS);
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
