package computer.autonet.adapter.work;

import computer.autonet.port.WorkStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder with one file per saved piece of work (WORK-07). A file appears whole or not at all; the oldest are removed. */
public final class WorkFolder implements WorkStore {
    /** More than all participants of a node have open in a hundred projects at once; up to a few hundred megabytes. */
    private static final int MAX_FILES = 1_024;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{1,200}");
    private static final String SUFFIX = ".work";

    private final Path folder;
    private final int maxFiles;

    /** Creates the folder if it is not there. */
    public WorkFolder(Path folder) {
        this(folder, MAX_FILES);
    }

    WorkFolder(Path folder, int maxFiles) {
        this.folder = folder;
        this.maxFiles = maxFiles;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder " + folder + " cannot be made: choose another", e);
        }
    }

    private Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key has up to 200 letters, digits and dashes, not '" + key + "'");
        }
        return folder.resolve(key + SUFFIX);
    }

    @Override
    public synchronized Optional<byte[]> load(String key) {
        Path file = file(key);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the work file " + file + " cannot be read: check its rights", e);
        }
    }

    @Override
    public synchronized void save(String key, byte[] content) {
        Path file = file(key);
        if (Files.exists(file)) {
            return;
        }
        try {
            Path draft = Files.createTempFile(folder, "draft", ".tmp");
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            // The new name must survive a crash too.
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
            removeOldest();
        } catch (IOException e) {
            throw new UncheckedIOException("the work file " + file + " cannot be written: is the disk full?", e);
        }
    }

    private record Aged(Path path, FileTime time) {}

    private void removeOldest() throws IOException {
        List<Aged> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(p -> p.toString().endsWith(SUFFIX))
                    .map(p -> new Aged(p, time(p)))
                    .sorted(Comparator.comparing(Aged::time).thenComparing(Aged::path))
                    .toList();
        }
        for (Aged old : files.subList(0, Math.max(0, files.size() - maxFiles))) {
            Files.deleteIfExists(old.path());
        }
    }

    private static FileTime time(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the age of " + path + " cannot be read", e);
        }
    }
}
