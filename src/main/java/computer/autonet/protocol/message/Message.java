package computer.autonet.protocol.message;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.crypto.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command to one process, carried by a data item: the target is the process' hash, tags name protocol, kind, action,
 * nonce, expiry and network, and the data is the action's protobuf body (MSG-20 to MSG-26).
 *
 * <p>What was read need not be validly signed, unexpired, or of this network: that is asked of {@link #signatureValid},
 * {@link #expiresMillis} and {@link #network} by whoever knows the time and the network.
 */
public final class Message implements ReadMessage {
    public static final String PROTOCOL = "autonet";
    public static final String VARIANT = "1";

    static final String TAG_PROTOCOL = "Data-Protocol";
    static final String TAG_VARIANT = "Variant";
    static final String TAG_KIND = "Kind";
    static final String TAG_ACTION = "Action";
    static final String TAG_NONCE = "Nonce";
    static final String TAG_EXPIRES = "Expires";
    static final String TAG_NETWORK = "Network";

    private static final Pattern ACTION = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final Pattern NETWORK = Pattern.compile("[0-9a-f]{64}");

    private final DataItem item;
    private final Hash id;
    private final Identity sender;
    private final ProcessId target;
    private final Hash network;
    private final String action;
    private final long nonce;
    private final long expiresMillis;

    private Message(DataItem item) throws MalformedException {
        this.item = item;
        this.id = item.id();
        this.sender = item.signer();
        requireTag(item, TAG_PROTOCOL, PROTOCOL);
        requireTag(item, TAG_VARIANT, VARIANT);
        Hash hash = item.target()
                .orElseThrow(() -> new MalformedException(
                        Flaw.TARGET_MISSING,
                        "the item names no target",
                        "put the 32 bytes of the process id into the target field"));
        this.target = new ProcessId(kind(tag(item, TAG_KIND)), hash);
        this.action = matching(
                ACTION,
                TAG_ACTION,
                tag(item, TAG_ACTION),
                Flaw.ACTION_INVALID,
                "name it with a letter and up to 63 letters, digits, dots, dashes or underscores");
        this.nonce = number(item, TAG_NONCE);
        this.expiresMillis = number(item, TAG_EXPIRES);
        this.network = Hash.ofHex(matching(
                NETWORK,
                TAG_NETWORK,
                tag(item, TAG_NETWORK),
                Flaw.NETWORK_INVALID,
                "write the network id as 64 lower-case hexadecimal digits"));
    }

    /** Reads what the item says. Tags beyond those that Autonet knows are allowed and ignored. */
    public static ReadMessage read(DataItem item) {
        try {
            return new Message(item);
        } catch (MalformedException e) {
            return e.malformed();
        }
    }

    /** Decodes an item of at most {@link DataItem#DEFAULT_MAX_SIZE} bytes and reads it. Never throws on bad bytes. */
    public static ReadMessage read(byte[] raw) {
        return read(raw, DataItem.DEFAULT_MAX_SIZE);
    }

    /** Decodes an item of at most {@code maxSize} bytes and reads it. Never throws on bad bytes. */
    public static ReadMessage read(byte[] raw, int maxSize) {
        DecodedItem decoded = DataItem.decode(raw, maxSize);
        return decoded instanceof DataItem item ? read(item) : (Malformed) decoded;
    }

    /**
     * Makes and signs a message; {@link #raw} of it is what is sent.
     *
     * @throws IllegalArgumentException if a value cannot stand in a message, naming the value and the remedy
     */
    public static Message sign(
            SigningKey key,
            Hash network,
            ProcessId target,
            String action,
            long nonce,
            long expiresMillis,
            Bytes body,
            Optional<Bytes> anchor) {
        List<Tag> tags = List.of(
                new Tag(TAG_PROTOCOL, PROTOCOL),
                new Tag(TAG_VARIANT, VARIANT),
                new Tag(TAG_KIND, target.kind().label()),
                new Tag(TAG_ACTION, action),
                new Tag(TAG_NONCE, Long.toString(nonce)),
                new Tag(TAG_EXPIRES, Long.toString(expiresMillis)),
                new Tag(TAG_NETWORK, network.toHex()));
        try {
            return new Message(DataItem.sign(key, Optional.of(target.hash()), anchor, tags, body));
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.malformed().toString(), e);
        }
    }

    private static void requireTag(DataItem item, String name, String value) throws MalformedException {
        String found = tag(item, name);
        if (!found.equals(value)) {
            throw new MalformedException(
                    Flaw.PROTOCOL_UNKNOWN,
                    "the tag " + name + " is " + quoted(found),
                    "send " + TAG_PROTOCOL + "=" + PROTOCOL + " and " + TAG_VARIANT + "=" + VARIANT);
        }
    }

    private static String tag(DataItem item, String name) throws MalformedException {
        List<String> values = new ArrayList<>(1);
        for (Tag tag : item.tags()) {
            if (tag.name().equals(name)) {
                values.add(tag.value());
            }
        }
        if (values.isEmpty()) {
            throw new MalformedException(
                    Flaw.TAG_MISSING, "there is no tag " + name, "add the tag " + name + " (docs/spec/message.md)");
        }
        if (values.size() > 1) {
            throw new MalformedException(
                    Flaw.TAG_DUPLICATE, "the tag " + name + " is there " + values.size() + " times", "send it once");
        }
        return values.get(0);
    }

    private static Kind kind(String label) throws MalformedException {
        for (Kind kind : Kind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new MalformedException(
                Flaw.KIND_UNKNOWN,
                "no kind of process is called " + quoted(label),
                "use one of " + List.of(Kind.values()).stream().map(Kind::label).toList());
    }

    private static long number(DataItem item, String name) throws MalformedException {
        String remedy = "write it in decimal, without sign or leading zeros, at most " + Long.MAX_VALUE;
        String digits = matching(NUMBER, name, tag(item, name), Flaw.NUMBER_INVALID, remedy);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException beyondLong) {
            throw new MalformedException(Flaw.NUMBER_INVALID, "the tag " + name + " is " + digits, remedy);
        }
    }

    private static String matching(Pattern form, String name, String value, Flaw flaw, String remedy)
            throws MalformedException {
        if (!form.matcher(value).matches()) {
            throw new MalformedException(flaw, "the tag " + name + " is " + quoted(value), remedy);
        }
        return value;
    }

    /** A foreign value, cut so that a refusal stays short. */
    private static String quoted(String value) {
        return "'" + (value.length() <= 80 ? value : value.substring(0, 80) + "…") + "'";
    }

    /** Whether the sender signed exactly this. Costs a tenth of a millisecond to half of one. */
    public boolean signatureValid() {
        return item.signatureValid();
    }

    /** SHA-256 of the signature. */
    public Hash id() {
        return id;
    }

    /** Who signed, if {@link #signatureValid}. */
    public Identity sender() {
        return sender;
    }

    public ProcessId target() {
        return target;
    }

    public Hash network() {
        return network;
    }

    public String action() {
        return action;
    }

    public long nonce() {
        return nonce;
    }

    /** Unix time. */
    public long expiresMillis() {
        return expiresMillis;
    }

    public Optional<Bytes> anchor() {
        return item.anchor();
    }

    /** The action's protobuf message. */
    public Bytes body() {
        return item.data();
    }

    public Bytes raw() {
        return item.raw();
    }

    public DataItem item() {
        return item;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && item.equals(message.item);
    }

    @Override
    public int hashCode() {
        return item.hashCode();
    }

    @Override
    public String toString() {
        return "Message[" + action + " to " + target.brief() + " by " + sender.brief() + ", nonce " + nonce + "]";
    }
}
