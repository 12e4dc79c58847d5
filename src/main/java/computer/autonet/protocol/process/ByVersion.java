package computer.autonet.protocol.process;

import computer.autonet.base.Tables;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What decides under each version (PROC-14): the first, and what took its place since. Nothing is ever taken out, so that a
 * log is judged by what recorded it.
 */
public final class ByVersion<T> {
    private final NavigableMap<Integer, T> since = new TreeMap<>();

    /** What serves from a version on, until something later takes its place. */
    public record Since<T>(int version, T what) {}

    private ByVersion(T first) {
        since.put(1, first);
    }

    /** @param later in the order of their versions */
    @SafeVarargs
    public static <T> ByVersion<T> of(T first, Since<? extends T>... later) {
        var table = new ByVersion<T>(first);
        for (Since<? extends T> next : later) {
            if (next.version() <= table.latest()) {
                throw new IllegalArgumentException("version " + next.version() + " stands after version "
                        + table.latest() + ": give it a later one");
            }
            table.since.put(next.version(), next.what());
        }
        return table;
    }

    public static <T> Since<T> since(int version, T what) {
        return new Since<>(version, what);
    }

    public T at(int version) {
        return Tables.at(since, since.headMap(version, true).lastKey());
    }

    /** The last version in which something changed here. */
    public int latest() {
        return since.lastKey();
    }
}
