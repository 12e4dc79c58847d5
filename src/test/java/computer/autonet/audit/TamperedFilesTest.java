package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.v1.ExportManifest;
import computer.autonet.v1.ExportManifest.ExportedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Exports whose manifest, genesis or blobs were changed, or from which a file is missing. */
class TamperedFilesTest extends Exported {
    /** What the manifest says of each log, put through this. */
    private void restate(UnaryOperator<List<ExportedProcess>> change) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        var named = ExportManifest.newBuilder();
        JsonFormat.parser().merge(Files.readString(manifest), named);
        var changed = change.apply(named.getProcessesList());
        Files.writeString(
                manifest, JsonFormat.printer().print(named.clearProcesses().addAllProcesses(changed)));
    }

    /** Strikes a log from the manifest. */
    private void unname(ProcessId process) throws IOException {
        restate(all -> all.stream()
                .filter(one -> !one.getProcess().equals(process.toString()))
                .toList());
    }

    private void restate(ProcessId process, Consumer<ExportedProcess.Builder> change) throws IOException {
        restate(all -> all.stream()
                .map(one -> {
                    var said = one.toBuilder();
                    if (one.getProcess().equals(process.toString())) {
                        change.accept(said);
                    }
                    return said.build();
                })
                .toList());
    }

    @Test
    void audit05AHeadOrStateRootThatTheLogDoesNotGiveIsFound() throws IOException {
        String manifest = Files.readString(folder.resolve("manifest.json"));
        int last = scene.network.log(scene.project).size() - 1;
        String other = Hash.digest("other").toHex();
        List<Consumer<ExportedProcess.Builder>> lies =
                List.of(said -> said.setStateRoot(other), said -> said.setHead(other));
        for (Consumer<ExportedProcess.Builder> lie : lies) {
            restate(scene.project, lie);
            assertThat(problem())
                    .isEqualTo(new Problem(
                            scene.project.toString(), last, problem().what()));
            Files.writeString(folder.resolve("manifest.json"), manifest);
        }
        assertThat(verify().problem()).isEmpty();
    }

    /** The slot that is named is the last one that is there, or the last one that is claimed. */
    @Test
    void audit05ACountThatTheLogDoesNotHaveIsFound() throws IOException {
        String manifest = Files.readString(folder.resolve("manifest.json"));
        long last = scene.network.log(scene.project).size() - 1;
        for (long claimed : List.of(last, last + 2)) {
            restate(scene.project, said -> said.setEntries(claimed));
            assertThat(problem().process()).isEqualTo(scene.project.toString());
            assertThat(problem().slot()).isBetween(Math.min(last, claimed - 1), Math.max(last, claimed - 1));
            Files.writeString(folder.resolve("manifest.json"), manifest);
        }
    }

    @Test
    void audit05ChangedManifestsAreFound() throws IOException {
        String manifest = Files.readString(folder.resolve("manifest.json"));
        Hash head = scene.network
                .log(scene.project)
                .get(scene.network.log(scene.project).size() - 1)
                .hash();
        edit("manifest.json", head.toHex(), Hash.digest("other").toHex());
        assertThat(problem().process()).isEqualTo(scene.project.toString());

        String named = scene.project.toString();
        Files.writeString(folder.resolve("manifest.json"), manifest);
        edit("manifest.json", named, account(0).toString());
        assertThat(problem().what()).contains("twice");

        Files.writeString(folder.resolve("manifest.json"), manifest);
        unname(scene.project);
        assertThat(problem()).isEqualTo(new Problem(named, -1, "manifest.json does not name this log"));

        Files.writeString(folder.resolve("manifest.json"), manifest);
        edit("manifest.json", "\"format\": 1", "\"format\": 2");
        assertThat(problem().process()).isEqualTo("manifest.json");

        Files.writeString(folder.resolve("manifest.json"), "{");
        assertThat(problem().process()).isEqualTo("manifest.json");

        Files.writeString(folder.resolve("manifest.json"), manifest);
        assertThat(verify().problem()).isEmpty();
        Files.delete(log(scene.project));
        assertThat(problem()).isEqualTo(new Problem(named, -1, "manifest.json names this log, and it is missing"));
        assertThat(verify().held()).as("no sum can be made").isEmpty();
    }

    /** AUDIT-05: whatever count the manifest claims. */
    @Test
    void audit05AMismatchIsToldOfTheLastEntryThatIsThere() throws IOException {
        int entries = scene.network.log(scene.project).size();
        String manifest = Files.readString(folder.resolve("manifest.json"));
        int at = manifest.indexOf("\"entries\"", manifest.indexOf(scene.project.toString()));
        Files.writeString(
                folder.resolve("manifest.json"),
                manifest.substring(0, at) + manifest.substring(at).replaceFirst("\"" + entries + "\"", "\"1000\""));
        assertThat(problem().process()).isEqualTo(scene.project.toString());
        assertThat(problem().slot()).isEqualTo(entries - 1);
    }

    @Test
    void audit04ALogThatIsMissingFromTheManifestTooIsNamedNotItsReceivers() throws IOException {
        unname(scene.project);
        Files.delete(log(scene.project));
        Problem problem = problem();
        assertThat(problem.process()).isEqualTo(scene.project.toString());
        assertThat(problem.what()).startsWith("its log is missing: slot ");
    }

    @Test
    void aChangedGenesisIsFound() throws IOException {
        edit("genesis.json", "100000", "100001");
        assertThat(problem().process()).isEqualTo("genesis.json");
        Files.writeString(folder.resolve("genesis.json"), "{");
        assertThat(problem().process()).isEqualTo("genesis.json");
        Files.delete(folder.resolve("genesis.json"));
        assertThatThrownBy(this::verify).isInstanceOf(ExportException.class).hasMessageContaining("autonet export");
    }

    @Test
    void audit06MissingChangedAndForeignBlobsAreFound() throws IOException {
        Path blob = folder.resolve("blobs").resolve(scene.model.toString());
        Problem named = new Problem(
                account(0).toString(),
                0,
                "it names blob " + scene.model + ", which is missing or is not what its name says");
        Files.writeString(blob, "other parameters");
        assertThat(problem()).isEqualTo(named);
        Files.delete(blob);
        assertThat(problem()).isEqualTo(named);
        edit("manifest.json", "\"" + scene.model + "\", ", "");
        assertThat(problem().what()).contains("not those that the logs name");
    }

    @Test
    void audit06ABlobThatTheNetworkLostIsSaidToBeAbsent() throws IOException {
        scene.network.blobs.remove(scene.model);
        folder = temp.resolve("absent");
        assertThat(new Exporter(scene.network, line -> {}).write(folder).absent())
                .isEqualTo(1);
        assertThat(verify().absentBlobs()).isEqualTo(1);
        assertThat(verify().problem()).isEmpty();
        Files.writeString(folder.resolve("blobs").resolve("stray"), "stray");
        assertThat(problem().process()).isEqualTo("blob stray");
    }
}
