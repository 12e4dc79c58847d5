package computer.autonet.client;

import com.google.protobuf.Message;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.coordinator.CoordinatorState;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.solver.SolverState;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetAccountRequest;
import computer.autonet.v1.GetAggregatorRequest;
import computer.autonet.v1.GetCoordinatorRequest;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.GetNetworkResponse;
import computer.autonet.v1.GetProjectRequest;
import computer.autonet.v1.GetSolverRequest;
import computer.autonet.v1.GetTaskRequest;
import computer.autonet.v1.Head;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/**
 * A network as its users see it, over the gateway's interface: in a node the gateway itself, outside of it the generated
 * client. Nothing here blocks; stages fail with {@link RefusedException} or {@link UnreachableException}.
 */
public final class NetworkClient {
    /** Lanes of acts that are remembered with their nonces; an idle one costs one question when it is forgotten. */
    private static final int MAX_LANES = 4_096;

    private record LaneKey(ProcessId target, Identity sender) {}

    private final GatewayService gateway;
    private final Materializer materializer;
    private final Blobs blobs;
    private final Map<LaneKey, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);
    private volatile @Nullable NetworkInfo known;

    public NetworkClient(GatewayService gateway, Materializer materializer) {
        this.gateway = gateway;
        this.materializer = materializer;
        this.blobs = new Blobs(gateway, materializer);
    }

    /** Asked once, and again when the clocks turn out to differ. */
    public CompletionStage<NetworkInfo> network() {
        NetworkInfo info = known;
        if (info != null) {
            return CompletableFuture.completedFuture(info);
        }
        return Retries.CALL
                .run("asking for the network", () -> gateway.getNetwork(GetNetworkRequest.getDefaultInstance()))
                .thenApply(this::remember);
    }

    private NetworkInfo remember(GetNetworkResponse response) {
        var info = new NetworkInfo(
                Ids.hash(response.getNetworkId()),
                response.getName(),
                response.getTimeDivisor(),
                new Identity(Ids.hash(response.getTreasury())),
                response.getNowMillis() - System.currentTimeMillis());
        known = info;
        return info;
    }

    void forgetClock() {
        known = null;
    }

    /**
     * Signs a command and hands it in (WORK-01). Acts of one key for one process are sent one after the other. The same
     * signed bytes are sent again while the transport fails, and the process applies them once.
     *
     * @return where the act stands in the process's log
     */
    public CompletionStage<Receipt> submit(SigningKey key, ProcessId target, Command command) {
        return lane(key, target).submit(command);
    }

    private synchronized Lane lane(SigningKey key, ProcessId target) {
        if (lanes.size() >= MAX_LANES) {
            lanes.values().removeIf(Lane::idle);
        }
        return lanes.computeIfAbsent(new LaneKey(target, key.identity()), k -> new Lane(gateway, this, key, target));
    }

    public CompletionStage<Observed<ProjectState>> project(ProcessId project) {
        var request =
                GetProjectRequest.newBuilder().setProject(Ids.toProto(project)).build();
        return ask(
                "project",
                () -> gateway.getProject(request)
                        .thenApply(r -> observed(ProjectState.class, Kind.PROJECT, r.getProject(), r.getHead())));
    }

    public CompletionStage<Observed<TaskState>> task(ProcessId task) {
        var request = GetTaskRequest.newBuilder().setTask(Ids.toProto(task)).build();
        return ask(
                "task",
                () -> gateway.getTask(request)
                        .thenApply(r -> observed(TaskState.class, Kind.TASK, r.getTask(), r.getHead())));
    }

    /** The account of an identity by its address, or the escrow of a process by its hash. */
    public CompletionStage<Observed<AccountState>> account(Hash owner) {
        var request = GetAccountRequest.newBuilder().setOwner(Ids.bytes(owner)).build();
        return ask(
                "account",
                () -> gateway.getAccount(request)
                        .thenApply(r -> observed(AccountState.class, Kind.ACCOUNT, r.getAccount(), r.getHead())));
    }

    public CompletionStage<Observed<SolverState>> solver(Identity owner) {
        var request = GetSolverRequest.newBuilder()
                .setOwner(Ids.bytes(owner.address()))
                .build();
        return ask(
                "solver",
                () -> gateway.getSolver(request)
                        .thenApply(r -> observed(SolverState.class, Kind.SOLVER, r.getSolver(), r.getHead())));
    }

    public CompletionStage<Observed<CoordinatorState>> coordinator(Identity owner) {
        var request = GetCoordinatorRequest.newBuilder()
                .setOwner(Ids.bytes(owner.address()))
                .build();
        return ask(
                "coordinator",
                () -> gateway.getCoordinator(request)
                        .thenApply(r ->
                                observed(CoordinatorState.class, Kind.COORDINATOR, r.getCoordinator(), r.getHead())));
    }

    public CompletionStage<Observed<AggregatorState>> aggregator(ProcessId project) {
        var request = GetAggregatorRequest.newBuilder()
                .setProject(Ids.toProto(project))
                .build();
        return ask(
                "aggregator",
                () -> gateway.getAggregator(request)
                        .thenApply(
                                r -> observed(AggregatorState.class, Kind.AGGREGATOR, r.getAggregator(), r.getHead())));
    }

    private static <T> CompletionStage<T> ask(String what, Supplier<CompletionStage<T>> call) {
        return Retries.CALL.run("asking for the " + what, call);
    }

    private static <S> Observed<S> observed(Class<S> type, Kind kind, Message state, Head head) {
        return new Observed<>(type.cast(KindCodec.of(kind).stateFromProto(state)), head.getNextSlot());
    }

    /**
     * Follows a log from a slot on, each entry exactly once and in order (WORK-03).
     *
     * @param consumer called for one entry at a time; keep it short
     */
    public Watch watch(ProcessId process, long fromSlot, Consumer<SealedEntry> consumer) {
        return watch(process, fromSlot, consumer, () -> {});
    }

    /**
     * Like {@link #watch(ProcessId, long, Consumer)}, for one who can ask as well.
     *
     * @param blind runs at every attempt to connect that failed: meanwhile entries may have been recorded unheard
     */
    public Watch watch(ProcessId process, long fromSlot, Consumer<SealedEntry> consumer, Runnable blind) {
        var watch = new Watch(gateway, materializer, process, fromSlot, consumer, blind);
        watch.connect();
        return watch;
    }

    /** Stores bytes; the stage completes when the network keeps them (WORK-04). The array must not change until then. */
    public CompletionStage<BlobId> putBlob(byte[] content) {
        return blobs.put(content);
    }

    /** The bytes of that name, verified (WORK-04); the caller owns the array. */
    public CompletionStage<byte[]> getBlob(BlobId id) {
        return blobs.get(id);
    }
}
