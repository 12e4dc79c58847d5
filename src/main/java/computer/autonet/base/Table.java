package computer.autonet.base;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in its keys' own order. Nobody else holds what it wraps, so a record that is given one keeps it without
 * a copy: every entry of a log makes a new state, most of whose tables are those of the state before.
 */
final class Table<K extends Comparable<? super K>, V> extends AbstractMap<K, V> implements SortedMap<K, V> {
    private final SortedMap<K, V> rows;

    /** Takes the map as its own: the caller gives it up. */
    Table(TreeMap<K, V> own) {
        this.rows = Collections.unmodifiableSortedMap(own);
    }

    @Override
    public @Nullable V get(Object key) {
        return rows.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return rows.containsKey(key);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        rows.forEach(action);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return rows.entrySet();
    }

    @Override
    public Set<K> keySet() {
        return rows.keySet();
    }

    @Override
    public Collection<V> values() {
        return rows.values();
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        return null;
    }

    @Override
    public SortedMap<K, V> subMap(K from, K to) {
        return rows.subMap(from, to);
    }

    @Override
    public SortedMap<K, V> headMap(K to) {
        return rows.headMap(to);
    }

    @Override
    public SortedMap<K, V> tailMap(K from) {
        return rows.tailMap(from);
    }

    @Override
    public K firstKey() {
        return rows.firstKey();
    }

    @Override
    public K lastKey() {
        return rows.lastKey();
    }
}
