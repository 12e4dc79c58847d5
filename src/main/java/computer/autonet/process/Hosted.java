package computer.autonet.process;

import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.ProcessState;

/**
 * All that a host remembers of a process; it follows from the journal alone.
 *
 * @param outbox what is sent and not yet known to be delivered
 */
record Hosted<S>(ProcessState<S> state, Outbox outbox) {}
