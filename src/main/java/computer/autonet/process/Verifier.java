package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks signatures on a few threads of their own, so that no process waits for another's mathematics (HOST-03). */
public final class Verifier {
    private final Genesis genesis;
    private final Executor threads;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param maxWaiting messages of one node that wait for a thread; more are refused, so that memory is bounded */
    public Verifier(Genesis genesis, Executor threads, int maxWaiting) {
        this.genesis = genesis;
        this.threads = threads;
        this.maxWaiting = maxWaiting;
    }

    CompletionStage<Verdict> verify(Bytes raw) {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(new Verdict.Bad(new Refusal(
                    Code.FULL, maxWaiting + " messages wait for their signatures here", "send it again in a second")));
        }
        return CompletableFuture.supplyAsync(() -> judge(raw), threads)
                .whenComplete((verdict, failure) -> waiting.decrementAndGet());
    }

    private Verdict judge(Bytes raw) {
        MessageCodec.Parsed parsed = MessageCodec.parse(raw, genesis.networkId());
        if (parsed instanceof MessageCodec.Refused refused) {
            return new Verdict.Bad(refused.refusal());
        }
        var accepted = (MessageCodec.Accepted) parsed;
        return accepted.message().signatureValid()
                ? new Verdict.Genuine(accepted.input(), accepted.target())
                : new Verdict.Bad(new Refusal(
                        Code.BAD_SIGNATURE,
                        "the signature does not fit owner and content",
                        "sign the message as it is sent, with the key of its owner field"));
    }
}
