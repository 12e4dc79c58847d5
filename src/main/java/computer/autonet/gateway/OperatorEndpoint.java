package computer.autonet.gateway;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.port.Keys;
import computer.autonet.port.KeysException;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.v1.ActRequest;
import computer.autonet.v1.ActResponse;
import computer.autonet.v1.ListIdentitiesRequest;
import computer.autonet.v1.ListIdentitiesResponse;
import computer.autonet.v1.NamedIdentity;
import computer.autonet.v1.OperatorService;
import computer.autonet.v1.Receipt;
import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Every call of {@code operator.proto}: acts for the identities of the node's keystore, by the same way in as any stranger
 * (GATE-14).
 */
public final class OperatorEndpoint implements OperatorService {
    /** Time for the whole way, retries included; far below the ten minutes that the protocol allows. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    /** Another user of the same key may take a nonce between the question and the act; this often is no accident. */
    private static final int ATTEMPTS = 5;

    private static final String COMMAND = "Command";

    private final GatewayEndpoint gateway;
    private final Keys keys;
    private final Hash network;
    private final InstantSource clock;
    private final Executor threads;
    private final Turns turns = new Turns();

    /** @param threads sign; an RSA signature takes milliseconds */
    public OperatorEndpoint(GatewayEndpoint gateway, Keys keys, Hash network, InstantSource clock, Executor threads) {
        this.gateway = gateway;
        this.keys = keys;
        this.network = network;
        this.clock = clock;
        this.threads = threads;
    }

    /** Whether a request's path names this service. */
    static boolean serves(String path) {
        return path.startsWith("/" + OperatorService.name + "/");
    }

    @Override
    public CompletionStage<ListIdentitiesResponse> listIdentities(ListIdentitiesRequest request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var response = ListIdentitiesResponse.newBuilder();
                    for (String name : keys.names()) {
                        Hash address = key(name).identity().address();
                        response.addIdentities(NamedIdentity.newBuilder()
                                .setName(name)
                                .setAddress(Ids.bytes(address))
                                .setAccount(Ids.toProto(ProcessId.owned(Kind.ACCOUNT, network, address))));
                    }
                    return response.build();
                },
                threads);
    }

    @Override
    public CompletionStage<ActResponse> act(ActRequest request) {
        return CompletableFuture.supplyAsync(() -> planned(request), threads)
                .thenCompose(act -> turns.take(act.key().identity(), () -> submit(act, ATTEMPTS)))
                .thenApply(
                        receipt -> ActResponse.newBuilder().setReceipt(receipt).build());
    }

    /** What is to be signed, but for its nonce. */
    private record Act(SigningKey key, ProcessId target, Command command) {}

    private Act planned(ActRequest request) {
        SigningKey key = key(request.getAs());
        for (Map.Entry<FieldDescriptor, Object> set : request.getAllFields().entrySet()) {
            if (set.getKey().getContainingOneof() != null && set.getValue() instanceof Message body) {
                Kind kind = kind(body);
                ProcessId target =
                        request.hasTarget() ? Queries.idOf(kind, request.getTarget()) : target(kind, key.identity());
                return new Act(key, target, command(kind, body));
            }
        }
        throw Problem.of(Code.INVALID_ARGUMENT, "the request names no act", "fill one of the fields of 'act'");
    }

    private SigningKey key(String name) {
        try {
            return keys.signer(name);
        } catch (KeysException e) {
            boolean unknown = e.problem() == KeysException.Problem.NAME_UNKNOWN;
            throw Problem.of(
                    unknown ? Status.Code.NOT_FOUND : Status.Code.FAILED_PRECONDITION,
                    e.problem().name(),
                    "the keystore has no usable key '" + name + "'",
                    "use a name that ListIdentities gives, or create the key first");
        }
    }

    /** An act's message stands within its kind's, such as Transfer in AccountCommand. */
    private static Kind kind(Message body) {
        String container = body.getDescriptorForType().getContainingType().getName();
        return Kind.ofLabel(
                container.substring(0, container.length() - COMMAND.length()).toLowerCase(Locale.ROOT));
    }

    private static Command command(Kind kind, Message body) {
        String action = body.getDescriptorForType().getName();
        return KindCodec.of(kind)
                .command(action, Bytes.of(body.toByteArray()))
                .<Command>map(command -> command)
                .orElseThrow(
                        () -> new IllegalStateException("operator.proto has an act that no rules know: " + action));
    }

    private ProcessId target(Kind kind, Identity identity) {
        return switch (kind) {
            case ACCOUNT, SOLVER, COORDINATOR -> ProcessId.owned(kind, network, identity.address());
            case CONSTITUTION -> GatewayEndpoint.constitution(network);
            case PROJECT, TASK, AGGREGATOR ->
                throw Problem.of(
                        Code.INVALID_ARGUMENT,
                        "the request names no target and there is more than one " + kind.label(),
                        "give the id of the " + kind.label() + " in 'target'");
        };
    }

    private CompletionStage<Receipt> submit(Act act, int attempts) {
        return gateway.nextNonce(act.target(), act.key().identity())
                .thenComposeAsync(
                        nonce -> gateway.submit(sign(act, nonce))
                                .exceptionallyCompose(failure ->
                                        CompletableFuture.failedFuture(open(Statuses.problem(failure), act, nonce))),
                        threads)
                .exceptionallyCompose(failure -> {
                    Problem problem = Statuses.problem(failure);
                    return problem.reason().equals(Code.NONCE_USED.name()) && attempts > 1
                            ? submit(act, attempts - 1)
                            : CompletableFuture.failedFuture(problem);
                });
    }

    /** GATE-15: a stranger repeats what it signed, and an act is recorded once; who repeats a request here acts twice. */
    private static Problem open(Problem problem, Act act, long nonce) {
        return problem.status() == Status.Code.UNAVAILABLE
                ? Problem.unavailable(
                        "it is open whether the act was recorded: " + problem.detail(),
                        "ask " + act.target() + " for the next nonce of "
                                + act.key().identity()
                                + " first, and repeat the request only if that is still " + nonce
                                + ", for each request is signed as an act of its own")
                : problem;
    }

    private Bytes sign(Act act, long nonce) {
        long expires = clock.millis() + LIFE.toMillis();
        try {
            return MessageCodec.sign(act.key(), network, act.target(), act.command(), nonce, expires)
                    .raw();
        } catch (IllegalArgumentException e) {
            throw Problem.of(Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()), "shorten the act");
        }
    }
}
