package computer.autonet.adapter.chain;

import computer.autonet.adapter.disk.WholeFile;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The signed transactions of one key that are not settled yet, on disk, one file per nonce: each is there before it is
 * sent, so that a crash neither loses one nor signs another with its nonce. The file's name says whether the chain
 * confirmed it, and its time since when. CHAIN-01.
 */
final class Outbox {
    private static final String CONFIRMED = ".confirmed";
    private static final Pattern NAME = Pattern.compile("(\\d+)(\\" + CONFIRMED + ")?");

    private final Path folder;

    /**
     * A transaction as it lies there.
     *
     * @param signed its forms, the first one first
     * @param confirmedFor since when the chain confirmed it, or empty while it waits
     */
    record Kept(List<String> signed, Optional<Duration> confirmedFor) {}

    Outbox(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What is there, by nonce. */
    NavigableMap<Long, Kept> load() {
        var found = new TreeMap<Long, Kept>();
        Instant now = Instant.now();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    Optional<Duration> confirmedFor = name.group(2) == null
                            ? Optional.empty()
                            : Optional.of(since(Files.getLastModifiedTime(file).toInstant(), now));
                    found.put(Long.parseLong(name.group(1)), new Kept(Files.readAllLines(file), confirmedFor));
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        return found;
    }

    /** A clock that was set back makes nothing older or younger than now. */
    private static Duration since(Instant then, Instant now) {
        return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }

    /** When this returns, the transaction is on disk. */
    void put(long nonce, List<String> signedForms) {
        try {
            WholeFile.replace(waiting(nonce), StandardCharsets.UTF_8.encode(String.join("\n", signedForms)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Notes that the chain confirmed it. Should a crash undo the note, it is only confirmed again. */
    void confirm(long nonce) {
        try {
            Files.setLastModifiedTime(waiting(nonce), FileTime.from(Instant.now()));
            Files.move(waiting(nonce), confirmed(nonce), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Takes the note back: the chain lost it. */
    void reopen(long nonce) {
        try {
            Files.move(confirmed(nonce), waiting(nonce), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // It waits already.
            if (!Files.exists(waiting(nonce))) {
                throw unusable(e);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void remove(long nonce) {
        try {
            Files.deleteIfExists(waiting(nonce));
            Files.deleteIfExists(confirmed(nonce));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void clear() {
        load().keySet().forEach(this::remove);
    }

    private Path waiting(long nonce) {
        return folder.resolve(Long.toString(nonce));
    }

    private Path confirmed(long nonce) {
        return folder.resolve(nonce + CONFIRMED);
    }

    private ChainException unusable(IOException e) {
        return new ChainException(
                Problem.FOLDER_UNUSABLE,
                "pending transactions cannot be kept in " + folder,
                "make room there, or name another folder",
                e);
    }
}
