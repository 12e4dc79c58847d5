package computer.autonet.audit;

import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import java.util.List;
import java.util.Optional;

/** Where an export comes from: a node, by its public queries. Calls block until they are answered. */
public interface LogSource {
    String genesisJson();

    List<ProcessId> processes();

    /** Entries as they are stored, from a slot on, as many as stand now. */
    List<Bytes> entries(ProcessId process, long fromSlot);

    /** A blob's bytes, if the network still has it. */
    Optional<byte[]> blob(BlobId id);
}
