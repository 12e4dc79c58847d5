package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Draft;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of an export: a folder that holds a small real history, ways to tamper with it, and the verdict on it. */
abstract class Exported {
    @TempDir
    Path temp;

    final Scene scene = new Scene();
    Path folder;

    @BeforeEach
    void export() {
        folder = temp.resolve("export");
        new Exporter(scene.network, line -> {}).write(folder);
    }

    final Verdict verify() {
        return new Verifier(new ExportFolder(folder)).verify();
    }

    /** Why the export does not hold. */
    final Problem problem() {
        Verdict verdict = verify();
        assertThat(verdict.holds()).isFalse();
        return verdict.problem().orElseThrow();
    }

    final Path log(ProcessId process) {
        return folder.resolve("log").resolve(process.toString().replace(':', '-'));
    }

    final ProcessId account(int who) {
        return scene.network.account(scene.keys.get(who));
    }

    /** The entries of a log as they were exported, to be changed. */
    final List<Bytes> stored(ProcessId process) {
        return new ArrayList<>(
                scene.network.log(process).stream().map(SealedEntry::stored).toList());
    }

    /** Puts these in place of the entries of a log. */
    final void write(ProcessId process, List<Bytes> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (Bytes entry : entries) {
            out.writeInt(entry.size());
            out.write(entry.toArray());
        }
        Files.write(log(process), bytes.toByteArray());
    }

    /** Replaces what a file must contain. */
    final void edit(String file, String from, String to) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertThat(before).contains(from);
        Files.writeString(folder.resolve(file), before.replace(from, to));
    }

    /** Puts another decision in place of an entry, with the hash of its own. */
    final void reseal(ProcessId process, int slot, Draft draft) throws IOException {
        List<Bytes> entries = stored(process);
        Hash previous = scene.network.log(process).get(slot).previous();
        entries.set(slot, EntryCodec.seal(process, draft, previous).stored());
        write(process, entries);
    }
}
