package computer.autonet.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.Ids;
import computer.autonet.port.Blobs;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.v1.AccountState;
import computer.autonet.v1.AggregatorState;
import computer.autonet.v1.ConstitutionState;
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
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.InferResponse;
import computer.autonet.v1.ListModelsRequest;
import computer.autonet.v1.ListModelsResponse;
import computer.autonet.v1.ListParticipantsRequest;
import computer.autonet.v1.ListParticipantsResponse;
import computer.autonet.v1.ListProcessesRequest;
import computer.autonet.v1.ListProcessesResponse;
import computer.autonet.v1.Participant;
import computer.autonet.v1.ProjectState;
import computer.autonet.v1.PutBlobRequest;
import computer.autonet.v1.PutBlobResponse;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.ReadEntriesResponse;
import computer.autonet.v1.Receipt;
import computer.autonet.v1.SolverState;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.SubmitResponse;
import computer.autonet.v1.TaskState;
import computer.autonet.v1.WatchRequest;
import computer.autonet.v1.WatchResponse;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** Every call of {@code gateway.proto}: translates between requests and the processes, blobs and models behind it. */
public final class GatewayEndpoint implements GatewayService {
    private final Genesis genesis;
    private final ByteString genesisFile;
    private final InstantSource clock;
    private final Log log;
    private final Submissions submissions;
    private final Queries queries;
    private final Models models;
    private final Inference inference;
    private final BlobTransfer blobs;
    private final OpenStreams watches = new OpenStreams();
    /** Apart from the watches, which last: those who hold all their places still read and bring blobs. */
    private final OpenStreams transfers = new OpenStreams();

    public GatewayEndpoint(
            ActorSystem<?> system, Genesis genesis, InstantSource clock, Log log, Blobs blobs, Trainer trainer) {
        Materializer materializer = Materializer.createMaterializer(system);
        this.genesis = genesis;
        this.genesisFile = ByteString.copyFromUtf8(GenesisCodec.toJson(genesis));
        this.clock = clock;
        this.log = log;
        this.submissions = new Submissions(log, genesis.networkId(), clock, materializer);
        this.queries = new Queries(log, genesis.networkId());
        this.models = new Models(queries);
        this.inference = new Inference(models, blobs, trainer);
        this.blobs = new BlobTransfer(blobs, materializer);
    }

    /** The process that the whole network shares: its owner is the network itself. */
    public static ProcessId constitution(Hash network) {
        return ProcessId.owned(Kind.CONSTITUTION, network, network);
    }

    @Override
    public CompletionStage<GetNetworkResponse> getNetwork(GetNetworkRequest request) {
        return CompletableFuture.completedFuture(GetNetworkResponse.newBuilder()
                .setNetworkId(Ids.bytes(genesis.networkId()))
                .setName(genesis.name())
                .setTimeDivisor(genesis.timeDivisor())
                .setTreasury(Ids.bytes(genesis.treasury().address()))
                .addAllPrinciples(genesis.principles())
                .setNowMillis(clock.millis())
                .setIssued(Tables.at(genesis.issued(), Asset.ATN).units().toString())
                .setGenesis(genesisFile)
                .build());
    }

    @Override
    public CompletionStage<SubmitResponse> submit(SubmitRequest request) {
        return submit(Ids.bytes(request.getMessage()))
                .thenApply(receipt ->
                        SubmitResponse.newBuilder().setReceipt(receipt).build());
    }

    /** @param observer told of the outcome of each submission: {@code ACCEPTED} or the code of the refusal */
    public void observeSubmissions(Consumer<String> observer) {
        submissions.observe(observer);
    }

    /** How many submissions are under way now. */
    public int submissionsInFlight() {
        return submissions.inFlight();
    }

    /** As the operator's acts come in, too: there is one way. */
    CompletionStage<Receipt> submit(Bytes message) {
        return submissions.submit(message);
    }

    /** The nonce that a sender must use next with a process. */
    CompletionStage<Long> nextNonce(ProcessId process, Identity sender) {
        return queries.nextNonce(process, sender);
    }

    @Override
    public CompletionStage<GetNonceResponse> getNonce(GetNonceRequest request) {
        return nextNonce(Ids.fromProto(request.getProcess()), new Identity(Ids.hash(request.getSender())))
                .thenApply(nonce ->
                        GetNonceResponse.newBuilder().setNextNonce(nonce).build());
    }

    @Override
    public CompletionStage<GetAccountResponse> getAccount(GetAccountRequest request) {
        return state(
                owned(Kind.ACCOUNT, request.getOwner()),
                AccountState.class,
                found -> GetAccountResponse.newBuilder()
                        .setHead(found.head())
                        .setAccount(found.domain())
                        .build());
    }

    @Override
    public CompletionStage<GetProjectResponse> getProject(GetProjectRequest request) {
        return state(
                Queries.idOf(Kind.PROJECT, request.getProject()),
                ProjectState.class,
                found -> GetProjectResponse.newBuilder()
                        .setHead(found.head())
                        .setProject(found.domain())
                        .build());
    }

    @Override
    public CompletionStage<GetTaskResponse> getTask(GetTaskRequest request) {
        return state(
                Queries.idOf(Kind.TASK, request.getTask()),
                TaskState.class,
                found -> GetTaskResponse.newBuilder()
                        .setHead(found.head())
                        .setTask(found.domain())
                        .build());
    }

    @Override
    public CompletionStage<GetModelResponse> getModel(GetModelRequest request) {
        return models.find(request.getProject(), request.getRound())
                .thenApply(
                        model -> GetModelResponse.newBuilder().setModel(model).build());
    }

    @Override
    public CompletionStage<ListModelsResponse> listModels(ListModelsRequest request) {
        return models.list(request.getProject())
                .thenApply(
                        all -> ListModelsResponse.newBuilder().addAllModels(all).build());
    }

    @Override
    public CompletionStage<ListParticipantsResponse> listParticipants(ListParticipantsRequest request) {
        return state(Queries.idOf(Kind.PROJECT, request.getProject()), ProjectState.class, found -> {
            var response = ListParticipantsResponse.newBuilder();
            for (var member : found.domain().getFounded().getRosterList()) {
                response.addParticipants(
                        Participant.newBuilder().setKey(member.getKey()).setMember(member.getValue()));
            }
            return response.build();
        });
    }

    @Override
    public CompletionStage<GetSolverResponse> getSolver(GetSolverRequest request) {
        return state(
                owned(Kind.SOLVER, request.getOwner()),
                SolverState.class,
                found -> GetSolverResponse.newBuilder()
                        .setHead(found.head())
                        .setSolver(found.domain())
                        .build());
    }

    @Override
    public CompletionStage<GetCoordinatorResponse> getCoordinator(GetCoordinatorRequest request) {
        return state(
                owned(Kind.COORDINATOR, request.getOwner()),
                CoordinatorState.class,
                found -> GetCoordinatorResponse.newBuilder()
                        .setHead(found.head())
                        .setCoordinator(found.domain())
                        .build());
    }

    @Override
    public CompletionStage<GetAggregatorResponse> getAggregator(GetAggregatorRequest request) {
        ProcessId project = Queries.idOf(Kind.PROJECT, request.getProject());
        return state(
                queries.owned(Kind.AGGREGATOR, project.hash()),
                AggregatorState.class,
                found -> GetAggregatorResponse.newBuilder()
                        .setHead(found.head())
                        .setAggregator(found.domain())
                        .build());
    }

    @Override
    public CompletionStage<GetConstitutionResponse> getConstitution(GetConstitutionRequest request) {
        return state(
                constitution(genesis.networkId()),
                ConstitutionState.class,
                found -> GetConstitutionResponse.newBuilder()
                        .setHead(found.head())
                        .setConstitution(found.domain())
                        .build());
    }

    private ProcessId owned(Kind kind, ByteString owner) {
        return queries.owned(kind, Ids.hash(owner));
    }

    private <M extends Message, R> CompletionStage<R> state(
            ProcessId id, Class<M> type, Function<Queries.Found<M>, R> response) {
        return queries.state(id, type).thenApply(response);
    }

    @Override
    public Source<WatchResponse, NotUsed> watch(WatchRequest request) {
        return watches.bounded(log.watch(Ids.fromProto(request.getProcess()), slot(request.getFromSlot()))
                .map(entry ->
                        WatchResponse.newBuilder().setEntry(Ids.bytes(entry)).build()));
    }

    @Override
    public Source<ReadEntriesResponse, NotUsed> readEntries(ReadEntriesRequest request) {
        return transfers.bounded(log.entries(Ids.fromProto(request.getProcess()), slot(request.getFromSlot()))
                .map(entry -> ReadEntriesResponse.newBuilder()
                        .setEntry(Ids.bytes(entry))
                        .build()));
    }

    private static long slot(long slot) {
        if (slot < 0) {
            throw Problem.of(Code.INVALID_ARGUMENT, "there is no slot " + slot, "count slots from 0");
        }
        return slot;
    }

    @Override
    public Source<ListProcessesResponse, NotUsed> listProcesses(ListProcessesRequest request) {
        return transfers.bounded(log.processIds()
                .map(id -> ListProcessesResponse.newBuilder()
                        .setProcess(Ids.toProto(id))
                        .build()));
    }

    @Override
    public CompletionStage<PutBlobResponse> putBlob(Source<PutBlobRequest, NotUsed> chunks) {
        return transfers.bounded(() -> blobs.put(transfers.arriving(chunks)));
    }

    @Override
    public Source<GetBlobResponse, NotUsed> getBlob(GetBlobRequest request) {
        return transfers.bounded(blobs.get(new BlobId(Ids.hash(request.getId()))));
    }

    @Override
    public CompletionStage<InferResponse> infer(InferRequest request) {
        return inference.infer(request);
    }
}
