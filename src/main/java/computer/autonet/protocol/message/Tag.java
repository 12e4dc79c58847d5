package computer.autonet.protocol.message;

/** A named value beside the data of an item. Names are case sensitive. */
public record Tag(String name, String value) {}
