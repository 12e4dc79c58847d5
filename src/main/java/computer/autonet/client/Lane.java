package computer.autonet.client;

import com.google.protobuf.UnsafeByteOperations;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.message.Message;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetNonceRequest;
import computer.autonet.v1.GetNonceResponse;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.SubmitResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** What one sender says to one process, one act after the other, because nonces leave no gaps. */
final class Lane {
    /** Acts that wait for those before them; more shows that the caller does not wait for answers. */
    private static final int MAX_WAITING = 64;

    /** Others with the same key may take a nonce in between, but not for ever. */
    private static final int MAX_SIGNINGS = 5;

    /** Long enough for all retries, and half of what is allowed. */
    private static final long LIFE_MILLIS = 5 * 60 * 1000;

    private final GatewayService gateway;
    private final NetworkClient network;
    private final SigningKey key;
    private final ProcessId target;

    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int waiting;
    private volatile long nextNonce;

    Lane(GatewayService gateway, NetworkClient network, SigningKey key, ProcessId target) {
        this.gateway = gateway;
        this.network = network;
        this.key = key;
        this.target = target;
    }

    synchronized boolean idle() {
        return waiting == 0;
    }

    synchronized CompletionStage<Receipt> submit(Command command) {
        if (waiting >= MAX_WAITING) {
            return CompletableFuture.failedFuture(new RejectedExecutionException(
                    MAX_WAITING + " acts for " + target.brief() + " wait already: wait for their answers"));
        }
        waiting++;
        CompletableFuture<Receipt> mine = last.handle((value, failure) -> value)
                .thenCompose(ignored -> sign(command, 1))
                .toCompletableFuture();
        last = mine;
        return mine.whenComplete((receipt, failure) -> done());
    }

    private synchronized void done() {
        waiting--;
    }

    private CompletionStage<Receipt> sign(Command command, int signing) {
        return nonce().thenCombine(network.network(), (nonce, info) -> {
                    long expires = System.currentTimeMillis() + info.clockAheadMillis() + LIFE_MILLIS;
                    return MessageCodec.sign(key, info.id(), target, command, nonce, expires);
                })
                .thenCompose(message -> send(message, command, signing));
    }

    private CompletionStage<Long> nonce() {
        if (nextNonce > 0) {
            return CompletableFuture.completedFuture(nextNonce);
        }
        var request = GetNonceRequest.newBuilder()
                .setProcess(Ids.toProto(target))
                .setSender(Ids.bytes(key.identity().address()))
                .build();
        return Retries.CALL
                .run("asking for the nonce", () -> gateway.getNonce(request))
                .thenApply(GetNonceResponse::getNextNonce);
    }

    /** WORK-01: a failed transport is answered with the same bytes, so that nothing is applied twice. */
    private CompletionStage<Receipt> send(Message message, Command command, int signing) {
        var request = SubmitRequest.newBuilder()
                .setMessage(UnsafeByteOperations.unsafeWrap(message.raw().toArray()))
                .build();
        var tries = new AtomicInteger();
        return Retries.CALL
                .run("submitting " + message, () -> {
                    tries.incrementAndGet();
                    return gateway.submit(request);
                })
                .handle((response, failure) -> {
                    if (failure == null) {
                        nextNonce = message.nonce() + 1;
                        return CompletableFuture.completedFuture(receipt(response));
                    }
                    return again(failure, message, command, signing, tries.get() > 1)
                            .toCompletableFuture();
                })
                .thenCompose(next -> next);
    }

    /** @param doubtful an earlier try of these bytes got no answer, so that it may be they that have the nonce */
    private CompletionStage<Receipt> again(
            Throwable failure, Message message, Command command, int signing, boolean doubtful) {
        var refusal = Failures.refusal(failure);
        if (refusal.isEmpty()) {
            nextNonce = 0;
            return CompletableFuture.failedFuture(Failures.cause(failure));
        }
        RefusedException refused = refusal.get();
        boolean nonceTaken = refused.is(Code.NONCE_USED) || refused.is(Code.NONCE_GAP);
        boolean clockWrong = refused.is(Code.EXPIRED) || refused.is(Code.EXPIRES_TOO_LATE);
        nextNonce = nonceTaken || clockWrong ? 0 : message.nonce();
        if (doubtful && refused.is(Code.NONCE_USED)) {
            return CompletableFuture.failedFuture(new UnreachableException(
                    "submitting " + message + " got no answer, and its nonce has been used since, perhaps by itself",
                    refused));
        }
        if (clockWrong) {
            network.forgetClock();
        }
        return (nonceTaken || clockWrong) && signing < MAX_SIGNINGS
                ? sign(command, signing + 1)
                : CompletableFuture.failedFuture(refused);
    }

    private static Receipt receipt(SubmitResponse response) {
        var receipt = response.getReceipt();
        Hash entry = Ids.hash(receipt.getEntryHash());
        return new Receipt(Ids.fromProto(receipt.getProcess()), receipt.getSlot(), receipt.getTimestampMillis(), entry);
    }
}
