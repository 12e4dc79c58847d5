package computer.autonet.codec;

/** Something is of a version of the rules or the constitution that this program does not have (PROC-15). */
public final class UnknownVersionException extends CodecException {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String remedy;

    /** @param latest of 1, 2, ..., all of which this program has */
    UnknownVersionException(String what, int version, int latest) {
        this(
                "it names version " + version + " of the " + what + ", and this program has "
                        + (latest == 1 ? "version 1 alone" : "versions 1 to " + latest),
                "take a release of Autonet that has version " + version);
    }

    private UnknownVersionException(String found, String remedy) {
        super(found + "; " + remedy);
        this.found = found;
        this.remedy = remedy;
    }

    public String found() {
        return found;
    }

    public String remedy() {
        return remedy;
    }
}
