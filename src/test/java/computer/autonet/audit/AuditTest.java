package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Exports of a real history that nobody tampered with. */
class AuditTest extends Exported {
    @Test
    void audit01AnExportIsLogsBlobsGenesisAndManifest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("genesis.json", "manifest.json", "log", "blobs");
        }
        assertThat(log(scene.project)).isNotEmptyFile();
        assertThat(folder.resolve("blobs").resolve(scene.model.toString())).hasContent("initial parameters");
        assertThatThrownBy(() -> new Exporter(scene.network, line -> {}).write(folder))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("name a new folder");
    }

    @Test
    void anUntouchedExportHolds() {
        Verdict verdict = verify();
        assertThat(verdict.problem()).isEmpty();
        assertThat(verdict.networkId())
                .isEqualTo(scene.network.genesis.networkId().toHex());
        assertThat(verdict.processes()).isGreaterThan(12);
        assertThat(verdict.messages()).isGreaterThan(12);
        assertThat(verdict.entries()).isGreaterThan(verdict.messages());
        assertThat(verdict.blobs()).isEqualTo(2);
        assertThat(verdict.absentBlobs()).isZero();
    }

    @Test
    void theSceneHasInputsOfEverySortAndABounce() {
        List<Draft> drafts = scene.network.processes().stream()
                .flatMap(p -> scene.network.log(p).stream())
                .map(SealedEntry::draft)
                .toList();
        assertThat(drafts).anyMatch(d -> d.input() instanceof Input.Tick);
        assertThat(drafts).anyMatch(d -> d.input() instanceof Input.Signed);
        assertThat(drafts).anyMatch(d -> d.input() instanceof Input.FromProcess);
        assertThat(drafts).anyMatch(d -> d.bounced().isPresent());
        assertThat(scene.network.processes()).anyMatch(p -> p.kind() == Kind.TASK);
    }

    @Test
    void audit02TheExporterReadsOnUntilEverythingReceivedHasItsSource() {
        ProcessId slow = scene.project;
        var growing = new RelayedLogs(scene.network) {
            private int asked;

            @Override
            public List<Bytes> entries(ProcessId process, long fromSlot) {
                List<Bytes> all = scene.network.entries(process, fromSlot);
                return process.equals(slow) && asked++ == 0 ? all.subList(0, 2) : all;
            }
        };
        folder = temp.resolve("closed");
        new Exporter(growing, line -> {}).write(folder);
        assertThat(growing.asked).isGreaterThan(1);
        assertThat(verify().problem()).isEmpty();
    }

    @Test
    void audit02ANodeThatHidesASourceIsNotWaitedForForEver() {
        var hiding = new RelayedLogs(scene.network) {
            @Override
            public List<Bytes> entries(ProcessId process, long fromSlot) {
                return process.equals(scene.project) && fromSlot > 0
                        ? List.of()
                        : scene.network.entries(process, fromSlot).stream()
                                .limit(process.equals(scene.project) ? 2 : Long.MAX_VALUE)
                                .toList();
            }

            @Override
            public Optional<byte[]> blob(BlobId id) {
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> new Exporter(hiding, line -> {}).write(temp.resolve("hiding")))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(scene.project.toString())
                .hasMessageContaining("ask another node");
    }
}
