package computer.autonet.base;

/** Names one process for ever: its kind and 32 bytes that nobody can choose. Written {@code kind:hex}. */
public record ProcessId(Kind kind, Hash hash) implements Comparable<ProcessId> {
    private static final String OWNED = "autonet/process/owned/1";
    private static final String CREATED = "autonet/process/created/1";

    /** The process of this kind that an owner has without anybody creating it: account, solver, coordinator, aggregator, constitution. */
    public static ProcessId owned(Kind kind, Hash network, Hash owner) {
        return new ProcessId(
                kind,
                Commitment.tagged(OWNED)
                        .with(kind.number())
                        .with(network)
                        .with(owner)
                        .hash());
    }

    /** The process that a parent's outbox creates: entry {@code slot}, outbox position {@code index}. */
    public static ProcessId created(Kind kind, ProcessId parent, long slot, int index) {
        return new ProcessId(
                kind,
                Commitment.tagged(CREATED)
                        .with(kind.number())
                        .with(parent.hash)
                        .with(slot)
                        .with(index)
                        .hash());
    }

    /**
     * Parses {@code kind:hex}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ProcessId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() != colon + 1 + 2 * Hash.SIZE) {
            throw new IllegalArgumentException("'" + text + "' is no process id: write kind:64 hexadecimal digits");
        }
        return new ProcessId(Kind.ofLabel(text.substring(0, colon)), Hash.ofHex(text.substring(colon + 1)));
    }

    @Override
    public int compareTo(ProcessId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : hash.compareTo(other.hash);
    }

    /** The kind and eight digits, for people. */
    public String brief() {
        return kind.label() + ":" + hash.brief();
    }

    @Override
    public String toString() {
        return kind.label() + ":" + hash.toHex();
    }
}
