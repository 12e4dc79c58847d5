package computer.autonet.protocol.process;

/** Something a process is asked to do. Each kind has one sealed interface of them. */
public interface Command {}
