package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Exporter;
import computer.autonet.audit.LogSource;
import computer.autonet.audit.Verdict;
import computer.autonet.audit.Verifier;
import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Small payments, one after the other, with the receipts of those that were acknowledged, to be found in the log later. */
final class Payments {
    private static final Amount AMOUNT = Amount.parseTokens("0.001");
    private static final long PAUSE_MILLIS = 20;

    /** Each to somebody else, so that many processes have traffic all the time. */
    private static final int PAYEES = 64;

    private final NetworkClient client;
    private final SigningKey payer;
    private final ProcessId account;
    private final List<Receipt> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> ended;
    private volatile boolean busy = true;

    Payments(NetworkClient client, SigningKey payer) {
        this.client = client;
        this.payer = payer;
        this.account = ProcessId.owned(
                Kind.ACCOUNT,
                Local.await(client.network(), 60).id(),
                payer.identity().address());
        this.ended = pay().toCompletableFuture();
    }

    private static Hash payee(int number) {
        return Hash.digest("payee " + number % PAYEES);
    }

    /** A question to the account of each payee. */
    static List<CompletionStage<?>> payees(NetworkClient client) {
        List<CompletionStage<?>> answers = new ArrayList<>();
        for (int number = 0; number < PAYEES; number++) {
            answers.add(client.account(payee(number)));
        }
        return answers;
    }

    private CompletionStage<Void> pay() {
        if (!busy) {
            return CompletableFuture.completedFuture(null);
        }
        return client.submit(payer, account, new AccountCommand.Transfer(payee(acknowledged.size()), AMOUNT))
                .thenAccept(this::acknowledge)
                .exceptionally(unanswered -> null)
                .thenComposeAsync(
                        done -> pay(), CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    int count() {
        return acknowledged.size();
    }

    /** Until so many are acknowledged. */
    void await(int count, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (acknowledged) {
            while (acknowledged.size() < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError(acknowledged.size() + " of " + count + " payments in " + seconds + " s");
                }
                acknowledged.wait(left);
            }
        }
    }

    private void acknowledge(Receipt receipt) {
        synchronized (acknowledged) {
            acknowledged.add(receipt);
            acknowledged.notifyAll();
        }
    }

    /** The last one is over when this returns. */
    void stop() {
        busy = false;
        Local.await(ended, 120);
    }

    /**
     * Exports the log, verifies it, and finds every acknowledged payment where its receipt says, no message twice, and in
     * every process one writer after the other.
     */
    static void check(LogSource source, Path export, List<Payments> all) throws Exception {
        new Exporter(source, note -> {}).write(export);
        Verdict verdict = new Verifier(new ExportFolder(export)).verify();
        assertThat(verdict.problem()).isEmpty();
        assertThat(verdict.held()).contains(verdict.issued());

        Set<Hash> messages = new HashSet<>();
        Map<String, Hash> bySlot = new HashMap<>();
        for (ProcessId process : source.processes()) {
            long epoch = 0;
            for (Bytes stored : source.entries(process, 0)) {
                SealedEntry entry = EntryCodec.read(process, stored);
                assertThat(entry.draft().epoch()).as("epoch of %s", process).isGreaterThanOrEqualTo(epoch);
                epoch = entry.draft().epoch();
                bySlot.put(process + "/" + entry.draft().slot(), entry.hash());
                if (entry.draft().input() instanceof Input.Signed signed) {
                    assertThat(messages.add(signed.id()))
                            .as("message %s once", signed.id())
                            .isTrue();
                }
            }
        }
        for (Payments payments : all) {
            assertThat(payments.acknowledged).isNotEmpty();
            for (Receipt receipt : payments.acknowledged) {
                assertThat(bySlot).containsEntry(receipt.process() + "/" + receipt.slot(), receipt.entryHash());
            }
        }
    }
}
