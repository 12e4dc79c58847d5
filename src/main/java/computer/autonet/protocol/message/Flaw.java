package computer.autonet.protocol.message;

/** Why bytes are no acceptable message. The names are part of the API: clients see them as reasons. */
public enum Flaw {
    /** More bytes than the reader accepts (MSG-06). */
    ITEM_TOO_LARGE,
    /** The bytes end before the fields that they announce (MSG-07). */
    ITEM_TRUNCATED,
    /** A presence flag is neither 0 nor 1 (MSG-07). */
    FLAG_INVALID,
    /** The signature type is not 1, 2 or 3 (MSG-07). */
    SIGNATURE_TYPE_UNKNOWN,
    /** More than 128 tags (MSG-05). */
    TAGS_TOO_MANY,
    /** The tags take more than 4096 bytes (MSG-05). */
    TAGS_TOO_LARGE,
    /** A tag's name is empty or longer than 1024 bytes (MSG-05). */
    TAG_NAME_SIZE,
    /** A tag's value is empty or longer than 3072 bytes (MSG-05). */
    TAG_VALUE_SIZE,
    /** A tag's name or value is not UTF-8 (MSG-04). */
    TAG_NOT_UTF8,
    /** The tags are no Avro array of two strings, or not in its one accepted form (MSG-04). */
    TAGS_NOT_CANONICAL,
    /** The announced number of tags differs from the number found (MSG-05). */
    TAG_COUNT_WRONG,
    /** The item names no target (MSG-21). */
    TARGET_MISSING,
    /** A tag that Autonet needs is not there (MSG-26). */
    TAG_MISSING,
    /** A tag that Autonet reads is there twice (MSG-26). */
    TAG_DUPLICATE,
    /** The item belongs to another protocol or to a variant that is not spoken here (MSG-20). */
    PROTOCOL_UNKNOWN,
    /** No kind of process has that label (MSG-21). */
    KIND_UNKNOWN,
    /** The action is no name (MSG-22). */
    ACTION_INVALID,
    /** A number is not in plain decimal, or beyond 63 bits (MSG-23, MSG-24). */
    NUMBER_INVALID,
    /** The network is not 64 lower-case hexadecimal digits (MSG-25). */
    NETWORK_INVALID
}
