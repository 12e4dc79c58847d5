package computer.autonet.app;

import com.typesafe.config.Config;
import computer.autonet.adapter.journal.CassandraNetwork;
import computer.autonet.adapter.journal.JournalException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait for the database of the journal before a node starts, in one line, and the refusal if it does not answer.
 *
 * @param points HOST:PORT of its nodes
 */
record Database(List<String> points) {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** As long as a node looks for its seeds: both are started together with it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int CONNECT_MILLIS = 2_000;
    private static final long LOOK_AGAIN_MILLIS = 500;

    /**
     * Waits for the database of a node whose journal needs one.
     *
     * @throws UserError if none of its nodes answers in time, or one is no address
     */
    static void await(Config config) {
        if (config.getString("autonet.journal").equals("cassandra")) {
            new Database(config.getStringList("autonet.cassandra.contact-points")).await(PATIENCE);
        }
    }

    void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        var never = new CountDownLatch(1);
        boolean told = false;
        while (points.stream().noneMatch(Database::answers)) {
            if (System.nanoTime() - end > 0) {
                throw new UserError(
                        "DATABASE_UNREACHABLE",
                        "none of autonet.cassandra.contact-points " + points + " answered within "
                                + patience.toSeconds() + " s",
                        "start the database, or correct the addresses");
            }
            if (!told) {
                LOG.warn("waiting for the database: none of autonet.cassandra.contact-points {} answers", points);
                told = true;
            }
            try {
                never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Makes the keyspace this network's.
     *
     * @throws JournalException if it is another network's
     * @throws UserError if the database does not answer in time
     */
    static void claim(ActorSystem<?> system, String networkId) throws JournalException {
        try {
            CassandraNetwork.of((ExtendedActorSystem) Adapter.toClassic(system))
                    .claim(networkId)
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException refused) {
                throw refused;
            }
            throw silent("it answered " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw silent("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static UserError silent(String how, Exception cause) {
        return new UserError(
                "DATABASE_UNREACHABLE",
                "the database of the journal cannot be used: " + how,
                "look at the database's own log, or correct autonet.cassandra",
                cause);
    }

    private static boolean answers(String point) {
        int colon = point.lastIndexOf(':');
        try (var probe = new Socket()) {
            int port = Integer.parseInt(point.substring(colon + 1));
            probe.connect(new InetSocketAddress(point.substring(0, Math.max(colon, 0)), port), CONNECT_MILLIS);
            return true;
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "CONFIG_INVALID",
                    "autonet.cassandra.contact-points has '" + point + "'",
                    "write HOST:PORT of each, such as 127.0.0.1:9042",
                    e);
        } catch (IOException e) {
            return false;
        }
    }
}
