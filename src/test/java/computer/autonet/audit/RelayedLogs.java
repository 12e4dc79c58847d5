package computer.autonet.audit;

import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import java.util.List;
import java.util.Optional;

/** A node that answers as another source does, but for what a test changes. */
class RelayedLogs implements LogSource {
    private final LogSource source;

    RelayedLogs(LogSource source) {
        this.source = source;
    }

    @Override
    public String genesisJson() {
        return source.genesisJson();
    }

    @Override
    public List<ProcessId> processes() {
        return source.processes();
    }

    @Override
    public List<Bytes> entries(ProcessId process, long fromSlot) {
        return source.entries(process, fromSlot);
    }

    @Override
    public Optional<byte[]> blob(BlobId id) {
        return source.blob(id);
    }
}
