package computer.autonet.app.bench;

/** How often a piece of work is done in a second, when it is repeated on one thread. */
final class Pace {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Pace() {}

    /** Warms up for half of the time, then measures for the whole of it. */
    static double perSecond(Runnable work, int seconds) {
        repeat(work, seconds * NANOS_PER_SECOND / 2);
        return repeat(work, seconds * NANOS_PER_SECOND);
    }

    private static double repeat(Runnable work, long nanos) {
        long from = System.nanoTime();
        long done = 0;
        long passed;
        do {
            work.run();
            done++;
            passed = System.nanoTime() - from;
        } while (passed < nanos);
        return (double) done * NANOS_PER_SECOND / passed;
    }
}
