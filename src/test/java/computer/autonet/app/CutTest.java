package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import computer.autonet.adapter.cassandra.TestCassandra;
import computer.autonet.cli.GatewayLogSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is cut never gives a process two writers, and when it is whole again nothing acknowledged is missing. */
class CutTest {
    private static final long DECISION_SECONDS = 60;

    /** Longer than a first seed of Pekko's waits for the others before it founds a cluster. */
    private static final long FOUNDING_SECONDS = 12;

    @TempDir
    private Path folder;

    @Test
    void lease08ANodeThatIsCutOffEndsAndNothingAcknowledgedByAnyoneIsLost() throws Exception {
        run("cut", true);
    }

    @Test
    void aNodeWhoseOwnMessagesAreLostEndsAndNothingAcknowledgedByAnyoneIsLost() throws Exception {
        run("oneway", false);
    }

    private void run(String name, boolean bothWays) throws Exception {
        assumeTrue(Namespaces.permitted(), "left out: this machine does not permit network namespaces (ip netns add)");
        try (var lan = Namespaces.make();
                var cluster = ThreeNodes.start(
                        folder, lan.relay(TestCassandra.shared().port()), name, lan.places(), false);
                var stranger = new Local()) {
            List<Payments> payments = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                var client = stranger.client(stranger.gateway(lan.host(i), cluster.gateways.get(i)));
                payments.add(new Payments(client, cluster.keys(i).signer("proposer")));
            }
            awaitPayments(payments, 0, 10);

            for (int other : List.of(1, 2)) {
                lan.cut(0, other);
                if (bothWays) {
                    lan.cut(other, 0);
                }
            }
            assertThat(cluster.nodes.get(0).status(DECISION_SECONDS)).isEqualTo(1);
            assertThat(cluster.nodes.get(0).text()).contains("CUT_OFF: ").doesNotContain("INTERNAL");
            int before = payments.get(1).count();
            awaitPayments(payments.subList(1, 3), before, 10);

            // Started again while it is still cut off, the first seed must not found a cluster of its own (LEASE-08).
            Forked early = cluster.fork(0);
            early.silent("joined", FOUNDING_SECONDS);
            for (int other : List.of(1, 2)) {
                lan.heal(0, other);
                if (bothWays) {
                    lan.heal(other, 0);
                }
            }
            cluster.nodes.set(0, early);
            early.await("joined", DECISION_SECONDS);
            cluster.whole();
            int healed = payments.get(0).count();
            awaitPayments(payments.subList(0, 1), healed, 5);
            payments.forEach(Payments::stop);

            var gateway = stranger.gateway(lan.host(1), cluster.gateways.get(1));
            Payments.check(GatewayLogSource.of(gateway, stranger.materializer()), folder.resolve("export"), payments);
            System.out.println(name + ": acknowledged "
                    + payments.stream().map(Payments::count).toList());
        }
    }

    private static void awaitPayments(List<Payments> all, int from, int more) throws InterruptedException {
        for (Payments payments : all) {
            payments.await(from + more, DECISION_SECONDS);
        }
    }
}
