package computer.autonet.adapter.journal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** An append-only file of our own with the place of every event in memory: the least that a journal could write. */
final class SegmentEngine extends Grouped {
    private final FileChannel file;
    private final ConcurrentHashMap<String, List<long[]>> places = new ConcurrentHashMap<>();
    private long end;

    SegmentEngine(Path directory) throws IOException {
        file = FileChannel.open(directory.resolve("journal.segment"), CREATE, READ, WRITE);
        begin();
    }

    @Override
    void write(List<Row> rows) throws IOException {
        int size = 0;
        for (Row row : rows) {
            size += 4 + 2 + 4 * row.id().length() + 8 + 4 + row.event().length;
        }
        ByteBuffer group = ByteBuffer.allocate(size);
        for (Row row : rows) {
            byte[] id = row.id().getBytes(UTF_8);
            int start = group.position();
            group.putInt(0).putShort((short) id.length).put(id).putLong(row.number());
            group.putInt(row.event().length);
            long place = end + group.position();
            group.put(row.event());
            CRC32C crc = new CRC32C();
            crc.update(group.array(), start + 4, group.position() - start - 4);
            group.putInt(start, (int) crc.getValue());
            places.computeIfAbsent(row.id(), any -> new ArrayList<>()).add(new long[] {place, row.event().length});
        }
        group.flip();
        long at = end;
        while (group.hasRemaining()) {
            at += file.write(group, at);
        }
        end = at;
        file.force(false);
    }

    @Override
    public long replay(String id) throws IOException {
        long read = 0;
        for (long[] place : places.getOrDefault(id, List.of())) {
            ByteBuffer event = ByteBuffer.allocate((int) place[1]);
            file.read(event, place[0]);
            read += event.hasRemaining() ? 0 : 1;
        }
        return read;
    }

    @Override
    void shut() throws IOException {
        file.close();
    }
}
