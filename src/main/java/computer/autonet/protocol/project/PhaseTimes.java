package computer.autonet.protocol.project;

/** How long each phase of a round stays open if not all have moved, in milliseconds; not scaled. */
public record PhaseTimes(
        long proposeMillis,
        long commitMillis,
        long revealMillis,
        long sealMillis,
        long openMillis,
        long aggregateMillis) {
    /** A phase shorter than this cannot be kept by a live participant on a loaded machine. */
    public static final long MIN_MILLIS = 500;

    /** A week: longer phases are the mark of a mistaken unit. */
    public static final long MAX_MILLIS = 7L * 24 * 3600 * 1000;

    boolean fit() {
        for (long millis :
                new long[] {proposeMillis, commitMillis, revealMillis, sealMillis, openMillis, aggregateMillis}) {
            if (millis < MIN_MILLIS || millis > MAX_MILLIS) {
                return false;
            }
        }
        return true;
    }
}
