package computer.autonet.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file has one owner at a time, in this process or another (JRN-05, CHAIN-08). */
class OwnedFileTest {
    private static final String NAME = "owner";
    private static final int TAKEN = 10;
    private static final int REFUSED = 11;

    @TempDir
    private Path directory;

    /** Takes the file in a folder and ends, with a status that says whether it was free. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws IOException {
            System.exit(OwnedFile.take(Path.of(args[0]), NAME).isPresent() ? TAKEN : REFUSED);
        }
    }

    private static int statusOfAnotherProcess(Path folder) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return other.exitValue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whoWasRefusedInTheSameProcessDoesNotFreeItForAnother() throws Exception {
        Path folder = directory.resolve("folder");
        try (OwnedFile owned = OwnedFile.take(folder, NAME).orElseThrow()) {
            assertThat(OwnedFile.take(folder, NAME)).isEmpty();
            Path alias = Files.createSymbolicLink(directory.resolve("alias"), folder);
            assertThat(OwnedFile.take(alias, NAME)).isEmpty();
            assertThat(OwnedFile.owner(folder, NAME))
                    .hasValue(Long.toString(ProcessHandle.current().pid()));
            assertThat(statusOfAnotherProcess(folder)).isEqualTo(REFUSED);
        }
        assertThat(statusOfAnotherProcess(folder)).isEqualTo(TAKEN);
    }

    @Test
    void whatIsClosedTwiceIsGivenBackOnce() throws Exception {
        OwnedFile first = OwnedFile.take(directory, NAME).orElseThrow();
        first.close();
        try (OwnedFile second = OwnedFile.take(directory, NAME).orElseThrow()) {
            first.close();
            assertThat(OwnedFile.take(directory, NAME)).isEmpty();
            assertThat(statusOfAnotherProcess(directory)).isEqualTo(REFUSED);
        }
    }
}
