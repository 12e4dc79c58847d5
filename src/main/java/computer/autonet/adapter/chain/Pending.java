package computer.autonet.adapter.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One transaction of a {@link TransactionPipeline}, which alone changes it: its signed forms, and how far it has come. */
final class Pending {
    final long nonce;
    /** The same act at ever higher fees: whichever is taken, the others can be no more. */
    final List<String> signed;

    final CompletableFuture<TransactionReceipt> done = new CompletableFuture<>();
    /** When a node last took its newest form. */
    long sentNanos = System.nanoTime();

    boolean confirmed;
    long confirmedNanos;
    /** Looks in a row at which its nonce was used and none of its forms was there. */
    int absentLooks;
    /** What the node said last against it. */
    @Nullable
    String complaint;

    Pending(long nonce, List<String> signed) {
        this.nonce = nonce;
        this.signed = new ArrayList<>(signed);
    }

    String newest() {
        return signed.get(signed.size() - 1);
    }

    void confirm(long nanos) {
        confirmed = true;
        confirmedNanos = nanos;
        absentLooks = 0;
        complaint = null;
    }

    void reopen() {
        confirmed = false;
        sentNanos = System.nanoTime();
    }
}
