package computer.autonet.cli;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.Failures;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.UnreachableException;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.Ids;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.ReadEntriesResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** One command's connection to a gateway: questions that wait for their answer, and end the command if there is none. */
public final class Session implements AutoCloseable {
    private final GatewayService gateway;
    private final NetworkClient client;
    private final Materializer materializer;
    private final GatewayOptions.Address address;
    private final Duration timeout;
    private final Runnable onClose;

    public Session(
            GatewayService gateway,
            Materializer materializer,
            GatewayOptions.Address address,
            Duration timeout,
            Runnable onClose) {
        this.gateway = gateway;
        this.client = new NetworkClient(gateway, materializer);
        this.materializer = materializer;
        this.address = address;
        this.timeout = timeout;
        this.onClose = onClose;
    }

    GatewayService gateway() {
        return gateway;
    }

    NetworkClient client() {
        return client;
    }

    <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw CliException.ours(
                    "TIMED_OUT",
                    address + " did not answer within " + timeout.toSeconds() + " s",
                    "try again, or wait longer with --timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.ours("INTERRUPTED", "the command was interrupted", "run it again");
        }
    }

    private RuntimeException failure(ExecutionException failure) {
        Throwable cause = Failures.cause(failure);
        var refusal = Failures.refusal(cause);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (cause instanceof StatusRuntimeException) {
            return Failures.said(cause)
                    .<RuntimeException>map(word -> new UnreachableException(address + " cannot answer: " + word, cause))
                    .orElseGet(() -> nothingAnswers(address));
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** What ends a command whose gateway is not there. */
    public static CliException nothingAnswers(GatewayOptions.Address address) {
        return CliException.ours(
                "UNAVAILABLE",
                "nothing answers at " + address,
                "start a node with " + Program.called()
                        + " node --config FILE, or name another with --gateway HOST:PORT");
    }

    <T> List<T> all(Source<T, ?> stream) {
        return await(stream.runWith(Sink.seq(), materializer));
    }

    /** The node's time, milliseconds since 1970. */
    long nowMillis() {
        return await(gateway.getNetwork(GetNetworkRequest.getDefaultInstance())).getNowMillis();
    }

    /** The account of an identity or, as escrow, of a process. */
    ProcessId account(Hash owner) {
        return await(client.network()).owned(Kind.ACCOUNT, owner);
    }

    /** An act: without an answer nobody knows whether it was applied, and a repetition would be a second one. */
    Receipt submit(SigningKey key, ProcessId target, Command command) {
        try {
            return await(client.submit(key, target, command));
        } catch (CliException | UnreachableException e) {
            throw CliException.ours(
                    "OUTCOME_UNKNOWN",
                    address + " did not say whether it applied the act on " + target,
                    "look at the account or project before you repeat it, since that would be a second act");
        }
    }

    /** To the signer's own account. */
    Receipt submit(SigningKey key, Command command) {
        return submit(key, account(key.identity().address()), command);
    }

    /** The entries of a process that stand now, from a slot on; their hashes are checked. */
    List<SealedEntry> entries(ProcessId process, long fromSlot) {
        return stored(process, fromSlot).stream()
                .map(response -> EntryCodec.read(process, Ids.bytes(response.getEntry())))
                .toList();
    }

    List<ReadEntriesResponse> stored(ProcessId process, long fromSlot) {
        return all(gateway.readEntries(ReadEntriesRequest.newBuilder()
                .setProcess(Ids.toProto(process))
                .setFromSlot(fromSlot)
                .build()));
    }

    @Override
    public void close() {
        onClose.run();
    }
}
