package computer.autonet.audit;

import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Input;
import computer.autonet.v1.ExportManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Writes an export: every log, and the blobs that they name. Logs go on growing meanwhile; the exporter reads on until it
 * holds the source entry of everything received, and no further, so that the cut is one that could have been (AUDIT-02).
 */
public final class Exporter {
    private final LogSource source;
    private final Consumer<String> progress;
    private final Map<ProcessId, List<SealedEntry>> logs = new TreeMap<>();
    private final Set<BlobId> blobs = new TreeSet<>();

    public Exporter(LogSource source, Consumer<String> progress) {
        this.source = source;
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param absent blobs that the logs name and the network no longer has
     */
    public record Exported(int processes, long messages, long entries, int blobs, int absent, Path path) {}

    public Exported write(Path folder) {
        var out = new ExportFolder(folder).create();
        String genesisJson = source.genesisJson();
        Genesis genesis = GenesisCodec.fromJson(genesisJson);
        out.writeGenesis(genesisJson);
        for (ProcessId process : source.processes()) {
            keep(process, source.entries(process, 0));
        }
        progress.accept("read " + logs.size() + " processes");
        readUntilClosed();
        long messages = 0;
        long entries = 0;
        var manifest = ExportManifest.newBuilder()
                .setFormat(ExportFolder.FORMAT)
                .setNetworkId(genesis.networkId().toHex());
        for (Map.Entry<ProcessId, List<SealedEntry>> log : logs.entrySet()) {
            List<SealedEntry> sealed = log.getValue();
            out.append(log.getKey(), sealed.stream().map(SealedEntry::stored).toList());
            entries += sealed.size();
            messages += sealed.stream()
                    .filter(e -> e.draft().input() instanceof Input.Signed)
                    .count();
            manifest.addProcesses(ExportManifest.ExportedProcess.newBuilder()
                    .setProcess(log.getKey().toString())
                    .setEntries(sealed.size())
                    .setHead(sealed.get(sealed.size() - 1).hash().toHex())
                    .setStateRoot(Replay.rootOf(genesis, log.getKey(), sealed).toHex()));
        }
        for (BlobId id : blobs) {
            Optional<byte[]> content = source.blob(id);
            if (content.isPresent()) {
                out.writeBlob(id, content.get());
                manifest.addBlobs(id.toString());
            } else {
                manifest.addAbsentBlobs(id.toString());
            }
        }
        out.writeManifest(manifest.build());
        return new Exported(
                logs.size(), messages, entries, manifest.getBlobsCount(), manifest.getAbsentBlobsCount(), folder);
    }

    /** Reads what was received before what was read, and nothing after it: that ends however fast the logs grow. */
    private void readUntilClosed() {
        Map<ProcessId, Long> needed = new TreeMap<>();
        for (List<SealedEntry> log : logs.values()) {
            need(log, needed);
        }
        while (!needed.isEmpty()) {
            Map<ProcessId, Long> next = new TreeMap<>();
            needed.forEach((process, slot) -> need(readOn(process, slot), next));
            needed = next;
        }
    }

    /** Notes the source entries of what these entries received and that are not here yet. */
    private void need(List<SealedEntry> entries, Map<ProcessId, Long> needed) {
        for (SealedEntry entry : entries) {
            if (entry.draft().input() instanceof Input.FromProcess from
                    && logs.getOrDefault(from.source(), List.of()).size() <= from.slot()) {
                needed.merge(from.source(), from.slot(), Math::max);
            }
        }
    }

    /** Reads a log on up to a slot; the entries that are new here. */
    private List<SealedEntry> readOn(ProcessId process, long lastSlot) {
        int have = logs.getOrDefault(process, List.of()).size();
        if (have > lastSlot) {
            return List.of();
        }
        List<Bytes> given = source.entries(process, have);
        long beyond = lastSlot - have;
        if (given.size() <= beyond) {
            throw new ExportException("the node does not give entry " + lastSlot + " of " + process
                    + ", which others have received; ask another node");
        }
        return keep(process, given.subList(0, (int) beyond + 1));
    }

    private List<SealedEntry> keep(ProcessId process, List<Bytes> stored) {
        List<SealedEntry> entries =
                stored.stream().map(bytes -> EntryCodec.read(process, bytes)).toList();
        if (!entries.isEmpty()) {
            logs.computeIfAbsent(process, p -> new ArrayList<>()).addAll(entries);
        }
        entries.stream().flatMap(NamedBlobs::of).forEach(blobs::add);
        return entries;
    }
}
