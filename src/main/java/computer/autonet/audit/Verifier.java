package computer.autonet.audit;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CodecException;
import computer.autonet.codec.CorruptEntryException;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.codec.StateCodec;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.v1.ExportManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Checks an export without a node: every signature, hash, decision, root, blob, and the ledger's sum (AUDIT-03 to
 * AUDIT-07). Logs are checked side by side; the problem that is told does not depend on which thread was faster: the
 * first process in order, and what is wrong with a log in itself before what is wrong between logs.
 */
public final class Verifier {
    private final ExportFolder folder;

    public Verifier(ExportFolder folder) {
        this.folder = folder;
    }

    private record Log(ProcessId process, List<SealedEntry> entries, Optional<Problem> problem) {}

    private record Checked(Optional<ProcessState<?>> state, Optional<Problem> problem) {}

    /** @throws ExportException if the folder is no export at all, or cannot be read */
    public Verdict verify() {
        String genesisJson = folder.genesis();
        Genesis genesis;
        ExportManifest manifest;
        SortedMap<ProcessId, Log> logs;
        try {
            genesis = GenesisCodec.fromJson(genesisJson);
        } catch (CodecException e) {
            return Verdict.unread(new Problem("genesis.json", -1, String.valueOf(e.getMessage())));
        }
        try {
            manifest = folder.manifest();
        } catch (CodecException e) {
            return Verdict.unread(new Problem("manifest.json", -1, String.valueOf(e.getMessage())));
        }
        try {
            logs = inParallel(folder.processes(), this::read);
        } catch (ExportFolder.NotALog e) {
            return Verdict.unread(new Problem("log", -1, String.valueOf(e.getMessage())));
        }
        Optional<Problem> problem = network(genesis, manifest).or(() -> first(logs.values(), Log::problem));
        SortedMap<ProcessId, ProcessState<?>> states = new TreeMap<>();
        if (problem.isEmpty()) {
            SortedMap<ProcessId, Checked> checked =
                    inParallel(List.copyOf(logs.keySet()), process -> replay(genesis, at(logs, process)));
            problem = first(checked.values(), Checked::problem);
            checked.forEach((process, c) -> c.state().ifPresent(state -> states.put(process, state)));
        }
        problem = problem.or(() -> missing(logs, manifest))
                .or(() -> justify(logs))
                .or(() -> compare(states, manifest))
                .or(() -> blobs(logs, manifest));
        Optional<SortedMap<Asset, Amount>> held = Optional.empty();
        if (problem.isEmpty()) {
            SortedMap<Asset, Amount> sums = Ledger.held(genesis, states, entries(logs));
            held = Optional.of(sums);
            problem = balance(genesis.issued(), sums);
        }
        return verdict(genesis, logs, manifest, held, problem);
    }

    /** AUDIT-07: the first asset of which more or less is there than was issued. */
    static Optional<Problem> balance(SortedMap<Asset, Amount> issued, SortedMap<Asset, Amount> found) {
        Set<Asset> all = new TreeSet<>(issued.keySet());
        all.addAll(found.keySet());
        for (Asset asset : all) {
            Amount begun = issued.getOrDefault(asset, Amount.ZERO);
            Amount there = found.getOrDefault(asset, Amount.ZERO);
            if (!there.equals(begun)) {
                return Optional.of(new Problem(
                        "ledger", -1, "issued " + asset.describe(begun) + ", found " + asset.describe(there)));
            }
        }
        return Optional.empty();
    }

    private static Verdict verdict(
            Genesis genesis,
            SortedMap<ProcessId, Log> logs,
            ExportManifest manifest,
            Optional<SortedMap<Asset, Amount>> held,
            Optional<Problem> problem) {
        long entries = 0;
        long messages = 0;
        for (Log log : logs.values()) {
            entries += log.entries().size();
            messages += log.entries().stream()
                    .filter(entry -> entry.draft().input() instanceof Input.Signed)
                    .count();
        }
        return new Verdict(
                genesis.networkId().toHex(),
                logs.size(),
                messages,
                entries,
                manifest.getBlobsCount(),
                manifest.getAbsentBlobsCount(),
                genesis.issued(),
                held,
                problem);
    }

    private static <T> SortedMap<ProcessId, T> inParallel(List<ProcessId> processes, Function<ProcessId, T> work) {
        record Done<T>(ProcessId process, T result) {}
        SortedMap<ProcessId, T> results = new TreeMap<>();
        processes.parallelStream()
                .map(process -> new Done<>(process, work.apply(process)))
                .toList()
                .forEach(done -> results.put(done.process(), done.result()));
        return results;
    }

    private static <T> Optional<Problem> first(Iterable<T> results, Function<T, Optional<Problem>> problem) {
        for (T result : results) {
            Optional<Problem> found = problem.apply(result);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Log at(SortedMap<ProcessId, Log> logs, ProcessId process) {
        return Optional.ofNullable(logs.get(process)).orElseThrow();
    }

    private static SortedMap<ProcessId, List<SealedEntry>> entries(SortedMap<ProcessId, Log> logs) {
        SortedMap<ProcessId, List<SealedEntry>> entries = new TreeMap<>();
        logs.forEach((process, log) -> entries.put(process, log.entries()));
        return entries;
    }

    private static Optional<Problem> network(Genesis genesis, ExportManifest manifest) {
        if (manifest.getFormat() != ExportFolder.FORMAT) {
            return Optional.of(new Problem(
                    "manifest.json",
                    -1,
                    "format " + manifest.getFormat() + " is unknown, this program reads " + ExportFolder.FORMAT));
        }
        return manifest.getNetworkId().equals(genesis.networkId().toHex())
                ? Optional.empty()
                : Optional.of(new Problem(
                        "genesis.json",
                        -1,
                        "its network is " + genesis.networkId() + ", that of the manifest " + manifest.getNetworkId()));
    }

    private Log read(ProcessId process) {
        List<SealedEntry> log = new ArrayList<>();
        ExportFolder.Framed framed = folder.entries(process);
        for (Bytes stored : framed.entries()) {
            try {
                log.add(EntryCodec.read(process, stored));
            } catch (CorruptEntryException | IllegalArgumentException e) {
                return new Log(process, log, problem(process, log.size(), String.valueOf(e.getMessage())));
            }
        }
        if (framed.damage().isPresent()) {
            return new Log(
                    process, log, problem(process, log.size(), framed.damage().get()));
        }
        return new Log(process, log, log.isEmpty() ? problem(process, 0, "the log is empty") : Optional.empty());
    }

    private static Checked replay(Genesis genesis, Log log) {
        try {
            return new Checked(Optional.of(Replay.check(genesis, log.process(), log.entries())), Optional.empty());
        } catch (Replay.Broken e) {
            return new Checked(Optional.empty(), Optional.of(e.problem()));
        }
    }

    /** Told before what follows from it: that what such a log sent to others cannot be found. */
    private static Optional<Problem> missing(SortedMap<ProcessId, Log> logs, ExportManifest manifest) {
        Set<String> there = new HashSet<>();
        logs.keySet().forEach(process -> there.add(process.toString()));
        return manifest.getProcessesList().stream()
                .map(ExportManifest.ExportedProcess::getProcess)
                .filter(process -> !there.contains(process))
                .sorted()
                .findFirst()
                .map(process -> new Problem(process, -1, "manifest.json names this log, and it is missing"));
    }

    private static Optional<Problem> justify(SortedMap<ProcessId, Log> logs) {
        for (Log log : logs.values()) {
            for (SealedEntry entry : log.entries()) {
                if (entry.draft().input() instanceof Input.FromProcess from) {
                    Log source = logs.get(from.source());
                    if (source == null) {
                        return problem(
                                from.source(),
                                -1,
                                "its log is missing: slot " + entry.draft().slot() + " of " + log.process()
                                        + " received what its entry " + from.slot() + " sent");
                    }
                    boolean sent = from.slot() >= 0
                            && from.slot() < source.entries().size()
                            && Replay.sent(source.entries().get((int) from.slot()), log.process(), from);
                    if (!sent) {
                        return problem(
                                log.process(),
                                entry.draft().slot(),
                                "entry " + from.slot() + " of " + from.source() + " did not send what was received");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** AUDIT-05: the manifest names exactly the logs that are there, with the heads and roots that they give. */
    private static Optional<Problem> compare(SortedMap<ProcessId, ProcessState<?>> states, ExportManifest manifest) {
        Set<String> named = new HashSet<>();
        for (ExportManifest.ExportedProcess process : manifest.getProcessesList()) {
            if (!named.add(process.getProcess())) {
                return manifestProblem("it names the log of " + process.getProcess() + " twice");
            }
        }
        for (Map.Entry<ProcessId, ProcessState<?>> entry : states.entrySet()) {
            if (!named.remove(entry.getKey().toString())) {
                return problem(entry.getKey(), -1, "manifest.json does not name this log");
            }
        }
        for (ExportManifest.ExportedProcess process : manifest.getProcessesList()) {
            ProcessState<?> state = Optional.<ProcessState<?>>ofNullable(
                            states.get(ProcessId.parse(process.getProcess())))
                    .orElseThrow();
            if (state.nextSlot() != process.getEntries()
                    || !state.head().toHex().equals(process.getHead())
                    || !StateCodec.root(state).toHex().equals(process.getStateRoot())) {
                return problem(
                        state.id(),
                        Math.max(0, state.nextSlot() - 1),
                        "the manifest's count, head or state root is not what the log gives");
            }
        }
        return Optional.empty();
    }

    /** Where a blob is named first. */
    private record Place(ProcessId process, long slot) {}

    /** AUDIT-06: what the logs name is there and is what its name says, or is said to be absent; nothing else is there. */
    private Optional<Problem> blobs(SortedMap<ProcessId, Log> logs, ExportManifest manifest) {
        SortedMap<String, Place> named = new TreeMap<>();
        for (Log log : logs.values()) {
            for (SealedEntry entry : log.entries()) {
                var place = new Place(log.process(), entry.draft().slot());
                NamedBlobs.of(entry).forEach(id -> named.putIfAbsent(id.toString(), place));
            }
        }
        List<String> listed = new ArrayList<>(manifest.getBlobsList());
        listed.addAll(manifest.getAbsentBlobsList());
        if (listed.size() != named.size() || !named.keySet().equals(new TreeSet<>(listed))) {
            return manifestProblem("its blobs are not those that the logs name");
        }
        Set<String> there = new TreeSet<>(manifest.getBlobsList());
        for (Map.Entry<String, Place> blob : named.entrySet()) {
            String id = blob.getKey();
            if (there.contains(id) && !folder.hasBlob(BlobId.ofHex(id))) {
                return problem(
                        blob.getValue().process(),
                        blob.getValue().slot(),
                        "it names blob " + id + ", which is missing or is not what its name says");
            }
        }
        for (String file : folder.blobs()) {
            if (!there.contains(file)) {
                return Optional.of(new Problem("blob " + file, -1, "manifest.json does not name this file"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> manifestProblem(String what) {
        return Optional.of(new Problem("manifest.json", -1, what));
    }

    private static Optional<Problem> problem(ProcessId process, long slot, String what) {
        return Optional.of(new Problem(process.toString(), slot, what));
    }
}
