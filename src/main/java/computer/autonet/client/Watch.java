package computer.autonet.client;

import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CorruptEntryException;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.Ids;
import computer.autonet.codec.SealedEntry;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.WatchRequest;
import computer.autonet.v1.WatchResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/**
 * A log that is followed from a slot on: each entry once and in order, whatever happens to the connection (WORK-03).
 * Its consumer runs on one entry at a time and holds the stream back while it does.
 */
public final class Watch implements AutoCloseable {
    private static final Retries PAUSES = new Retries(Integer.MAX_VALUE, 100, 5_000, 0);

    private final GatewayService gateway;
    private final Materializer materializer;
    private final ProcessId process;
    private final Consumer<SealedEntry> consumer;
    private final Runnable blind;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile long nextSlot;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable UniqueKillSwitch stream;

    Watch(
            GatewayService gateway,
            Materializer materializer,
            ProcessId process,
            long fromSlot,
            Consumer<SealedEntry> consumer,
            Runnable blind) {
        this.gateway = gateway;
        this.materializer = materializer;
        this.process = process;
        this.nextSlot = fromSlot;
        this.consumer = consumer;
        this.blind = blind;
    }

    /** Completes when closed; fails if the node refuses, the log is corrupt or the consumer throws. */
    public CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        UniqueKillSwitch open = stream;
        if (open != null) {
            open.shutdown();
        }
        ended.complete(null);
    }

    void connect() {
        if (closed) {
            return;
        }
        var request = WatchRequest.newBuilder()
                .setProcess(Ids.toProto(process))
                .setFromSlot(nextSlot)
                .build();
        CompletionStage<?> done;
        try {
            var running = gateway.watch(request)
                    .viaMat(KillSwitches.single(), Keep.right())
                    .toMat(Sink.foreach(this::take), Keep.both())
                    .run(materializer);
            stream = running.first();
            done = running.second();
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        if (closed) {
            close();
        }
        done.whenComplete((value, failure) -> reconnect(failure));
    }

    private void take(WatchResponse response) {
        SealedEntry entry =
                EntryCodec.read(process, Bytes.of(response.getEntry().toByteArray()));
        long slot = entry.draft().slot();
        if (closed || slot < nextSlot) {
            return;
        }
        if (slot > nextSlot) {
            throw new GapException("slot " + slot + " came where " + nextSlot + " was due");
        }
        try {
            consumer.accept(entry);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
            closed = true;
            throw e;
        }
        nextSlot = slot + 1;
        failures.set(0);
    }

    private void reconnect(@Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (failure != null) {
            Throwable cause = Failures.cause(failure);
            var refusal = Failures.refusal(cause);
            if (!Failures.isPassing(cause) || cause instanceof CorruptEntryException) {
                closed = true;
                ended.completeExceptionally(refusal.<Throwable>map(r -> r).orElse(cause));
                return;
            }
            blind.run();
        }
        PAUSES.pause(failures.incrementAndGet()).execute(this::connect);
    }

    /** The node skipped entries: the stream is opened again at the first one that is missing. */
    private static final class GapException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        GapException(String what) {
            super(what);
        }
    }
}
