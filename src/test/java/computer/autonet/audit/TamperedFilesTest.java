package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.v1.ExportManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Exports whose manifest, genesis or blobs were changed, or from which a file is missing. */
class TamperedFilesTest extends Exported {
    /** Strikes a log from the manifest. */
    private void unname(ProcessId process) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        var named = ExportManifest.newBuilder();
        JsonFormat.parser().merge(Files.readString(manifest), named);
        var kept = named.getProcessesList().stream()
                .filter(one -> !one.getProcess().equals(process.toString()))
                .toList();
        Files.writeString(
                manifest, JsonFormat.printer().print(named.clearProcesses().addAllProcesses(kept)));
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
