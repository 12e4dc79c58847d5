package computer.autonet.adapter.journal;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import computer.autonet.adapter.cassandra.JournalSession;
import computer.autonet.adapter.cassandra.KeyspaceTable;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ExtendedActorSystem;

/** The row in a keyspace that names the network whose processes it holds (JRN-13). */
public final class CassandraNetwork {
    /** The table has this one row. */
    private static final String KEY = "network";

    private final KeyspaceTable table;
    private final String keyspace;

    CassandraNetwork(Supplier<CompletionStage<CqlSession>> session, String keyspace, int replicationFactor) {
        this.keyspace = keyspace;
        this.table =
                new KeyspaceTable(session, keyspace, replicationFactor, "network", "key text PRIMARY KEY, id text");
    }

    /** That of the journal that a system's settings name. */
    public static CassandraNetwork of(ExtendedActorSystem system) {
        Config settings = system.settings().config().getConfig("autonet.cassandra");
        return new CassandraNetwork(
                JournalSession.of(system, "pekko.persistence.cassandra"),
                settings.getString("keyspace"),
                settings.getInt("replication-factor"));
    }

    /**
     * Marks a keyspace that has no mark yet; of several that try at once, one does. Fails with a {@link JournalException} if
     * it is another network's.
     */
    public CompletionStage<Void> claim(String networkId) {
        return table.ready()
                .thenCompose(cql -> cql.executeAsync(SimpleStatement.newInstance(
                                "INSERT INTO " + table.name() + " (key, id) VALUES (?, ?) IF NOT EXISTS",
                                KEY,
                                networkId)
                        .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)
                        .setSerialConsistencyLevel(DefaultConsistencyLevel.SERIAL)))
                .thenCompose(answer -> judged(answer, networkId));
    }

    private CompletionStage<Void> judged(AsyncResultSet answer, String networkId) {
        if (answer.wasApplied()) {
            return CompletableFuture.completedFuture(null);
        }
        Row there = Objects.requireNonNull(answer.one(), "the row that was there before");
        String marked = String.valueOf(there.getString("id"));
        if (marked.equals(networkId)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.failedFuture(new JournalException(
                JournalException.Reason.OTHER_NETWORK, NetworkMark.refusal("keyspace " + keyspace, marked, networkId)));
    }
}
