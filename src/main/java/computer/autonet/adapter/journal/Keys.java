package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The order of the event log's keys: {@code 'e' ‖ id ‖ 0 ‖ number} for an event, {@code 'h' ‖ id} for the highest
 * number that the id had when events of it were deleted, {@code 'c' ‖ name} for a counter. Ids are UTF-8 without a zero byte, so that no id's events lie among another's; numbers are eight bytes, big-endian.
 */
final class Keys {
    private static final byte EVENT = 'e';
    private static final byte HIGHEST = 'h';
    private static final byte COUNTER = 'c';
    private static final byte END = 0;

    private Keys() {}

    static byte[] event(String persistenceId, long sequenceNr) {
        byte[] id = id(persistenceId);
        return ByteBuffer.allocate(id.length + 10)
                .put(EVENT)
                .put(id)
                .put(END)
                .putLong(sequenceNr)
                .array();
    }

    static byte[] highest(String persistenceId) {
        byte[] id = id(persistenceId);
        return ByteBuffer.allocate(id.length + 1).put(HIGHEST).put(id).array();
    }

    static byte[] counter(String name) {
        byte[] id = id(name);
        return ByteBuffer.allocate(id.length + 1).put(COUNTER).put(id).array();
    }

    static byte[] firstEvent() {
        return new byte[] {EVENT};
    }

    static byte[] afterAllEventsOf(String persistenceId) {
        byte[] id = id(persistenceId);
        return ByteBuffer.allocate(id.length + 2)
                .put(EVENT)
                .put(id)
                .put((byte) (END + 1))
                .array();
    }

    static boolean isEvent(byte[] key) {
        return key[0] == EVENT;
    }

    static boolean belongsTo(byte[] key, String persistenceId) {
        byte[] id = id(persistenceId);
        return isEvent(key) && key.length == id.length + 10 && Arrays.equals(key, 1, 1 + id.length, id, 0, id.length);
    }

    static String persistenceId(byte[] eventKey) {
        return new String(eventKey, 1, eventKey.length - 10, UTF_8);
    }

    static long sequenceNr(byte[] eventKey) {
        return ByteBuffer.wrap(eventKey).getLong(eventKey.length - Long.BYTES);
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private static byte[] id(String persistenceId) {
        if (persistenceId.isEmpty() || persistenceId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a persistence id must be a text without a zero character, and not empty");
        }
        return persistenceId.getBytes(UTF_8);
    }
}
