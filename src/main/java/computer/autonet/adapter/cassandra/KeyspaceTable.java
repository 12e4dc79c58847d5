package computer.autonet.adapter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table that is made, with its keyspace, where it is not there yet. */
public final class KeyspaceTable {
    private final Supplier<CompletionStage<CqlSession>> session;
    private final String name;
    private final String createKeyspace;
    private final String createTable;
    private @Nullable CompletableFuture<CqlSession> ready;

    /**
     * @param replicationFactor copies of each row, if the keyspace is made
     * @param columns as in {@code CREATE TABLE}
     * @throws IllegalArgumentException if the keyspace's name is none
     */
    public KeyspaceTable(
            Supplier<CompletionStage<CqlSession>> session,
            String keyspace,
            int replicationFactor,
            String table,
            String columns) {
        if (!keyspace.matches("[a-zA-Z][a-zA-Z0-9_]{0,47}")) {
            throw new IllegalArgumentException("'" + keyspace + "' is no keyspace name: write letters, digits and _");
        }
        this.session = session;
        this.name = keyspace + "." + table;
        this.createKeyspace = "CREATE KEYSPACE IF NOT EXISTS " + keyspace
                + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': " + replicationFactor + "}";
        this.createTable = "CREATE TABLE IF NOT EXISTS " + name + " (" + columns + ")";
    }

    /** With its keyspace, as statements write it. */
    public String name() {
        return name;
    }

    /** The session once the table is there; tried again after a failure. */
    public synchronized CompletionStage<CqlSession> ready() {
        if (ready == null || ready.isCompletedExceptionally()) {
            ready = session.get()
                    .thenCompose(cql -> cql.executeAsync(createKeyspace)
                            .thenCompose(any -> cql.executeAsync(createTable))
                            .thenApply(any -> cql))
                    .toCompletableFuture();
        }
        return ready;
    }
}
