package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The signed transactions of one key that are not confirmed yet, on disk, one file per nonce: each is there before it is
 * sent, so that a crash neither loses one nor signs another with its nonce.
 */
final class Outbox {
    private final Path folder;

    Outbox(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What waits, by nonce: the signed forms of each transaction, the first one first. */
    NavigableMap<Long, List<String>> load() {
        var found = new TreeMap<Long, List<String>>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit)) {
                    found.put(Long.parseLong(name), Files.readAllLines(file));
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        return found;
    }

    /** When this returns, the transaction is on disk. */
    void put(long nonce, List<String> signedForms) {
        Path fresh = folder.resolve(nonce + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var rest = ByteBuffer.wrap(String.join("\n", signedForms).getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            Files.move(fresh, folder.resolve(Long.toString(nonce)), StandardCopyOption.ATOMIC_MOVE);
            // The name is in the folder, and the folder must be on disk too.
            try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void remove(long nonce) {
        try {
            Files.deleteIfExists(folder.resolve(Long.toString(nonce)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void clear() {
        load().keySet().forEach(this::remove);
    }

    private ChainException unusable(IOException e) {
        return new ChainException(
                Problem.FOLDER_UNUSABLE,
                "pending transactions cannot be kept in " + folder,
                "make room there, or name another folder",
                e);
    }
}
