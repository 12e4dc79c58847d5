package computer.autonet.client;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.Ids;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.v1.AccountState;
import computer.autonet.v1.AggregatorState;
import computer.autonet.v1.CoordinatorState;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetAccountRequest;
import computer.autonet.v1.GetAccountResponse;
import computer.autonet.v1.GetAggregatorRequest;
import computer.autonet.v1.GetAggregatorResponse;
import computer.autonet.v1.GetBlobRequest;
import computer.autonet.v1.GetBlobResponse;
import computer.autonet.v1.GetConstitutionRequest;
import computer.autonet.v1.GetConstitutionResponse;
import computer.autonet.v1.GetCoordinatorRequest;
import computer.autonet.v1.GetCoordinatorResponse;
import computer.autonet.v1.GetModelRequest;
import computer.autonet.v1.GetModelResponse;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.GetNetworkResponse;
import computer.autonet.v1.GetNonceRequest;
import computer.autonet.v1.GetNonceResponse;
import computer.autonet.v1.GetProjectRequest;
import computer.autonet.v1.GetProjectResponse;
import computer.autonet.v1.GetSolverRequest;
import computer.autonet.v1.GetSolverResponse;
import computer.autonet.v1.GetTaskRequest;
import computer.autonet.v1.GetTaskResponse;
import computer.autonet.v1.Head;
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.InferResponse;
import computer.autonet.v1.ListModelsRequest;
import computer.autonet.v1.ListModelsResponse;
import computer.autonet.v1.ListParticipantsRequest;
import computer.autonet.v1.ListParticipantsResponse;
import computer.autonet.v1.ListProcessesRequest;
import computer.autonet.v1.ListProcessesResponse;
import computer.autonet.v1.Model;
import computer.autonet.v1.Prediction;
import computer.autonet.v1.ProjectState;
import computer.autonet.v1.PutBlobRequest;
import computer.autonet.v1.PutBlobResponse;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.ReadEntriesResponse;
import computer.autonet.v1.Sample;
import computer.autonet.v1.SolverState;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.SubmitResponse;
import computer.autonet.v1.TaskState;
import computer.autonet.v1.WatchRequest;
import computer.autonet.v1.WatchResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.GrpcServiceException;
import org.apache.pekko.grpc.javadsl.MetadataBuilder;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** A whole network in memory: the real rules and codecs behind the gateway's interface, and a clock that a test moves. */
public final class InMemoryNetwork implements GatewayService {
    private final Genesis genesis;
    private final Materializer materializer;
    private final Map<ProcessId, Host<?, ?, ?>> hosts = new TreeMap<>();
    private final Map<Hash, byte[]> blobs = new ConcurrentHashMap<>();
    private final List<Model> models = new ArrayList<>();
    private long nowMillis = 1_700_000_000_000L;
    private long entries;
    private volatile Runnable onEntry = () -> {};
    private final Set<Watcher> behind = new HashSet<>();
    private final Set<Watcher> open = new HashSet<>();
    private final Set<Watcher> ended = new HashSet<>();
    private final Map<Kind, Code> unwatchable = new ConcurrentHashMap<>();
    private volatile Predicate<Hash> full = blob -> false;

    public InMemoryNetwork(Genesis genesis, Materializer materializer) {
        this.genesis = genesis;
        this.materializer = materializer;
    }

    /** A watcher and what it will be given. */
    private record Waiting(Watcher watcher, CompletableFuture<SealedEntry> entry) {}

    /** One process: its state, its log, what it owes. */
    private static final class Host<
            S, C extends computer.autonet.protocol.process.Command, E extends computer.autonet.protocol.process.Event> {
        final Kernel<S, C, E> kernel;
        final List<SealedEntry> log = new ArrayList<>();
        final Map<Long, List<Waiting>> waiting = new HashMap<>();
        ProcessState<S> state;
        Outbox outbox = Outbox.EMPTY;

        Host(ProcessId id, Kernel<S, C, E> kernel) {
            this.kernel = kernel;
            this.state = kernel.initial(id);
        }

        SealedEntry append(computer.autonet.protocol.process.Draft draft) {
            SealedEntry entry = EntryCodec.seal(state.id(), draft, state.head());
            log.add(entry);
            outbox = outbox.after(state.id(), draft, entry.hash());
            state = kernel.evolve(state, draft, entry.hash());
            return entry;
        }
    }

    private Host<?, ?, ?> host(ProcessId id) {
        return hosts.computeIfAbsent(
                id, i -> new Host<>(i, KindCodec.of(i.kind()).kernel(genesis, new ConstitutionGuard())));
    }

    /** Runs at once, on a thread of its own, whenever an entry has been logged. */
    public void onEntry(Runnable action) {
        onEntry = action;
    }

    /** How many entries all logs have. */
    public synchronized long entries() {
        return entries;
    }

    public synchronized List<SealedEntry> log(ProcessId id) {
        return List.copyOf(host(id).log);
    }

    public synchronized Object state(ProcessId id) {
        return host(id).state.domain();
    }

    public synchronized List<ProcessId> processes() {
        return List.copyOf(hosts.keySet());
    }

    public byte[] blob(Hash id) {
        return Tables.at(blobs, id);
    }

    public void forget(Hash blob) {
        blobs.remove(blob);
    }

    /** Moves the clock to the next deadline of any process and lets it act; false if there is none. */
    public synchronized boolean tickNext() {
        Optional<Host<?, ?, ?>> next = Optional.empty();
        long due = Long.MAX_VALUE;
        for (Host<?, ?, ?> host : hosts.values()) {
            OptionalLong deadline = deadline(host);
            if (deadline.isPresent() && deadline.getAsLong() < due) {
                due = deadline.getAsLong();
                next = Optional.of(host);
            }
        }
        if (next.isEmpty()) {
            return false;
        }
        nowMillis = Math.max(nowMillis, due);
        decide(next.get(), new Input.Tick(due));
        deliver();
        return true;
    }

    private static <S> OptionalLong deadline(Host<S, ?, ?> host) {
        return host.kernel.deadlineMillis(host.state);
    }

    private <S> Outcome decide(Host<S, ?, ?> host, Input input) {
        Outcome outcome = host.kernel.decide(host.state, input, nowMillis, 1);
        if (outcome instanceof Outcome.TickFirst first) {
            decide(host, first.tick());
            return decide(host, input);
        }
        if (outcome instanceof Outcome.Record record) {
            SealedEntry entry = host.append(record.draft());
            entries++;
            var unused = CompletableFuture.runAsync(onEntry);
            List<Waiting> watchers = host.waiting.remove(entry.draft().slot());
            if (watchers != null) {
                for (Waiting waiting : watchers) {
                    if (!ended.contains(waiting.watcher())) {
                        behind.add(waiting.watcher());
                    }
                    waiting.entry().completeAsync(() -> entry);
                }
            }
        }
        return outcome;
    }

    private void deliver() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ProcessId id : List.copyOf(hosts.keySet())) {
                Host<?, ?, ?> source = host(id);
                for (var owed : List.copyOf(source.outbox.owed().entrySet())) {
                    for (Input.FromProcess message : owed.getValue()) {
                        decide(host(owed.getKey()), message);
                        source.outbox = source.outbox.delivered(owed.getKey(), message.sequence());
                        moved = true;
                    }
                }
            }
        }
    }

    private static GrpcServiceException refuse(Refusal refusal) {
        var info = ErrorInfo.newBuilder()
                .setReason(refusal.code().name())
                .setDomain("autonet.computer")
                .putMetadata("detail", refusal.detail())
                .putMetadata("remedy", refusal.remedy())
                .build();
        Status status = (refusal.code().sort() == Code.Sort.EXHAUSTED
                        ? Status.RESOURCE_EXHAUSTED
                        : Status.FAILED_PRECONDITION)
                .withDescription(refusal.toString());
        byte[] details = com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .addDetails(Any.pack(info))
                .build()
                .toByteArray();
        var metadata = new MetadataBuilder()
                .addBinary("grpc-status-details-bin", org.apache.pekko.util.ByteString.fromArray(details))
                .build();
        return new GrpcServiceException(status, metadata);
    }

    @Override
    public synchronized CompletionStage<GetNetworkResponse> getNetwork(GetNetworkRequest in) {
        return CompletableFuture.completedFuture(GetNetworkResponse.newBuilder()
                .setNetworkId(Ids.bytes(genesis.networkId()))
                .setName(genesis.name())
                .setTimeDivisor(genesis.timeDivisor())
                .setTreasury(Ids.bytes(genesis.treasury().address()))
                .setNowMillis(nowMillis)
                .setGenesis(ByteString.copyFromUtf8(GenesisCodec.toJson(genesis)))
                .build());
    }

    @Override
    public synchronized CompletionStage<SubmitResponse> submit(SubmitRequest in) {
        Bytes raw = Ids.bytes(in.getMessage());
        MessageCodec.Parsed parsed = MessageCodec.parse(raw, genesis.networkId());
        if (parsed instanceof MessageCodec.Refused refused) {
            return CompletableFuture.failedFuture(refuse(refused.refusal()));
        }
        var accepted = (MessageCodec.Accepted) parsed;
        if (!MessageCodec.verify(raw)) {
            throw new IllegalStateException("a client of ours sent a bad signature");
        }
        Host<?, ?, ?> host = host(accepted.target());
        Outcome outcome = decide(host, accepted.input());
        if (outcome instanceof Outcome.Refused refused) {
            return CompletableFuture.failedFuture(refuse(refused.refusal()));
        }
        Receipt receipt = outcome instanceof Outcome.Known known
                ? known.receipt()
                : new Receipt(accepted.target(), host.state.nextSlot() - 1, nowMillis, host.state.head());
        deliver();
        return CompletableFuture.completedFuture(SubmitResponse.newBuilder()
                .setReceipt(computer.autonet.v1.Receipt.newBuilder()
                        .setProcess(Ids.toProto(receipt.process()))
                        .setSlot(receipt.slot())
                        .setTimestampMillis(receipt.timestampMillis())
                        .setEntryHash(Ids.bytes(receipt.entryHash())))
                .build());
    }

    @Override
    public synchronized CompletionStage<GetNonceResponse> getNonce(GetNonceRequest in) {
        long last =
                Kernel.lastNonce(host(Ids.fromProto(in.getProcess())).state, new Identity(Ids.hash(in.getSender())));
        return CompletableFuture.completedFuture(
                GetNonceResponse.newBuilder().setNextNonce(last + 1).build());
    }

    private ProcessId owned(Kind kind, ByteString owner) {
        return ProcessId.owned(kind, genesis.networkId(), Ids.hash(owner));
    }

    private Head head(ProcessId id) {
        return Head.newBuilder()
                .setProcess(Ids.toProto(id))
                .setNextSlot(host(id).state.nextSlot())
                .setEntryHash(Ids.bytes(host(id).state.head()))
                .build();
    }

    private com.google.protobuf.Message domain(ProcessId id) {
        return KindCodec.of(id.kind()).stateToProto(host(id).state.domain());
    }

    @Override
    public synchronized CompletionStage<GetAccountResponse> getAccount(GetAccountRequest in) {
        ProcessId id = owned(Kind.ACCOUNT, in.getOwner());
        return CompletableFuture.completedFuture(GetAccountResponse.newBuilder()
                .setHead(head(id))
                .setAccount((AccountState) domain(id))
                .build());
    }

    @Override
    public synchronized CompletionStage<GetProjectResponse> getProject(GetProjectRequest in) {
        ProcessId id = Ids.fromProto(in.getProject());
        return CompletableFuture.completedFuture(GetProjectResponse.newBuilder()
                .setHead(head(id))
                .setProject((ProjectState) domain(id))
                .build());
    }

    @Override
    public synchronized CompletionStage<GetTaskResponse> getTask(GetTaskRequest in) {
        ProcessId id = Ids.fromProto(in.getTask());
        return CompletableFuture.completedFuture(GetTaskResponse.newBuilder()
                .setHead(head(id))
                .setTask((TaskState) domain(id))
                .build());
    }

    @Override
    public synchronized CompletionStage<GetSolverResponse> getSolver(GetSolverRequest in) {
        ProcessId id = owned(Kind.SOLVER, in.getOwner());
        return CompletableFuture.completedFuture(GetSolverResponse.newBuilder()
                .setHead(head(id))
                .setSolver((SolverState) domain(id))
                .build());
    }

    @Override
    public synchronized CompletionStage<GetCoordinatorResponse> getCoordinator(GetCoordinatorRequest in) {
        ProcessId id = owned(Kind.COORDINATOR, in.getOwner());
        return CompletableFuture.completedFuture(GetCoordinatorResponse.newBuilder()
                .setHead(head(id))
                .setCoordinator((CoordinatorState) domain(id))
                .build());
    }

    @Override
    public synchronized CompletionStage<GetAggregatorResponse> getAggregator(GetAggregatorRequest in) {
        ProcessId id = owned(Kind.AGGREGATOR, in.getProject().getHash());
        return CompletableFuture.completedFuture(GetAggregatorResponse.newBuilder()
                .setHead(head(id))
                .setAggregator((AggregatorState) domain(id))
                .build());
    }

    /** One who follows a log: behind, until it asks for an entry that is not there yet. */
    private static final class Watcher {}

    private synchronized CompletableFuture<SealedEntry> entry(ProcessId id, long slot, Watcher watcher) {
        Host<?, ?, ?> host = host(id);
        if (slot < host.log.size()) {
            return CompletableFuture.completedFuture(host.log.get((int) slot));
        }
        var later = new CompletableFuture<SealedEntry>();
        host.waiting.computeIfAbsent(slot, s -> new ArrayList<>()).add(new Waiting(watcher, later));
        behind.remove(watcher);
        return later;
    }

    private synchronized void begin(Watcher watcher) {
        behind.add(watcher);
        open.add(watcher);
    }

    private synchronized void end(Watcher watcher) {
        behind.remove(watcher);
        open.remove(watcher);
        ended.add(watcher);
    }

    /** How many watches are open. */
    public synchronized int watches() {
        return open.size();
    }

    /** From now on nobody can watch such processes, and is told this. */
    public void refuseWatches(Kind kind, Code why) {
        unwatchable.put(kind, why);
    }

    /** From now on there is no room to send these. */
    public void fullFor(Predicate<Hash> blobs) {
        full = blobs;
    }

    /** Whether all who follow a log have taken every entry of it. */
    public synchronized boolean allCaughtUp() {
        return behind.isEmpty();
    }

    @Override
    public Source<WatchResponse, NotUsed> watch(WatchRequest in) {
        ProcessId id = Ids.fromProto(in.getProcess());
        Code unwatched = unwatchable.get(id.kind());
        if (unwatched != null) {
            return Source.failed(refuse(new Refusal(unwatched, "it cannot be watched", "ask instead")));
        }
        var watcher = new Watcher();
        begin(watcher);
        return Source.unfoldAsync(
                        in.getFromSlot(),
                        slot -> entry(id, slot, watcher)
                                .thenApply(entry -> Optional.of(Pair.create(
                                        slot + 1,
                                        WatchResponse.newBuilder()
                                                .setEntry(Ids.bytes(entry.stored()))
                                                .build()))))
                .watchTermination((value, done) -> {
                    done.whenComplete((ok, failure) -> end(watcher));
                    return value;
                });
    }

    @Override
    public CompletionStage<PutBlobResponse> putBlob(Source<PutBlobRequest, NotUsed> in) {
        return in.runFold(ByteString.EMPTY, (all, next) -> all.concat(next.getChunk()), materializer)
                .thenApply(all -> {
                    Hash id = Hash.digest(all.toByteArray());
                    blobs.put(id, all.toByteArray());
                    return PutBlobResponse.newBuilder()
                            .setId(Ids.bytes(id))
                            .setSize(all.size())
                            .build();
                });
    }

    @Override
    public Source<GetBlobResponse, NotUsed> getBlob(GetBlobRequest in) {
        if (full.test(Ids.hash(in.getId()))) {
            return Source.failed(refuse(new Refusal(Code.FULL, "too much is being sent", "repeat later")));
        }
        byte[] content = blobs.get(Ids.hash(in.getId()));
        if (content == null) {
            return Source.failed(new GrpcServiceException(Status.NOT_FOUND.withDescription("no such blob")));
        }
        return Source.single(GetBlobResponse.newBuilder()
                .setChunk(ByteString.copyFrom(content))
                .build());
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("no participant asks for this");
    }

    /** What the models' questions are answered with; a test stands for the rounds that would publish it. */
    public void publish(Model model, byte[] parameters) {
        models.add(model);
        blobs.put(Ids.hash(model.getId()), parameters);
    }

    private CompletionStage<Model> model(computer.autonet.v1.ProcessId project, int round) {
        return models.stream()
                .filter(model -> model.getProject().equals(project) && (round == 0 || model.getRound() == round))
                .reduce((first, second) -> second)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new GrpcServiceException(Status.NOT_FOUND.withDescription("no such model"))));
    }

    @Override
    public CompletionStage<GetModelResponse> getModel(GetModelRequest in) {
        return model(in.getProject(), in.getRound())
                .thenApply(
                        model -> GetModelResponse.newBuilder().setModel(model).build());
    }

    @Override
    public CompletionStage<ListModelsResponse> listModels(ListModelsRequest in) {
        return CompletableFuture.completedFuture(ListModelsResponse.newBuilder()
                .addAllModels(models.stream()
                        .filter(model -> model.getProject().equals(in.getProject()))
                        .toList())
                .build());
    }

    @Override
    public CompletionStage<ListParticipantsResponse> listParticipants(ListParticipantsRequest in) {
        throw unused();
    }

    @Override
    public CompletionStage<GetConstitutionResponse> getConstitution(GetConstitutionRequest in) {
        throw unused();
    }

    @Override
    public synchronized Source<ReadEntriesResponse, NotUsed> readEntries(ReadEntriesRequest in) {
        return Source.from(host(Ids.fromProto(in.getProcess())).log.stream()
                .skip(in.getFromSlot())
                .map(entry -> ReadEntriesResponse.newBuilder()
                        .setEntry(Ids.bytes(entry.stored()))
                        .build())
                .toList());
    }

    @Override
    public synchronized Source<ListProcessesResponse, NotUsed> listProcesses(ListProcessesRequest in) {
        return Source.from(hosts.entrySet().stream()
                .filter(host -> !host.getValue().log.isEmpty())
                .map(host -> ListProcessesResponse.newBuilder()
                        .setProcess(Ids.toProto(host.getKey()))
                        .build())
                .toList());
    }

    /** The answer of this network's only "model": the class is the place of the brightest of the first ten values. */
    @Override
    public CompletionStage<InferResponse> infer(InferRequest in) {
        var response = InferResponse.newBuilder();
        for (Sample sample : in.getInputsList()) {
            int brightest = 0;
            for (int i = 1; i < 10; i++) {
                brightest = sample.getValues(i) > sample.getValues(brightest) ? i : brightest;
            }
            var prediction = Prediction.newBuilder().setLabel(brightest);
            for (int i = 0; i < 10; i++) {
                prediction.addProbabilities(i == brightest ? 0.91f : 0.01f);
            }
            response.addPredictions(prediction);
        }
        return model(in.getProject(), in.getRound())
                .thenApply(model -> response.setModel(model).build());
    }
}
