package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.v1.ExportManifest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of a real history, whole and tampered with. */
class AuditTest {
    @TempDir
    Path temp;

    private final Scene scene = new Scene();
    private Path folder;

    @BeforeEach
    void export() {
        folder = temp.resolve("export");
        new Exporter(scene.network, line -> {}).write(folder);
    }

    private Verdict verify() {
        return new Verifier(new ExportFolder(folder)).verify();
    }

    private Problem problem() {
        Verdict verdict = verify();
        assertThat(verdict.holds()).isFalse();
        return verdict.problem().orElseThrow();
    }

    private Path log(ProcessId process) {
        return folder.resolve("log").resolve(process.toString().replace(':', '-'));
    }

    private ProcessId account(int who) {
        return scene.network.account(scene.keys.get(who));
    }

    private void write(ProcessId process, List<Bytes> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (Bytes entry : entries) {
            out.writeInt(entry.size());
            out.write(entry.toArray());
        }
        Files.write(log(process), bytes.toByteArray());
    }

    private List<Bytes> stored(ProcessId process) {
        return new ArrayList<>(
                scene.network.log(process).stream().map(SealedEntry::stored).toList());
    }

    private void edit(String file, String from, String to) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertThat(before).contains(from);
        Files.writeString(folder.resolve(file), before.replace(from, to));
    }

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
        var growing = new LogSource() {
            private int asked;

            @Override
            public String genesisJson() {
                return scene.network.genesisJson();
            }

            @Override
            public List<ProcessId> processes() {
                return scene.network.processes();
            }

            @Override
            public List<Bytes> entries(ProcessId process, long fromSlot) {
                List<Bytes> all = scene.network.entries(process, fromSlot);
                return process.equals(slow) && asked++ == 0 ? all.subList(0, 2) : all;
            }

            @Override
            public Optional<byte[]> blob(BlobId id) {
                return scene.network.blob(id);
            }
        };
        folder = temp.resolve("closed");
        new Exporter(growing, line -> {}).write(folder);
        assertThat(growing.asked).isGreaterThan(1);
        assertThat(verify().problem()).isEmpty();
    }

    @Test
    void audit02ANodeThatHidesASourceIsNotWaitedForForEver() {
        var hiding = new LogSource() {
            @Override
            public String genesisJson() {
                return scene.network.genesisJson();
            }

            @Override
            public List<ProcessId> processes() {
                return scene.network.processes();
            }

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

    @Test
    void audit03EveryFlippedByteOfALogIsFoundAndNamed() throws IOException {
        for (ProcessId process : List.of(account(0), scene.project)) {
            byte[] whole = Files.readAllBytes(log(process));
            int entry = 0;
            int end = 4 + scene.network.log(process).get(0).stored().size();
            var random = new SplittableRandom(5);
            for (int at = 0; at < whole.length; at++) {
                if (at >= end) {
                    entry++;
                    end += 4 + scene.network.log(process).get(entry).stored().size();
                }
                if (at % 7 != 0 && at > 1_200) {
                    continue;
                }
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(log(process), flipped);
                Problem problem = problem();
                assertThat(problem.process()).as("byte %d", at).isEqualTo(process.toString());
                assertThat(problem.slot()).as("byte %d: %s", at, problem).isBetween((long) entry, (long) entry + 1);
            }
            Files.write(log(process), whole);
        }
    }

    @Test
    void audit03DroppedAddedAndSwappedEntriesAreFoundAndNamed() throws IOException {
        List<Bytes> whole = stored(scene.project);
        for (int i = 0; i < whole.size(); i++) {
            List<Bytes> dropped = new ArrayList<>(whole);
            dropped.remove(i);
            write(scene.project, dropped);
            Problem problem = problem();
            if (i < whole.size() - 1) {
                assertThat(problem).isEqualTo(new Problem(scene.project.toString(), i, problem.what()));
            }

            List<Bytes> added = new ArrayList<>(whole);
            added.add(i, whole.get(i));
            write(scene.project, added);
            assertThat(problem().slot()).isEqualTo(i + 1);
            assertThat(problem().process()).isEqualTo(scene.project.toString());

            if (i > 0) {
                List<Bytes> swapped = new ArrayList<>(whole);
                Collections.swap(swapped, i - 1, i);
                write(scene.project, swapped);
                assertThat(problem().slot()).isEqualTo(i - 1);
                assertThat(problem().process()).isEqualTo(scene.project.toString());
            }
        }
        write(scene.project, stored(account(0)));
        assertThat(problem())
                .isEqualTo(new Problem(scene.project.toString(), 0, problem().what()));
    }

    @Test
    void aLogThatEndsWithinAnEntryOrItsLengthIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(log(account(0)));
        int last = scene.network.log(account(0)).size() - 1;
        for (int cut : List.of(1, 40)) {
            Files.write(log(account(0)), Arrays.copyOf(whole, whole.length - cut));
            assertThat(problem().slot()).isEqualTo(last);
        }
        Files.write(log(account(0)), Arrays.copyOf(whole, whole.length + 3));
        assertThat(problem().slot()).isEqualTo(last + 1);
        Files.write(log(account(0)), new byte[0]);
        assertThat(problem().what()).contains("empty");
    }

    /** The host of a log resigns nothing but re-hashes everything: only the signature can tell. */
    @Test
    void audit03AForgedSignatureIsFound() throws IOException {
        List<SealedEntry> log = scene.network.log(account(0));
        int last = log.size() - 1;
        Draft draft = log.get(last).draft();
        var signed = (Input.Signed) draft.input();
        byte[] raw = signed.raw().toArray();
        raw[10] ^= 1;
        var accepted = (MessageCodec.Accepted) MessageCodec.parse(Bytes.of(raw));
        reseal(account(0), last, with(draft, accepted.input()));
        assertThat(problem()).satisfies(p -> {
            assertThat(p.process()).isEqualTo(account(0).toString());
            assertThat(p.slot()).isEqualTo(last);
            assertThat(p.what()).contains("signature");
        });
    }

    @Test
    void audit03AnotherDecisionThanThatOfTheRulesIsFound() throws IOException {
        int last = scene.network.log(account(0)).size() - 1;
        Draft draft = scene.network.log(account(0)).get(last).draft();
        var sent = new AccountEvent.Sent(scene.keys.get(1).identity().address(), Amount.ofTokens(1), Asset.ATN);
        reseal(
                account(0),
                last,
                new Draft(
                        draft.slot(),
                        draft.epoch(),
                        draft.timestampMillis(),
                        draft.input(),
                        List.of(sent),
                        Optional.empty(),
                        0,
                        draft.outbox()));
        assertThat(problem())
                .isEqualTo(new Problem(account(0).toString(), last, problem().what()));
        assertThat(problem().what()).contains("decide otherwise");
    }

    /** A whole log that holds in itself, but whose input nobody sent. */
    @Test
    void audit04MoneyThatNobodySentIsFound() throws IOException {
        var other = new Scene();
        var poor = KernelNetwork.key("poor");
        ProcessId account = other.network.account(poor);
        other.network.submit(
                other.keys.get(3),
                other.network.account(other.keys.get(3)),
                new AccountCommand.Transfer(poor.identity().address(), Amount.ofTokens(5)));
        other.network.settle();
        assertThat(other.network.genesis).isEqualTo(scene.network.genesis);
        write(
                account,
                other.network.log(account).stream().map(SealedEntry::stored).toList());
        Problem problem = problem();
        assertThat(problem).isEqualTo(new Problem(account.toString(), 0, problem.what()));
        assertThat(problem.what()).contains("did not send");
    }

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
        Files.writeString(blob, "other parameters");
        assertThat(problem().process()).isEqualTo("blob " + scene.model);
        Files.delete(blob);
        assertThat(problem().process()).isEqualTo("blob " + scene.model);
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

    @Test
    void audit07TheLedgerAddsUpForEachAssetWithCreditsInFlight() {
        assertThat(scene.network.underWay).hasSize(2);
        Verdict inFlight = verify();
        assertThat(inFlight.issued())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Asset.ATN, Amount.ofTokens(900_000), KernelNetwork.GOLD, units(1_000)));
        assertThat(inFlight.held()).contains(inFlight.issued());
        scene.network.settle();
        folder = temp.resolve("arrived");
        new Exporter(scene.network, line -> {}).write(folder);
        assertThat(verify().held()).contains(inFlight.issued());
    }

    private static Amount units(long units) {
        return new Amount(BigInteger.valueOf(units));
    }

    @Test
    void audit07TheAssetThatDoesNotAddUpIsNamed() {
        var issued = verify().issued();
        assertThat(Verifier.balance(issued, issued)).isEmpty();
        var found = new TreeMap<>(issued);
        found.put(KernelNetwork.GOLD, units(999));
        assertThat(Verifier.balance(issued, found))
                .hasValueSatisfying(p -> assertThat(p.what())
                        .isEqualTo("issued 1000 of asset " + KernelNetwork.GOLD + ", found 999 of asset "
                                + KernelNetwork.GOLD));
        found.remove(KernelNetwork.GOLD);
        assertThat(Verifier.balance(issued, found)).isPresent();
        var silver = new Asset(Hash.digest("silver"));
        found.putAll(issued);
        found.put(silver, units(1));
        assertThat(Verifier.balance(issued, found))
                .hasValueSatisfying(p -> assertThat(p.what()).contains("issued 0 of asset " + silver));
    }

    /** The last entry of the owner sends 7 of gold; here it says that it sends something else. */
    @Test
    void audit03MoreOfAnAssetOrAnotherAssetThanWasSignedForIsFound() throws IOException {
        List<SealedEntry> log = scene.network.log(account(0));
        int last = log.size() - 1;
        Draft draft = log.get(last).draft();
        Hash to = scene.keys.get(1).identity().address();
        assertThat(draft.events()).containsExactly(new AccountEvent.Sent(to, units(7), KernelNetwork.GOLD));
        List<AccountCommand.Credit> lies = List.of(
                new AccountCommand.Credit(to, units(8), KernelNetwork.GOLD),
                new AccountCommand.Credit(to, units(7), Asset.ATN),
                new AccountCommand.Credit(to, units(7), new Asset(Hash.digest("silver"))));
        for (AccountCommand.Credit lie : lies) {
            Parcel sent = draft.outbox().get(0);
            reseal(
                    account(0),
                    last,
                    new Draft(
                            draft.slot(),
                            draft.epoch(),
                            draft.timestampMillis(),
                            draft.input(),
                            List.of(new AccountEvent.Sent(to, lie.amount(), lie.asset())),
                            Optional.empty(),
                            0,
                            List.of(new Parcel(sent.receiver(), sent.sequence(), new Payload.Ask(lie)))));
            assertThat(problem()).as("%s", lie).satisfies(p -> {
                assertThat(p.process()).isEqualTo(account(0).toString());
                assertThat(p.slot()).isEqualTo(last);
                assertThat(p.what()).contains("decide otherwise");
            });
        }
    }

    @Test
    void audit05AnotherAmountOfAnAssetAtGenesisIsAnotherNetwork() throws IOException {
        edit("genesis.json", "\"1000\"", "\"1001\"");
        assertThat(problem().process()).isEqualTo("genesis.json");
        assertThat(problem().what()).contains("its network is");
    }

    private static Draft with(Draft draft, Input input) {
        return new Draft(
                draft.slot(),
                draft.epoch(),
                draft.timestampMillis(),
                input,
                draft.events(),
                draft.bounced(),
                draft.extendedMillis(),
                draft.outbox());
    }

    private void reseal(ProcessId process, int slot, Draft draft) throws IOException {
        List<Bytes> entries = stored(process);
        Hash previous = scene.network.log(process).get(slot).previous();
        entries.set(slot, EntryCodec.seal(process, draft, previous).stored());
        write(process, entries);
    }
}
