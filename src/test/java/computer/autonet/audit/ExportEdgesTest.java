package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.Mandate;
import computer.autonet.protocol.account.Right;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of a network that goes on, and folders made to mislead whoever checks them. */
class ExportEdgesTest {
    @TempDir
    Path temp;

    private final Scene scene = new Scene();

    private Path export(LogSource source) {
        Path folder = temp.resolve("export");
        new Exporter(source, line -> {}).write(folder);
        return folder;
    }

    private static Optional<Problem> problem(Path folder) {
        return new Verifier(new ExportFolder(folder)).verify().problem();
    }

    private ProcessId account(int who) {
        return scene.network.account(scene.keys.get(who));
    }

    private void pay(int from, int to) {
        var transfer = new AccountCommand.Transfer(scene.keys.get(to).identity().address(), Amount.ofTokens(1));
        scene.network.submit(scene.keys.get(from), account(from), transfer);
        scene.network.settle();
    }

    /** Two accounts pay each other whenever somebody reads, so that no two reads see the same network. */
    @Test
    void audit02ANetworkThatNeverRestsIsExportedNevertheless() {
        var restless = new RelayedLogs(scene.network) {
            private int reads;

            @Override
            public List<Bytes> entries(ProcessId process, long fromSlot) {
                assertThat(++reads).as("reads of one export").isLessThan(200);
                List<Bytes> given = scene.network.entries(process, fromSlot);
                pay(2, 3);
                pay(3, 2);
                return given;
            }
        };
        assertThat(problem(export(restless))).isEmpty();
    }

    @Test
    void audit06TheModelOfAProjectThatAMandatesHolderFoundedIsExported() {
        var holder = scene.keys.get(1);
        var mandate = new Mandate(
                holder.identity(),
                List.of(Right.CREATE_PROJECT),
                Optional.empty(),
                Amount.ZERO,
                0,
                scene.network.nowMillis + 60_000,
                0,
                Asset.ATN);
        scene.network.submit(scene.keys.get(0), account(0), new AccountCommand.GrantMandate(mandate, 0));
        byte[] parameters = "other initial parameters".getBytes(StandardCharsets.UTF_8);
        BlobId model = BlobId.of(parameters);
        scene.network.blobs.put(model, parameters);
        var terms = new ProjectTerms(
                "under a mandate",
                new Recipe("mlp", 8, 8, 10, 7, 10, 8, 3_000),
                model,
                3,
                Amount.ofTokens(100),
                2,
                3,
                3,
                new PhaseTimes(1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
        scene.network.submit(holder, account(0), new AccountCommand.CreateProjectUnder(1, terms));
        Path folder = export(scene.network);
        assertThat(folder.resolve("blobs").resolve(model.toString())).hasBinaryContent(parameters);
        assertThat(problem(folder)).isEmpty();
    }

    /** Read as the log whose name it resembles, nobody would look into it. */
    @Test
    void audit05ALogUnderAnotherSpellingOfItsNameIsFound() throws IOException {
        Path folder = export(scene.network);
        String shouted = "project-" + scene.project.hash().toHex().toUpperCase(Locale.ROOT);
        Files.write(folder.resolve("log").resolve(shouted), new byte[] {1, 2, 3});
        assertThat(problem(folder).orElseThrow().what()).contains(shouted);
    }

    /** Written out, these numbers would fill the memory of whoever checks the export. */
    @Test
    void aGenesisWithAnEndlessNumberIsRefusedAtOnce() throws IOException {
        Path folder = export(scene.network);
        String genesis = Files.readString(folder.resolve("genesis.json"));
        for (String endless : List.of("1e99999999", "1e-99999999", "9".repeat(3_000_000))) {
            Files.writeString(folder.resolve("genesis.json"), genesis.replace("100000", endless));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThat(problem(folder).orElseThrow().process()).isEqualTo("genesis.json"));
        }
    }
}
