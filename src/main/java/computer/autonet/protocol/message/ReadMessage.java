package computer.autonet.protocol.message;

/** The outcome of reading an item: a message, or why it is none. */
public sealed interface ReadMessage permits Message, Malformed {}
