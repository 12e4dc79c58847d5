package computer.autonet.protocol.process;

/** Something that has happened to a process. Each kind has one sealed interface of them. */
public interface Event {}
