package computer.autonet.protocol.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tags of an item as an Avro array of (name, value) strings, in the one form that Autonet accepts (MSG-04, MSG-05):
 * one block with a positive count, shortest variable-length numbers, an end mark; no bytes at all for no tags.
 */
final class AvroTags {
    static final int MAX_TAGS = 128;
    static final int MAX_NAME = 1024;
    static final int MAX_VALUE = 3072;
    static final int MAX_BYTES = 4096;

    /** Zig-zag numbers here stay below 2^28, so that four bytes of seven bits hold each. */
    private static final int MAX_VARINT_BYTES = 4;

    private AvroTags() {}

    static byte[] encode(List<Tag> tags) {
        if (tags.isEmpty()) {
            return new byte[0];
        }
        var out = new ByteArrayOutputStream();
        putNumber(out, tags.size());
        for (Tag tag : tags) {
            putString(out, tag.name());
            putString(out, tag.value());
        }
        out.write(0);
        return out.toByteArray();
    }

    static List<Tag> decode(byte[] encoded) throws MalformedException {
        if (encoded.length > MAX_BYTES) {
            throw new MalformedException(
                    Flaw.TAGS_TOO_LARGE,
                    "the tags take " + encoded.length + " bytes",
                    "keep them within " + MAX_BYTES + " and move the rest into the data");
        }
        if (encoded.length == 0) {
            return List.of();
        }
        ByteBuffer in = ByteBuffer.wrap(encoded);
        int count = number(in);
        if (count == 0) {
            throw notCanonical("an array of no tags is written as a block");
        }
        if (count > MAX_TAGS) {
            throw tooMany(count);
        }
        List<Tag> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = string(in, MAX_NAME, Flaw.TAG_NAME_SIZE, "name");
            tags.add(new Tag(name, string(in, MAX_VALUE, Flaw.TAG_VALUE_SIZE, "value")));
        }
        if (number(in) != 0 || in.hasRemaining()) {
            throw notCanonical("something follows the first block of tags");
        }
        return List.copyOf(tags);
    }

    static MalformedException tooMany(long count) {
        return new MalformedException(
                Flaw.TAGS_TOO_MANY, "the item has " + count + " tags", "send at most " + MAX_TAGS);
    }

    private static void putNumber(ByteArrayOutputStream out, int value) {
        int rest = value << 1;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static void putString(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putNumber(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** A non-negative number in its shortest form. */
    private static int number(ByteBuffer in) throws MalformedException {
        int zigZag = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            if (!in.hasRemaining()) {
                throw notCanonical("a number is cut off");
            }
            int next = in.get() & 0xff;
            zigZag |= (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                if (next == 0 && i > 0) {
                    throw notCanonical("a number has more bytes than it needs");
                }
                if ((zigZag & 1) == 1) {
                    throw notCanonical("a count or a length is negative");
                }
                return zigZag >>> 1;
            }
        }
        throw notCanonical("a number is beyond every limit");
    }

    private static String string(ByteBuffer in, int max, Flaw sizeFlaw, String what) throws MalformedException {
        int size = number(in);
        if (size == 0 || size > max) {
            throw new MalformedException(
                    sizeFlaw, "a tag's " + what + " has " + size + " bytes", "use between 1 and " + max);
        }
        if (size > in.remaining()) {
            throw notCanonical("a tag's " + what + " is cut off");
        }
        ByteBuffer bytes = in.slice(in.position(), size);
        in.position(in.position() + size);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(
                    Flaw.TAG_NOT_UTF8,
                    "a tag's " + what + " is not UTF-8",
                    "encode tags as UTF-8; move bytes into the data");
        }
    }

    private static MalformedException notCanonical(String found) {
        return new MalformedException(
                Flaw.TAGS_NOT_CANONICAL,
                found,
                "write the tags as one Avro block with a positive count, shortest numbers and a closing zero; write no"
                        + " bytes for no tags");
    }
}
