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
 * holds the source entry of everything received, so that the cut is one that could have been (AUDIT-02).
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
            readOn(process);
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

    private void readUntilClosed() {
        boolean grown = true;
        while (grown) {
            grown = false;
            Map<ProcessId, Long> needed = new TreeMap<>();
            for (List<SealedEntry> log : logs.values()) {
                for (SealedEntry entry : log) {
                    if (entry.draft().input() instanceof Input.FromProcess from) {
                        needed.merge(from.source(), from.slot(), Math::max);
                    }
                }
            }
            for (Map.Entry<ProcessId, Long> need : needed.entrySet()) {
                List<SealedEntry> have = logs.getOrDefault(need.getKey(), List.of());
                if (have.size() <= need.getValue()) {
                    readOn(need.getKey());
                    if (logs.getOrDefault(need.getKey(), List.of()).size() <= need.getValue()) {
                        throw new ExportException("the node does not give entry " + need.getValue() + " of "
                                + need.getKey() + ", which others have received; ask another node");
                    }
                    grown = true;
                }
            }
        }
    }

    private void readOn(ProcessId process) {
        List<SealedEntry> log = logs.computeIfAbsent(process, p -> new ArrayList<>());
        for (Bytes stored : source.entries(process, log.size())) {
            SealedEntry entry = EntryCodec.read(process, stored);
            log.add(entry);
            NamedBlobs.of(entry).forEach(blobs::add);
        }
        if (log.isEmpty()) {
            logs.remove(process);
        }
    }
}
