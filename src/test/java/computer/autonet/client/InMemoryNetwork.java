package computer.autonet.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.Ids;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Receipt;
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
import computer.autonet.v1.ProjectState;
import computer.autonet.v1.PutBlobRequest;
import computer.autonet.v1.PutBlobResponse;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.ReadEntriesResponse;
import computer.autonet.v1.SolverState;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.SubmitResponse;
import computer.autonet.v1.TaskState;
import computer.autonet.v1.WatchRequest;
import computer.autonet.v1.WatchResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** A whole network in memory: the real rules and codecs behind the gateway's interface, and a clock that a test moves. */
public final class InMemoryNetwork implements GatewayService {
    private final Genesis genesis;
    private final MemoryProcesses processes;
    private final MemoryWatches watches;
    private final MemoryBlobs blobs;
    private final MemoryModels models = new MemoryModels();
    private volatile Runnable onEntry = () -> {};

    public InMemoryNetwork(Genesis genesis, Materializer materializer) {
        this.genesis = genesis;
        processes = new MemoryProcesses(genesis);
        watches = new MemoryWatches(processes);
        blobs = new MemoryBlobs(materializer);
        processes.onLogged(entry -> {
            var unused = CompletableFuture.runAsync(onEntry);
            watches.logged(entry);
        });
    }

    /** Runs at once, on a thread of its own, whenever an entry has been logged. */
    public void onEntry(Runnable action) {
        onEntry = action;
    }

    /** How many entries all logs have. */
    public long entries() {
        return processes.entries();
    }

    public List<SealedEntry> log(ProcessId id) {
        return processes.log(id);
    }

    public Object state(ProcessId id) {
        return processes.state(id).domain();
    }

    public List<ProcessId> processes() {
        return processes.ids();
    }

    /** Moves the clock to the next deadline of any process and lets it act; false if there is none. */
    public boolean tickNext() {
        return processes.tickNext();
    }

    /** How many watches are open. */
    public int watches() {
        return watches.count();
    }

    /** Whether all who follow a log have taken every entry of it. */
    public boolean allCaughtUp() {
        return watches.allCaughtUp();
    }

    /** From now on nobody can watch such processes, and is told this. */
    public void refuseWatches(Kind kind, Code why) {
        watches.refuse(kind, why);
    }

    public byte[] blob(Hash id) {
        return blobs.at(id);
    }

    public void forget(Hash blob) {
        blobs.forget(blob);
    }

    /** From now on there is no room to send these. */
    public void fullFor(Predicate<Hash> these) {
        blobs.fullFor(these);
    }

    /** What the models' questions are answered with. */
    public void publish(Model model, byte[] parameters) {
        models.publish(model);
        blobs.keep(Ids.hash(model.getId()), parameters);
    }

    @Override
    public CompletionStage<GetNetworkResponse> getNetwork(GetNetworkRequest in) {
        return CompletableFuture.completedFuture(GetNetworkResponse.newBuilder()
                .setNetworkId(Ids.bytes(genesis.networkId()))
                .setName(genesis.name())
                .setTimeDivisor(genesis.timeDivisor())
                .setTreasury(Ids.bytes(genesis.treasury().address()))
                .setNowMillis(processes.nowMillis())
                .setGenesis(ByteString.copyFromUtf8(GenesisCodec.toJson(genesis)))
                .build());
    }

    @Override
    public CompletionStage<SubmitResponse> submit(SubmitRequest in) {
        Bytes raw = Ids.bytes(in.getMessage());
        MessageCodec.Parsed parsed = MessageCodec.parse(raw, genesis.networkId());
        if (parsed instanceof MessageCodec.Refused refused) {
            return CompletableFuture.failedFuture(RefusedCall.of(refused.refusal()));
        }
        var accepted = (MessageCodec.Accepted) parsed;
        if (!MessageCodec.verify(raw)) {
            throw new IllegalStateException("a client of ours sent a bad signature");
        }
        Outcome outcome = processes.submit(accepted.target(), accepted.input());
        if (outcome instanceof Outcome.Refused refused) {
            return CompletableFuture.failedFuture(RefusedCall.of(refused.refusal()));
        }
        Receipt receipt = ((Outcome.Known) outcome).receipt();
        return CompletableFuture.completedFuture(SubmitResponse.newBuilder()
                .setReceipt(computer.autonet.v1.Receipt.newBuilder()
                        .setProcess(Ids.toProto(receipt.process()))
                        .setSlot(receipt.slot())
                        .setTimestampMillis(receipt.timestampMillis())
                        .setEntryHash(Ids.bytes(receipt.entryHash())))
                .build());
    }

    @Override
    public CompletionStage<GetNonceResponse> getNonce(GetNonceRequest in) {
        long last = Kernel.lastNonce(
                processes.state(Ids.fromProto(in.getProcess())), new Identity(Ids.hash(in.getSender())));
        return CompletableFuture.completedFuture(
                GetNonceResponse.newBuilder().setNextNonce(last + 1).build());
    }

    private ProcessState<?> owned(Kind kind, ByteString owner) {
        return processes.state(ProcessId.owned(kind, genesis.networkId(), Ids.hash(owner)));
    }

    private static Head head(ProcessState<?> state) {
        return Head.newBuilder()
                .setProcess(Ids.toProto(state.id()))
                .setNextSlot(state.nextSlot())
                .setEntryHash(Ids.bytes(state.head()))
                .build();
    }

    private static Message domain(ProcessState<?> state) {
        return KindCodec.of(state.id().kind()).stateToProto(state.domain());
    }

    @Override
    public CompletionStage<GetAccountResponse> getAccount(GetAccountRequest in) {
        ProcessState<?> state = owned(Kind.ACCOUNT, in.getOwner());
        return CompletableFuture.completedFuture(GetAccountResponse.newBuilder()
                .setHead(head(state))
                .setAccount((AccountState) domain(state))
                .build());
    }

    @Override
    public CompletionStage<GetProjectResponse> getProject(GetProjectRequest in) {
        ProcessState<?> state = processes.state(Ids.fromProto(in.getProject()));
        return CompletableFuture.completedFuture(GetProjectResponse.newBuilder()
                .setHead(head(state))
                .setProject((ProjectState) domain(state))
                .build());
    }

    @Override
    public CompletionStage<GetTaskResponse> getTask(GetTaskRequest in) {
        ProcessState<?> state = processes.state(Ids.fromProto(in.getTask()));
        return CompletableFuture.completedFuture(GetTaskResponse.newBuilder()
                .setHead(head(state))
                .setTask((TaskState) domain(state))
                .build());
    }

    @Override
    public CompletionStage<GetSolverResponse> getSolver(GetSolverRequest in) {
        ProcessState<?> state = owned(Kind.SOLVER, in.getOwner());
        return CompletableFuture.completedFuture(GetSolverResponse.newBuilder()
                .setHead(head(state))
                .setSolver((SolverState) domain(state))
                .build());
    }

    @Override
    public CompletionStage<GetCoordinatorResponse> getCoordinator(GetCoordinatorRequest in) {
        ProcessState<?> state = owned(Kind.COORDINATOR, in.getOwner());
        return CompletableFuture.completedFuture(GetCoordinatorResponse.newBuilder()
                .setHead(head(state))
                .setCoordinator((CoordinatorState) domain(state))
                .build());
    }

    @Override
    public CompletionStage<GetAggregatorResponse> getAggregator(GetAggregatorRequest in) {
        ProcessState<?> state = owned(Kind.AGGREGATOR, in.getProject().getHash());
        return CompletableFuture.completedFuture(GetAggregatorResponse.newBuilder()
                .setHead(head(state))
                .setAggregator((AggregatorState) domain(state))
                .build());
    }

    @Override
    public Source<WatchResponse, NotUsed> watch(WatchRequest in) {
        return watches.watch(in);
    }

    @Override
    public CompletionStage<PutBlobResponse> putBlob(Source<PutBlobRequest, NotUsed> in) {
        return blobs.put(in);
    }

    @Override
    public Source<GetBlobResponse, NotUsed> getBlob(GetBlobRequest in) {
        return blobs.get(in);
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("no participant asks for this");
    }

    @Override
    public CompletionStage<GetModelResponse> getModel(GetModelRequest in) {
        return models.get(in);
    }

    @Override
    public CompletionStage<ListModelsResponse> listModels(ListModelsRequest in) {
        return models.list(in);
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
    public Source<ReadEntriesResponse, NotUsed> readEntries(ReadEntriesRequest in) {
        return Source.from(processes.log(Ids.fromProto(in.getProcess())).stream()
                .skip(in.getFromSlot())
                .map(entry -> ReadEntriesResponse.newBuilder()
                        .setEntry(Ids.bytes(entry.stored()))
                        .build())
                .toList());
    }

    @Override
    public Source<ListProcessesResponse, NotUsed> listProcesses(ListProcessesRequest in) {
        return Source.from(processes.begun().stream()
                .map(id -> ListProcessesResponse.newBuilder()
                        .setProcess(Ids.toProto(id))
                        .build())
                .toList());
    }

    @Override
    public CompletionStage<InferResponse> infer(InferRequest in) {
        return models.infer(in);
    }
}
