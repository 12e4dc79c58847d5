package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.journal.SnapshotFiles.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFilesTest {
    private static final String ID = "task:ab/../with strange ∂ characters";

    @TempDir
    Path root;

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private Path file(String name) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.endsWith(name)).findAny().orElseThrow();
        }
    }

    private static String text(SnapshotFiles.Found found) {
        return new String(found.bytes(), UTF_8);
    }

    /** JRN-09. */
    @Test
    void onlyTheNewestTwoAreKept() throws Exception {
        SnapshotFiles snapshots = new SnapshotFiles(root, 2);
        for (int i = 1; i <= 12; i++) {
            snapshots.save(ID, new Name(i * 10L, i), ("state " + i).getBytes(UTF_8));
        }
        assertThat(files()).containsExactly("110-11.snapshot", "120-12.snapshot");
        assertThat(text(snapshots.newest(ID, any -> true).orElseThrow())).isEqualTo("state 12");
        assertThat(snapshots.newest("another", any -> true)).isEmpty();
    }

    /** JRN-08. */
    @Test
    void aDamagedSnapshotIsSetAsideAndTheOlderOneServes() throws Exception {
        SnapshotFiles snapshots = new SnapshotFiles(root, 2);
        snapshots.save(ID, new Name(10, 1), "older".getBytes(UTF_8));
        snapshots.save(ID, new Name(20, 2), "newer".getBytes(UTF_8));
        Path newer = file("20-2.snapshot");
        byte[] content = Files.readAllBytes(newer);
        content[content.length - 1] ^= 1;
        Files.write(newer, content);
        assertThat(text(snapshots.newest(ID, any -> true).orElseThrow())).isEqualTo("older");
        assertThat(files()).containsExactly("10-1.snapshot", "20-2.snapshot.damaged");
        Files.write(file("10-1.snapshot"), new byte[3]);
        assertThat(snapshots.newest(ID, any -> true)).isEmpty();
    }

    /** JRN-07: what a crash in the middle of a save leaves behind is neither read nor in the way. */
    @Test
    void aHalfWrittenSnapshotIsNeverRead() throws Exception {
        SnapshotFiles snapshots = new SnapshotFiles(root, 2);
        snapshots.save(ID, new Name(10, 1), "whole".getBytes(UTF_8));
        Files.write(file("10-1.snapshot").resolveSibling("20-2.snapshot.new"), new byte[] {'A', 'U'});
        assertThat(text(snapshots.newest(ID, any -> true).orElseThrow())).isEqualTo("whole");
        snapshots.save(ID, new Name(20, 2), "second".getBytes(UTF_8));
        assertThat(text(snapshots.newest(ID, any -> true).orElseThrow())).isEqualTo("second");
        assertThat(files()).containsExactly("10-1.snapshot", "20-2.snapshot");
    }
}
