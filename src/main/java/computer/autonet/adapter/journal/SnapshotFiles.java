package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import computer.autonet.adapter.disk.WholeFile;
import computer.autonet.base.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Snapshots as files, one directory per persistence id, the newest few kept (JRN-09). A file appears under its name only when
 * it is whole and on disk (JRN-07): {@code "AUTOSNAP" ‖ CRC-32C of the rest, 4 bytes ‖ bytes}.
 */
final class SnapshotFiles {
    private static final byte[] MAGIC = "AUTOSNAP".getBytes(UTF_8);
    private static final int HEADER = MAGIC.length + Integer.BYTES;
    private static final Pattern NAME = Pattern.compile("(\\d+)-(-?\\d+)\\.snapshot");
    private static final Comparator<Name> OLDEST_FIRST =
            Comparator.comparingLong(Name::sequenceNr).thenComparingLong(Name::timestamp);

    private final Path root;
    private final int keep;

    /** What identifies one snapshot of an id. */
    record Name(long sequenceNr, long timestamp) {
        String file() {
            return sequenceNr + "-" + timestamp + ".snapshot";
        }
    }

    /** A snapshot that was read back. */
    record Found(Name name, byte[] bytes) {}

    SnapshotFiles(Path root, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("snapshots to keep per id must be 1 or more, not " + keep);
        }
        this.root = root;
        this.keep = keep;
    }

    void save(String persistenceId, Name name, byte[] bytes) throws IOException {
        Path directory = directory(persistenceId);
        Files.createDirectories(directory);
        ByteBuffer header = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(checksum(bytes));
        WholeFile.replace(directory.resolve(name.file()), header.flip(), ByteBuffer.wrap(bytes));
        List<Name> names = names(persistenceId, any -> true);
        for (Name old : names.subList(0, Math.max(0, names.size() - keep))) {
            Files.deleteIfExists(directory.resolve(old.file()));
        }
    }

    /**
     * The newest snapshot that {@code wanted} accepts and that is whole. A damaged one is set aside under the ending
     * {@code .damaged}, and the next older one is tried (JRN-08): events are never deleted, so replay makes up for it.
     */
    Optional<Found> newest(String persistenceId, Predicate<Name> wanted) throws IOException {
        List<Name> names = names(persistenceId, wanted);
        for (int i = names.size() - 1; i >= 0; i--) {
            Path file = directory(persistenceId).resolve(names.get(i).file());
            byte[] content;
            try {
                content = Files.readAllBytes(file);
            } catch (NoSuchFileException deletedMeanwhile) {
                continue;
            }
            if (isWhole(content)) {
                byte[] bytes = new byte[content.length - HEADER];
                System.arraycopy(content, HEADER, bytes, 0, bytes.length);
                return Optional.of(new Found(names.get(i), bytes));
            }
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".damaged"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return Optional.empty();
    }

    void delete(String persistenceId, Predicate<Name> unwanted) throws IOException {
        for (Name name : names(persistenceId, unwanted)) {
            Files.deleteIfExists(directory(persistenceId).resolve(name.file()));
        }
    }

    private List<Name> names(String persistenceId, Predicate<Name> wanted) throws IOException {
        List<Name> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory(persistenceId))) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    names.add(new Name(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
                }
            });
        } catch (NoSuchFileException none) {
            return List.of();
        }
        names.removeIf(wanted.negate());
        names.sort(OLDEST_FIRST);
        return names;
    }

    /** Ids may hold characters that file names may not: their hash never does. */
    private Path directory(String persistenceId) {
        String hex = Hash.digest(persistenceId).toHex();
        return root.resolve(hex.substring(0, 2)).resolve(hex);
    }

    private static boolean isWhole(byte[] content) {
        ByteBuffer read = ByteBuffer.wrap(content);
        if (content.length < HEADER || !read.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(content, HEADER, content.length - HEADER);
        return read.getInt(MAGIC.length) == (int) crc.getValue();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
