package computer.autonet.codec;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Draft;

/**
 * One entry of a log with its place in the hash chain.
 *
 * @param stored an {@code autonet.v1.Entry}, as the journal holds it
 */
public record SealedEntry(ProcessId process, Draft draft, Hash previous, Hash hash, Bytes stored) {}
