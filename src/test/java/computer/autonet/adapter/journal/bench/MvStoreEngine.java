package computer.autonet.adapter.journal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore: commit and sync once per group. */
final class MvStoreEngine extends Grouped {
    private final MVStore store;
    private final MVMap<byte[], byte[]> map;

    MvStoreEngine(Path directory) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("journal.mv").toString())
                .autoCommitDisabled()
                .open();
        map = store.openMap(
                "events",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        begin();
    }

    private static byte[] key(String id, long number) {
        byte[] text = id.getBytes(UTF_8);
        return ByteBuffer.allocate(text.length + 9)
                .put(text)
                .put((byte) 0)
                .putLong(number)
                .array();
    }

    @Override
    void write(List<Row> rows) {
        rows.forEach(row -> map.put(key(row.id(), row.number()), row.event()));
        store.commit();
        store.sync();
    }

    @Override
    public long replay(String id) {
        Cursor<byte[], byte[]> cursor = map.cursor(key(id, 0));
        byte[] end = key(id, Long.MAX_VALUE);
        long read = 0;
        while (cursor.hasNext() && Arrays.compareUnsigned(cursor.next(), end) <= 0) {
            read += cursor.getValue().length > 0 ? 1 : 0;
        }
        return read;
    }

    @Override
    void shut() {
        store.close();
    }
}
