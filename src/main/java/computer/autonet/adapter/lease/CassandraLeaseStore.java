package computer.autonet.adapter.lease;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import computer.autonet.adapter.cassandra.KeyspaceTable;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leases as rows that change by lightweight transactions. The holder's cell has a time to live, so that the database itself
 * forgets a silent one and no client's clock decides (LEASE-03); the epoch's cell has none.
 */
final class CassandraLeaseStore implements LeaseStore {
    /** Between the owner and the rest of a holder's name. */
    static final String OWNER_END = "/";

    private final KeyspaceTable table;

    CassandraLeaseStore(Supplier<CompletionStage<CqlSession>> session, String keyspace, int replicationFactor) {
        this.table = new KeyspaceTable(
                session, keyspace, replicationFactor, "leases", "name text PRIMARY KEY, epoch bigint, holder text");
    }

    @Override
    public CompletionStage<OptionalLong> take(String lease, String holder, Duration ttl) {
        return table.ready()
                .thenCompose(cql -> read(cql, lease)
                        .thenCompose(row -> row == null
                                ? create(cql, lease).thenCompose(created -> swap(cql, lease, 0, holder, ttl))
                                : row.isNull("holder")
                                        ? swap(cql, lease, row.getLong("epoch"), holder, ttl)
                                        : CompletableFuture.completedFuture(OptionalLong.empty())));
    }

    private CompletionStage<@Nullable Row> read(CqlSession cql, String lease) {
        return cql.executeAsync(SimpleStatement.newInstance(
                                "SELECT epoch, holder FROM " + table.name() + " WHERE name = ?", lease)
                        .setConsistencyLevel(DefaultConsistencyLevel.SERIAL))
                .thenApply(AsyncResultSet::one);
    }

    private CompletionStage<Boolean> create(CqlSession cql, String lease) {
        return transact(cql, "INSERT INTO " + table.name() + " (name, epoch) VALUES (?, 0) IF NOT EXISTS", lease);
    }

    /** The next epoch and the new holder in one transaction, if the row is still as it was read. */
    private CompletionStage<OptionalLong> swap(CqlSession cql, String lease, long epoch, String holder, Duration ttl) {
        return transact(
                        cql,
                        "BEGIN BATCH UPDATE " + table.name()
                                + " SET epoch = ? WHERE name = ? IF epoch = ? AND holder = null; UPDATE " + table.name()
                                + " USING TTL ? SET holder = ? WHERE name = ?; APPLY BATCH",
                        epoch + 1,
                        lease,
                        epoch,
                        seconds(ttl),
                        holder,
                        lease)
                .thenApply(applied -> applied ? OptionalLong.of(epoch + 1) : OptionalLong.empty());
    }

    @Override
    public CompletionStage<Boolean> renew(String lease, String holder, long epoch, Duration ttl) {
        return table.ready()
                .thenCompose(cql -> transact(
                        cql,
                        "UPDATE " + table.name()
                                + " USING TTL ? SET holder = ? WHERE name = ? IF holder = ? AND epoch = ?",
                        seconds(ttl),
                        holder,
                        lease,
                        holder,
                        epoch));
    }

    @Override
    public CompletionStage<Boolean> release(String lease, String holder, long epoch) {
        return table.ready()
                .thenCompose(cql -> transact(
                        cql,
                        "UPDATE " + table.name() + " SET holder = null WHERE name = ? IF holder = ? AND epoch = ?",
                        lease,
                        holder,
                        epoch));
    }

    /** Whether anybody but this owner holds any lease, as far as a majority of the database's copies knows. */
    CompletionStage<Boolean> heldByOthers(String owner) {
        return table.ready()
                .thenCompose(cql -> cql.executeAsync(SimpleStatement.newInstance("SELECT holder FROM " + table.name())
                        .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)))
                .thenCompose(page -> anyOther(page, owner + OWNER_END));
    }

    private static CompletionStage<Boolean> anyOther(AsyncResultSet page, String own) {
        for (Row row : page.currentPage()) {
            String holder = row.getString("holder");
            if (holder != null && !holder.startsWith(own)) {
                return CompletableFuture.completedFuture(true);
            }
        }
        return page.hasMorePages()
                ? page.fetchNextPage().thenCompose(next -> anyOther(next, own))
                : CompletableFuture.completedFuture(false);
    }

    private static CompletionStage<Boolean> transact(CqlSession cql, String statement, @Nullable Object... values) {
        return cql.executeAsync(SimpleStatement.newInstance(statement, values)
                        .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)
                        .setSerialConsistencyLevel(DefaultConsistencyLevel.SERIAL))
                .thenApply(AsyncResultSet::wasApplied);
    }

    private static int seconds(Duration ttl) {
        return Math.toIntExact(ttl.toSeconds());
    }
}
