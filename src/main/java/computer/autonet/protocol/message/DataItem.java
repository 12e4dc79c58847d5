package computer.autonet.protocol.message;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.crypto.SignatureScheme;
import computer.autonet.protocol.crypto.SigningKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A signed envelope of ANS-104 (Arweave's standard for bundled data, version 1.0 of an item): owner, target, anchor, tags
 * and data under one signature (MSG-01). One item has one byte form (MSG-07).
 *
 * <p>The signature covers the deep hash of "dataitem", "1", the signature type, owner, target, anchor, the tags' Avro bytes
 * and the data. The text of the standard omits the type and lists the tags singly; live items and libraries do it as
 * here (MSG-02).
 *
 * <p>An item that was decoded need not be validly signed: ask {@link #signatureValid}.
 */
public final class DataItem implements DecodedItem {
    /** The most bytes that an item may have unless a reader says otherwise (MSG-06). */
    public static final int DEFAULT_MAX_SIZE = 256 * 1024;

    public static final int ANCHOR_SIZE = 32;

    private final SignatureScheme scheme;
    private final Bytes signature;
    private final Bytes owner;
    private final Optional<Hash> target;
    private final Optional<Bytes> anchor;
    private final List<Tag> tags;
    private final Bytes data;
    private final Bytes raw;

    private DataItem(
            SignatureScheme scheme,
            byte[] signature,
            byte[] owner,
            Optional<Hash> target,
            Optional<Bytes> anchor,
            List<Tag> tags,
            byte[] data,
            byte[] raw) {
        this.scheme = scheme;
        this.signature = Bytes.of(signature);
        this.owner = Bytes.of(owner);
        this.target = target;
        this.anchor = anchor;
        this.tags = List.copyOf(tags);
        this.data = Bytes.of(data);
        this.raw = Bytes.of(raw);
    }

    /** Reads an item of at most {@link #DEFAULT_MAX_SIZE} bytes; see {@link #decode(byte[], int)}. */
    public static DecodedItem decode(byte[] raw) {
        return decode(raw, DEFAULT_MAX_SIZE);
    }

    /** Reads an item of at most {@code maxSize} bytes. Never throws on bad bytes; checks no signature (MSG-08). */
    public static DecodedItem decode(byte[] raw, int maxSize) {
        try {
            return read(raw, maxSize);
        } catch (MalformedException e) {
            return e.malformed();
        }
    }

    /**
     * Makes and signs an item.
     *
     * @throws IllegalArgumentException if the anchor has not 32 bytes or a tag or their number exceeds a limit
     */
    public static DataItem sign(
            SigningKey key, Optional<Hash> target, Optional<Bytes> anchor, List<Tag> tags, Bytes data) {
        byte[] encodedTags = AvroTags.encode(tags);
        try {
            if (tags.size() > AvroTags.MAX_TAGS) {
                throw AvroTags.tooMany(tags.size());
            }
            if (!AvroTags.decode(encodedTags).equals(tags)) {
                throw new IllegalArgumentException(
                        "a tag has half a surrogate pair, which UTF-8 cannot hold; remove it");
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.malformed().toString(), e);
        }
        anchor.filter(a -> a.size() != ANCHOR_SIZE).ifPresent(a -> {
            throw new IllegalArgumentException("an anchor has 32 bytes, not " + a.size());
        });
        byte[] owner = key.owner().toArray();
        byte[] targetBytes = target.map(Hash::toArray).orElse(new byte[0]);
        byte[] anchorBytes = anchor.map(Bytes::toArray).orElse(new byte[0]);
        byte[] content = data.toArray();
        byte[] signature = key.sign(digest(key.scheme(), owner, targetBytes, anchorBytes, encodedTags, content));
        byte[] raw =
                encode(key.scheme(), signature, owner, targetBytes, anchorBytes, tags.size(), encodedTags, content);
        return new DataItem(key.scheme(), signature, owner, target, anchor, tags, content, raw);
    }

    private static DataItem read(byte[] raw, int maxSize) throws MalformedException {
        if (raw.length > maxSize) {
            throw new MalformedException(
                    Flaw.ITEM_TOO_LARGE,
                    "the item has " + raw.length + " bytes",
                    "send at most " + maxSize + " and put what is larger into a blob");
        }
        ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        need(in, Short.BYTES, "signature type");
        int type = Short.toUnsignedInt(in.getShort());
        SignatureScheme scheme = SignatureScheme.ofType(type)
                .orElseThrow(() -> new MalformedException(
                        Flaw.SIGNATURE_TYPE_UNKNOWN,
                        "the signature type is " + type,
                        "sign with 1 (RSA-PSS), 2 (Ed25519) or 3 (secp256k1 as Ethereum wallets do)"));
        byte[] signature = take(in, scheme.signatureSize(), "signature");
        byte[] owner = take(in, scheme.ownerSize(), "owner");
        byte[] target = optional(in, "target");
        byte[] anchor = optional(in, "anchor");
        need(in, 2 * Long.BYTES, "tag counts");
        long tagCount = in.getLong();
        long tagBytes = in.getLong();
        if (tagCount < 0 || tagCount > AvroTags.MAX_TAGS) {
            throw AvroTags.tooMany(tagCount);
        }
        if (tagBytes < 0 || tagBytes > AvroTags.MAX_BYTES) {
            throw new MalformedException(
                    Flaw.TAGS_TOO_LARGE,
                    "the item announces " + Long.toUnsignedString(tagBytes) + " bytes of tags",
                    "keep them within " + AvroTags.MAX_BYTES + " and move the rest into the data");
        }
        byte[] encodedTags = take(in, (int) tagBytes, "tags");
        List<Tag> tags = AvroTags.decode(encodedTags);
        if (tags.size() != tagCount) {
            throw new MalformedException(
                    Flaw.TAG_COUNT_WRONG,
                    "the item announces " + tagCount + " tags and has " + tags.size(),
                    "write the number of tags that follow");
        }
        byte[] data = take(in, in.remaining(), "data");
        return new DataItem(
                scheme,
                signature,
                owner,
                target.length == 0 ? Optional.empty() : Optional.of(Hash.of(target)),
                anchor.length == 0 ? Optional.empty() : Optional.of(Bytes.of(anchor)),
                tags,
                data,
                raw);
    }

    private static byte[] optional(ByteBuffer in, String field) throws MalformedException {
        need(in, 1, field + " flag");
        int flag = in.get();
        if (flag != 0 && flag != 1) {
            throw new MalformedException(
                    Flaw.FLAG_INVALID,
                    "the " + field + " flag is " + Byte.toUnsignedInt((byte) flag),
                    "write 1 before a " + field + " of 32 bytes and 0 for none");
        }
        return take(in, flag * Hash.SIZE, field);
    }

    private static byte[] take(ByteBuffer in, int size, String field) throws MalformedException {
        need(in, size, field);
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }

    private static void need(ByteBuffer in, int size, String field) throws MalformedException {
        if (in.remaining() < size) {
            throw new MalformedException(
                    Flaw.ITEM_TRUNCATED,
                    "the " + field + " needs " + size + " bytes and " + in.remaining() + " are left",
                    "send the whole item");
        }
    }

    private static byte[] encode(
            SignatureScheme scheme,
            byte[] signature,
            byte[] owner,
            byte[] target,
            byte[] anchor,
            int tagCount,
            byte[] tags,
            byte[] data) {
        int size = Short.BYTES
                + signature.length
                + owner.length
                + 1
                + target.length
                + 1
                + anchor.length
                + 2 * Long.BYTES
                + tags.length
                + data.length;
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) scheme.type())
                .put(signature)
                .put(owner)
                .put((byte) (target.length == 0 ? 0 : 1))
                .put(target)
                .put((byte) (anchor.length == 0 ? 0 : 1))
                .put(anchor)
                .putLong(tagCount)
                .putLong(tags.length)
                .put(tags)
                .put(data)
                .array();
    }

    private static byte[] digest(
            SignatureScheme scheme, byte[] owner, byte[] target, byte[] anchor, byte[] tags, byte[] data) {
        return DeepHash.list(List.of(
                DeepHash.ascii("dataitem"),
                DeepHash.ascii("1"),
                DeepHash.ascii(Integer.toString(scheme.type())),
                owner,
                target,
                anchor,
                tags,
                data));
    }

    /** The 48 bytes that the owner signs. */
    public Bytes signingDigest() {
        return Bytes.of(digest(
                scheme,
                owner.toArray(),
                target.map(Hash::toArray).orElse(new byte[0]),
                anchor.map(Bytes::toArray).orElse(new byte[0]),
                AvroTags.encode(tags),
                data.toArray()));
    }

    /** Whether the owner signed exactly this. Costs a tenth of a millisecond to half of one. */
    public boolean signatureValid() {
        return scheme.verify(owner.toArray(), signingDigest().toArray(), signature.toArray());
    }

    /** SHA-256 of the signature (MSG-03). */
    public Hash id() {
        return Hash.digest(signature.toArray());
    }

    /** Who signed, if {@link #signatureValid}. */
    public Identity signer() {
        return Identity.ofOwner(owner.toArray());
    }

    public SignatureScheme scheme() {
        return scheme;
    }

    public Bytes signature() {
        return signature;
    }

    public Bytes owner() {
        return owner;
    }

    public Optional<Hash> target() {
        return target;
    }

    public Optional<Bytes> anchor() {
        return anchor;
    }

    public List<Tag> tags() {
        return tags;
    }

    public Bytes data() {
        return data;
    }

    /** The item as bytes, as they came or as they were made. */
    public Bytes raw() {
        return raw;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataItem item && raw.equals(item.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return "DataItem[" + id() + " by " + signer().brief() + "]";
    }
}
