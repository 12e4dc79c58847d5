package computer.autonet.protocol.process;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;

/** Proof for a sender that its message is entry {@code slot} of the process. */
public record Receipt(ProcessId process, long slot, long timestampMillis, Hash entryHash) {}
