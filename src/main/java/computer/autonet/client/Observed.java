package computer.autonet.client;

/**
 * A process's state as a node told it.
 *
 * @param nextSlot how many entries its log had then: what to watch from
 */
public record Observed<S>(S state, long nextSlot) {}
