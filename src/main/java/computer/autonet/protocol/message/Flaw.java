package computer.autonet.protocol.message;

/** Why bytes are no acceptable message. The names are part of the API: clients see them as reasons. */
public enum Flaw {
    /** More bytes than the reader accepts. */
    ITEM_TOO_LARGE,
    /** The bytes end before the fields that they announce. */
    ITEM_TRUNCATED,
    /** A presence flag is neither 0 nor 1. */
    FLAG_INVALID,
    /** The signature type is not 1, 2 or 3. */
    SIGNATURE_TYPE_UNKNOWN,
    /** More than 128 tags. */
    TAGS_TOO_MANY,
    /** The tags take more than 4096 bytes. */
    TAGS_TOO_LARGE,
    /** A tag's name is empty or longer than 1024 bytes. */
    TAG_NAME_SIZE,
    /** A tag's value is empty or longer than 3072 bytes. */
    TAG_VALUE_SIZE,
    /** A tag's name or value is not UTF-8. */
    TAG_NOT_UTF8,
    /** The tags are no Avro array of two strings, or not in its one accepted form. */
    TAGS_NOT_CANONICAL,
    /** The announced number of tags differs from the number found. */
    TAG_COUNT_WRONG,
    /** The item names no target. */
    TARGET_MISSING,
    /** A tag that Autonet needs is not there. */
    TAG_MISSING,
    /** A tag that Autonet reads is there twice. */
    TAG_DUPLICATE,
    /** The item belongs to another protocol or to a variant that is not spoken here. */
    PROTOCOL_UNKNOWN,
    /** No kind of process has that label. */
    KIND_UNKNOWN,
    /** The action is no name. */
    ACTION_INVALID,
    /** A number is not in plain decimal, or beyond 63 bits. */
    NUMBER_INVALID,
    /** The network is not 64 lower-case hexadecimal digits. */
    NETWORK_INVALID
}
