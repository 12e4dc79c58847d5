package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.serialization.Snapshot;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** Pekko's snapshot store over {@link SnapshotFiles}. */
public final class EmbeddedSnapshotPlugin extends SnapshotStore {
    private final Serialization serialization =
            SerializationExtension.get(context().system());
    private final SnapshotFiles files;
    private final Executor disk;

    /** Pekko creates it with the plugin's own settings. */
    public EmbeddedSnapshotPlugin(Config plugin) {
        files = new SnapshotFiles(Path.of(plugin.getString("dir")), plugin.getInt("keep"));
        disk = context().system().dispatchers().lookup(plugin.getString("disk-dispatcher"));
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return onDisk(() -> files.newest(persistenceId, matching(criteria)).map(found -> {
            SnapshotMetadata metadata = new SnapshotMetadata(
                    persistenceId, found.name().sequenceNr(), found.name().timestamp());
            Snapshot snapshot =
                    serialization.deserialize(found.bytes(), Snapshot.class).get();
            return SelectedSnapshot.create(metadata, snapshot.data());
        }));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return actOnDisk(() -> files.save(
                metadata.persistenceId(),
                new SnapshotFiles.Name(metadata.sequenceNr(), metadata.timestamp()),
                serialization.serialize(new Snapshot(snapshot)).get()));
    }

    /** A time of zero stands for every snapshot of the number, as Pekko's callers mean it. */
    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return actOnDisk(() -> files.delete(
                metadata.persistenceId(),
                name -> name.sequenceNr() == metadata.sequenceNr()
                        && (metadata.timestamp() == 0 || name.timestamp() == metadata.timestamp())));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return actOnDisk(() -> files.delete(persistenceId, matching(criteria)));
    }

    private static Predicate<SnapshotFiles.Name> matching(SnapshotSelectionCriteria criteria) {
        return name -> name.sequenceNr() <= criteria.maxSequenceNr()
                && name.sequenceNr() >= criteria.minSequenceNr()
                && name.timestamp() <= criteria.maxTimestamp()
                && name.timestamp() >= criteria.minTimestamp();
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private interface Act {
        void run() throws IOException;
    }

    private <T> Future<T> onDisk(Work<T> work) {
        return FutureConverters.asScala(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                disk));
    }

    private Future<Void> actOnDisk(Act act) {
        return FutureConverters.asScala(CompletableFuture.runAsync(
                () -> {
                    try {
                        act.run();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                disk));
    }
}
