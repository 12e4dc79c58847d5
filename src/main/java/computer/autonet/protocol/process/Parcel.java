package computer.autonet.protocol.process;

import computer.autonet.base.ProcessId;

/**
 * One message in an entry's outbox.
 *
 * @param sequence 1, 2, 3, ... per sender and receiver
 */
public record Parcel(ProcessId receiver, long sequence, Payload payload) {}
