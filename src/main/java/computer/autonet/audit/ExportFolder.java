package computer.autonet.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CodecException;
import computer.autonet.v1.ExportManifest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that holds an export (AUDIT-01): {@code genesis.json}, {@code manifest.json}, per process a file
 * {@code log/KIND-HEX} of entries, each after its length in four big-endian bytes, and {@code blobs/HEX}.
 */
public final class ExportFolder {
    static final int FORMAT = 1;

    /** Longer entries are no entries: a message has at most 256 KiB. */
    private static final int MAX_ENTRY = 16 * 1024 * 1024;

    private final Path root;

    public ExportFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** @throws ExportException if the folder holds something already */
    public ExportFolder create() {
        try {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.list(root)) {
                    if (files.findAny().isPresent()) {
                        throw new ExportException(root + " is not empty; name a new folder");
                    }
                }
            }
            Files.createDirectories(root.resolve("log"));
            Files.createDirectories(root.resolve("blobs"));
            return this;
        } catch (IOException e) {
            throw new ExportException(root + " cannot be written: " + e.getMessage(), e);
        }
    }

    void writeGenesis(String json) {
        writeText("genesis.json", json);
    }

    String genesis() {
        return readText("genesis.json");
    }

    void writeManifest(ExportManifest manifest) {
        try {
            writeText("manifest.json", JsonFormat.printer().print(manifest) + "\n");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws CodecException if the file is damaged */
    ExportManifest manifest() {
        var manifest = ExportManifest.newBuilder();
        try {
            JsonFormat.parser().merge(readText("manifest.json"), manifest);
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("it cannot be read: " + e.getMessage(), e);
        }
        return manifest.build();
    }

    void append(ProcessId process, List<Bytes> entries) {
        try (var out = new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(log(process), StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
            for (Bytes entry : entries) {
                byte[] bytes = entry.toArray();
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new ExportException(log(process) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** What a log file holds: whole entries, and what is wrong after the last of them. */
    record Framed(List<Bytes> entries, Optional<String> damage) {}

    Framed entries(ProcessId process) {
        List<Bytes> entries = new ArrayList<>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(log(process))))) {
            while (true) {
                byte[] prefix = in.readNBytes(Integer.BYTES);
                if (prefix.length == 0) {
                    return new Framed(entries, Optional.empty());
                }
                int length = prefix.length < Integer.BYTES
                        ? -1
                        : ByteBuffer.wrap(prefix).getInt();
                if (length < 1 || length > MAX_ENTRY) {
                    return new Framed(entries, Optional.of("the log file holds no length of an entry here"));
                }
                byte[] entry = in.readNBytes(length);
                if (entry.length < length) {
                    return new Framed(entries, Optional.of("the log file ends within this entry"));
                }
                entries.add(Bytes.of(entry));
            }
        } catch (IOException e) {
            throw new ExportException(log(process) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws NotALog if a file is called otherwise than a log is */
    List<ProcessId> processes() throws NotALog {
        List<ProcessId> processes = new ArrayList<>();
        for (String name : names("log")) {
            try {
                ProcessId process = ProcessId.parse(name.replaceFirst("-", ":"));
                if (!fileName(process).equals(name)) {
                    throw new NotALog(name);
                }
                processes.add(process);
            } catch (IllegalArgumentException e) {
                throw new NotALog(name);
            }
        }
        Collections.sort(processes);
        return processes;
    }

    private static String fileName(ProcessId process) {
        return process.toString().replace(':', '-');
    }

    /** The names of the files in {@code blobs}, in order. */
    List<String> blobs() {
        return names("blobs");
    }

    private List<String> names(String sub) {
        try (Stream<Path> files = Files.list(root.resolve(sub))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new ExportException(
                    root + " is no export: " + sub + " cannot be read; name a folder that autonet export wrote", e);
        }
    }

    /** A file among the logs that is called otherwise. */
    static final class NotALog extends Exception {
        private static final long serialVersionUID = 1L;

        NotALog(String name) {
            super("the file log/" + name + " is called as no log is");
        }
    }

    void writeBlob(BlobId id, byte[] content) {
        try {
            Files.write(blob(id), content);
        } catch (IOException e) {
            throw new ExportException(blob(id) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Whether the blob is there and is what its name says. */
    boolean hasBlob(BlobId id) {
        try {
            return Files.isRegularFile(blob(id))
                    && BlobId.of(Files.readAllBytes(blob(id))).equals(id);
        } catch (IOException e) {
            throw new ExportException(blob(id) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path log(ProcessId process) {
        return root.resolve("log").resolve(fileName(process));
    }

    private Path blob(BlobId id) {
        return root.resolve("blobs").resolve(id.toString());
    }

    private void writeText(String name, String text) {
        try {
            Files.writeString(root.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ExportException(root.resolve(name) + " cannot be written: " + e.getMessage(), e);
        }
    }

    private String readText(String name) {
        try {
            return Files.readString(root.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ExportException(
                    root + " is no export: " + name + " cannot be read; name a folder that autonet export wrote", e);
        }
    }
}
