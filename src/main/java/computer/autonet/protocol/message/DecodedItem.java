package computer.autonet.protocol.message;

/** The outcome of decoding bytes: an item, or why they are none. */
public sealed interface DecodedItem permits DataItem, Malformed {}
