package computer.autonet.protocol.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;

/** What one entry of a log was made from. */
public sealed interface Input {
    /**
     * A verified signed message.
     *
     * @param id SHA-256 of its signature (ANS-104)
     * @param raw the data item as it was signed
     */
    record Signed(Hash id, Identity sender, long nonce, long expiresMillis, Command command, Bytes raw)
            implements Input {}

    /** The deadline {@code dueMillis} has passed. */
    record Tick(long dueMillis) implements Input {}

    /**
     * A message from another process.
     *
     * @param slot entry of the source's log that sent it, and {@code index} within that entry's outbox
     * @param entryHash hash of that entry
     * @param sequence 1, 2, 3, ... per source and receiver
     */
    record FromProcess(ProcessId source, long slot, int index, Hash entryHash, long sequence, Payload payload)
            implements Input {}
}
