package computer.autonet.adapter.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are there whole or as they were, and leave nothing beside them. */
class WholeFileTest {
    @TempDir
    private Path folder;

    private static ByteBuffer text(String text) {
        return UTF_8.encode(text);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void aFileIsMadeAndReplacedInParts() throws IOException {
        Path file = folder.resolve("kept");
        WholeFile.replace(file, text("one"));
        WholeFile.replace(file, text("two "), text("parts"));
        assertThat(file).hasContent("two parts");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void whatACrashLeftBesideAFileIsInNobodysWay() throws IOException {
        Files.writeString(folder.resolve("kept.new"), "half of");
        WholeFile.replace(folder.resolve("kept"), text("whole"));
        assertThat(folder.resolve("kept")).hasContent("whole");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aPlaceThatCannotBeTakenKeepsWhatItHasAndNoDraft() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("inside"), "here");
        assertThatThrownBy(() -> WholeFile.replace(taken, text("new"))).isInstanceOf(IOException.class);
        assertThat(taken.resolve("inside")).hasContent("here");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aPrivateFileIsReadByItsOwnerOnlyAlsoWhenItReplacesAnOpenOne() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "open");
        WholeFile.replacePrivate(file, text("closed"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasContent("closed");
    }
}
