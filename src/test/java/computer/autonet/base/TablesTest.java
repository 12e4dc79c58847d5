package computer.autonet.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TablesTest {
    private final SortedMap<String, Integer> table = Tables.copyOf(Map.of("b", 2, "a", 1, "c", 3));

    /** A state is made anew by every entry, and most of its tables stay: copying them all made logs of n senders n². */
    @Test
    void aTableIsKeptWithoutACopyAndAnythingElseIsCopied() {
        assertThat(Tables.copyOf(table)).isSameAs(table);
        var mutable = new TreeMap<>(table);
        var copy = Tables.copyOf(mutable);
        mutable.put("d", 4);
        assertThat(copy).isEqualTo(table).isNotSameAs(mutable);
    }

    @Test
    void changesMakeAnotherTable() {
        assertThat(Tables.with(table, "a", 7)).containsExactly(Map.entry("a", 7), Map.entry("b", 2), Map.entry("c", 3));
        assertThat(Tables.without(table, "b")).containsExactly(Map.entry("a", 1), Map.entry("c", 3));
        assertThat(table).containsExactly(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3));
    }

    @Test
    void nothingChangesATable() {
        assertThatThrownBy(() -> table.put("d", 4)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(table::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.keySet().remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.values().remove(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.tailMap("b").clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.entrySet().iterator().next().setValue(9))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(table).hasSize(3);
    }

    @Test
    void itIsTheSortedMapThatItLooksLike() {
        assertThat(table).isEqualTo(Map.of("a", 1, "b", 2, "c", 3)).hasSameHashCodeAs(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(table.firstKey() + table.lastKey()).isEqualTo("ac");
        assertThat(table.headMap("b")).containsExactly(Map.entry("a", 1));
        assertThat(table.subMap("b", "c")).containsExactly(Map.entry("b", 2));
        assertThat(table.tailMap("b").keySet()).containsExactly("b", "c");
        assertThat(new TreeMap<>(table)).isEqualTo(table);
    }
}
