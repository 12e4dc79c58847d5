package computer.autonet.gateway;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.Ids;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.account.Founding;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.v1.Receipt;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * The one way in for acts: looks at size, shape, network and expiry before any process is asked, and lets a bounded number
 * be under way (GATE-01, GATE-02).
 */
final class Submissions {
    /** GATE-02: each holds at most a quarter of a megabyte, so that all together stay within 256 MiB. */
    static final int MAX_IN_FLIGHT = 1_024;

    private final Log log;
    private final Hash network;
    private final InstantSource clock;
    private final Materializer materializer;
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
    private volatile Consumer<String> observer = outcome -> {};

    Submissions(Log log, Hash network, InstantSource clock, Materializer materializer) {
        this.log = log;
        this.network = network;
        this.clock = clock;
        this.materializer = materializer;
    }

    /** @param observer told of each outcome: {@code ACCEPTED} or the code of the refusal; called on any thread */
    void observe(Consumer<String> observer) {
        this.observer = observer;
    }

    int inFlight() {
        return MAX_IN_FLIGHT - places.availablePermits();
    }

    /** @return fails with a {@link Problem} */
    CompletionStage<Receipt> submit(Bytes raw) {
        return bounded(raw)
                .whenComplete((receipt, failure) -> {
                    if (failure == null) {
                        observer.accept("ACCEPTED");
                    }
                })
                .exceptionallyCompose(failure -> {
                    Problem problem = Statuses.problem(failure);
                    observer.accept(problem.reason());
                    return CompletableFuture.failedFuture(problem);
                });
    }

    private CompletionStage<Receipt> bounded(Bytes raw) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(Problem.of(
                    Code.FULL,
                    MAX_IN_FLIGHT + " messages are under way on this node",
                    "send it again in a second, or to another node"));
        }
        CompletionStage<Receipt> answer;
        try {
            answer = checked(raw);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((receipt, failure) -> places.release());
    }

    private CompletionStage<Receipt> checked(Bytes raw) {
        if (raw.size() > MessageCodec.maxSize()) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "the message has " + raw.size() + " bytes",
                    "send at most " + MessageCodec.maxSize() + "; put larger content as a blob and name it");
        }
        MessageCodec.Parsed parsed = MessageCodec.parse(raw, network);
        if (parsed instanceof MessageCodec.Refused refused) {
            throw Problem.of(refused.refusal());
        }
        var message = (MessageCodec.Accepted) parsed;
        long late = clock.millis() - message.input().expiresMillis();
        if (late >= 0) {
            throw Problem.of(
                    Code.EXPIRED,
                    "the message expired " + late + " ms ago",
                    "sign it again with a later Expires; its nonce is still free unless the log shows it");
        }
        return log.submit(raw)
                .thenCompose(
                        receipt -> created(message, receipt).thenApply(created -> toProto(message, receipt, created)));
    }

    private static Receipt toProto(
            MessageCodec.Accepted message,
            computer.autonet.protocol.process.Receipt receipt,
            List<computer.autonet.v1.ProcessId> created) {
        return Receipt.newBuilder()
                .setProcess(Ids.toProto(receipt.process()))
                .setSlot(receipt.slot())
                .setTimestampMillis(receipt.timestampMillis())
                .setEntryHash(Ids.bytes(receipt.entryHash()))
                .setMessageId(Ids.bytes(message.input().id()))
                .addAllCreated(created)
                .build();
    }

    /** Only acts that can create a process cost the reading of their entry. */
    private CompletionStage<List<computer.autonet.v1.ProcessId>> created(
            MessageCodec.Accepted message, computer.autonet.protocol.process.Receipt receipt) {
        boolean creates = message.input().command() instanceof Founding
                || receipt.process().kind() == Kind.PROJECT;
        if (!creates) {
            return CompletableFuture.completedFuture(List.of());
        }
        return log.entries(receipt.process(), receipt.slot())
                .runWith(Sink.head(), materializer)
                .thenApply(stored -> {
                    Draft entry = EntryCodec.read(receipt.process(), stored).draft();
                    if (entry.slot() != receipt.slot()) {
                        throw new IllegalStateException("asked for entry " + receipt.slot() + " of " + receipt.process()
                                + ", got " + entry.slot());
                    }
                    return created(receipt.process(), entry);
                });
    }

    /** GATE-04: a process was created if its id follows from this entry and a place in its outbox. */
    private static List<computer.autonet.v1.ProcessId> created(ProcessId parent, Draft entry) {
        List<computer.autonet.v1.ProcessId> created = new ArrayList<>();
        List<Parcel> outbox = entry.outbox();
        for (int index = 0; index < outbox.size(); index++) {
            ProcessId receiver = outbox.get(index).receiver();
            if (ProcessId.created(receiver.kind(), parent, entry.slot(), index).equals(receiver)) {
                created.add(Ids.toProto(receiver));
            }
        }
        return created;
    }
}
