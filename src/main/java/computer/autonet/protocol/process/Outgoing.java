package computer.autonet.protocol.process;

import computer.autonet.base.ProcessId;

/** A message for another process, before its place in the outbox is known. */
public record Outgoing(ProcessId receiver, Payload payload) {}
