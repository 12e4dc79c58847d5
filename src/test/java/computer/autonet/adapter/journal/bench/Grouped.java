package computer.autonet.adapter.journal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The same group commit as the product's, over an engine that writes a group and syncs once. */
abstract class Grouped implements Engine {
    record Row(String id, long number, byte[] event, CompletableFuture<Void> done) {}

    private final BlockingQueue<Row> queue = new ArrayBlockingQueue<>(8192);
    private final Thread thread = new Thread(this::run, "bench-commit");
    private volatile boolean closed;

    final void begin() {
        thread.start();
    }

    /** Returns when all rows are on disk. */
    abstract void write(List<Row> rows) throws Exception;

    abstract void shut() throws Exception;

    @Override
    public final CompletionStage<Void> append(String id, long number, byte[] event) {
        Row row = new Row(id, number, event, new CompletableFuture<>());
        try {
            queue.put(row);
        } catch (InterruptedException e) {
            row.done.completeExceptionally(e);
        }
        return row.done;
    }

    private void run() {
        List<Row> rows = new ArrayList<>();
        try {
            while (!closed || !queue.isEmpty()) {
                Row first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    rows.clear();
                    rows.add(first);
                    queue.drainTo(rows, 4096);
                    write(rows);
                    rows.forEach(row -> row.done.complete(null));
                }
            }
        } catch (Exception e) {
            rows.forEach(row -> row.done.completeExceptionally(e));
        }
    }

    @Override
    public final void close() throws Exception {
        closed = true;
        thread.join();
        shut();
    }
}
