package computer.autonet.base;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Immutable maps with one order of iteration, so that the same state always has the same bytes. */
public final class Tables {
    private Tables() {}

    public static <K extends Comparable<? super K>, V> SortedMap<K, V> empty() {
        return new Table<>(new TreeMap<K, V>());
    }

    /** A copy in the keys' own order. */
    public static <K extends Comparable<? super K>, V> SortedMap<K, V> copyOf(Map<K, V> map) {
        return map instanceof Table<K, V> table ? table : new Table<>(new TreeMap<K, V>(map));
    }

    /** A copy in which {@code key} has {@code value}. */
    public static <K extends Comparable<? super K>, V> SortedMap<K, V> with(Map<K, V> map, K key, V value) {
        var copy = new TreeMap<K, V>(map);
        copy.put(key, value);
        return new Table<>(copy);
    }

    /** A copy without {@code key}. */
    public static <K extends Comparable<? super K>, V> SortedMap<K, V> without(Map<K, V> map, K key) {
        var copy = new TreeMap<K, V>(map);
        copy.remove(key);
        return new Table<>(copy);
    }

    /**
     * The value of a key that must be there.
     *
     * @throws IllegalStateException if it is not: the state does not follow from its log
     */
    public static <K, V> V at(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("nothing stands under " + key);
        }
        return value;
    }
}
