package computer.autonet.adapter.journal.bench;

import computer.autonet.adapter.journal.EventLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The product's own event log, which is RocksDB with one sync per group. */
final class RocksDbEngine implements Engine {
    private final EventLog log;

    RocksDbEngine(Path directory) throws IOException {
        log = EventLog.open(directory, EventLog.Recovery.STRICT);
    }

    @Override
    public CompletionStage<Void> append(String id, long number, byte[] event) {
        return log.append(List.of(new EventLog.Append(id, List.of(new EventLog.Event(number, event)))));
    }

    @Override
    public long replay(String id) throws IOException {
        long read = 0;
        List<EventLog.Event> page;
        do {
            page = log.read(id, read + 1, Long.MAX_VALUE, 256);
            read += page.size();
        } while (!page.isEmpty());
        return read;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
