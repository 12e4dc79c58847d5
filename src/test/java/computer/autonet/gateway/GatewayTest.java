package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static computer.autonet.gateway.Settlers.ADA;
import static computer.autonet.gateway.Settlers.BOB;
import static computer.autonet.gateway.Settlers.account;
import static computer.autonet.gateway.Settlers.sign;
import static computer.autonet.gateway.Settlers.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.Ids;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.Mandate;
import computer.autonet.protocol.account.Right;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.v1.GetAccountRequest;
import computer.autonet.v1.GetAccountResponse;
import computer.autonet.v1.GetAggregatorRequest;
import computer.autonet.v1.GetBlobRequest;
import computer.autonet.v1.GetBlobResponse;
import computer.autonet.v1.GetConstitutionRequest;
import computer.autonet.v1.GetCoordinatorRequest;
import computer.autonet.v1.GetModelRequest;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.GetNonceRequest;
import computer.autonet.v1.GetProjectRequest;
import computer.autonet.v1.GetSolverRequest;
import computer.autonet.v1.GetTaskRequest;
import computer.autonet.v1.ListModelsRequest;
import computer.autonet.v1.ListParticipantsRequest;
import computer.autonet.v1.ListProcessesRequest;
import computer.autonet.v1.PutBlobRequest;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.Receipt;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.WatchRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway does for a stranger, on a whole node. Each test acts as a person of its own. */
class GatewayTest {
    @TempDir
    static Path directory;

    private static LiveNode node;

    @BeforeAll
    static void start() throws IOException {
        node = new LiveNode(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static SubmitRequest request(Bytes message) {
        return SubmitRequest.newBuilder().setMessage(Ids.bytes(message)).build();
    }

    private static long soon() {
        return node.clock.millis() + 60_000;
    }

    private static long nonce(SigningKey key) {
        return await(node.client.getNonce(GetNonceRequest.newBuilder()
                        .setProcess(Ids.toProto(account(key)))
                        .setSender(Ids.bytes(key.identity().address()))
                        .build()))
                .getNextNonce();
    }

    private static Receipt submitAsAda(computer.autonet.protocol.process.Command command) {
        return await(node.client.submit(request(sign(ADA, account(ADA), command, nonce(ADA), soon()))))
                .getReceipt();
    }

    private static GetAccountResponse accountOf(SigningKey key) {
        return await(node.client.getAccount(GetAccountRequest.newBuilder()
                .setOwner(Ids.bytes(key.identity().address()))
                .build()));
    }

    private static List<Bytes> entries(ProcessId process) {
        return await(node.client
                .readEntries(ReadEntriesRequest.newBuilder()
                        .setProcess(Ids.toProto(process))
                        .build())
                .map(response -> Ids.bytes(response.getEntry()))
                .runWith(Sink.seq(), node.system));
    }

    @Test
    void anActIsAnsweredWithWhereItStandsAndAgainWithTheSame() {
        Bytes message = sign(ADA, account(ADA), transfer(BOB, "5"), nonce(ADA), soon());
        Receipt receipt = await(node.client.submit(request(message))).getReceipt();
        assertThat(await(node.client.submit(request(message))).getReceipt()).isEqualTo(receipt);

        var entry = EntryCodec.read(account(ADA), entries(account(ADA)).get((int) receipt.getSlot()));
        assertThat(Ids.fromProto(receipt.getProcess())).isEqualTo(account(ADA));
        assertThat(Ids.hash(receipt.getEntryHash())).isEqualTo(entry.hash());
        assertThat(receipt.getTimestampMillis()).isEqualTo(entry.draft().timestampMillis());
        assertThat(receipt.getCreatedList()).isEmpty();
        assertThat(nonce(ADA)).isGreaterThan(receipt.getSlot());

        var head = accountOf(ADA).getHead();
        assertThat(Ids.fromProto(head.getProcess())).isEqualTo(account(ADA));
        assertThat(head.getNextSlot()).isGreaterThan(receipt.getSlot());
    }

    @Test
    void gate04TheReceiptNamesTheProjectThatTheActCreated() {
        Receipt receipt = submitAsAda(new AccountCommand.CreateProject(Settlers.terms("first")));
        assertThat(receipt.getCreatedList()).hasSize(1);
        var project = receipt.getCreated(0);
        assertThat(project.getKind()).isEqualTo(computer.autonet.v1.Kind.KIND_PROJECT);

        // The founding travels from the account to the project; its first entry says that it arrived.
        await(node.client
                .watch(WatchRequest.newBuilder().setProcess(project).build())
                .runWith(Sink.head(), node.system));
        var founded = await(node.client.getProject(
                        GetProjectRequest.newBuilder().setProject(project).build()))
                .getProject()
                .getFounded();
        assertThat(founded.getTerms().getName()).isEqualTo("first");
        assertThat(await(node.client.listParticipants(ListParticipantsRequest.newBuilder()
                                .setProject(project)
                                .build()))
                        .getParticipantsList())
                .isEmpty();
        assertThat(await(node.client.listModels(ListModelsRequest.newBuilder()
                                .setProject(project)
                                .build()))
                        .getModelsList())
                .isEmpty();
        assertThat(refusal(node.client.getModel(
                                GetModelRequest.newBuilder().setProject(project).build()))
                        .reason())
                .isEqualTo("NO_SUCH_MODEL");
        assertThat(await(node.client.getAggregator(GetAggregatorRequest.newBuilder()
                                .setProject(project)
                                .build()))
                        .getHead()
                        .getNextSlot())
                .isZero();
    }

    /** GATE-04: also in another's name. */
    @Test
    void gate04TheReceiptNamesTheProjectThatAHolderCreatedForTheOwner() {
        SigningKey holder = Settlers.key("holder");
        var mandate = new Mandate(
                holder.identity(),
                List.of(Right.CREATE_PROJECT),
                Optional.empty(),
                Amount.ZERO,
                0,
                soon(),
                0,
                Asset.ATN);
        submitAsAda(new AccountCommand.GrantMandate(mandate, 0));
        long number = accountOf(ADA).getAccount().getNextMandate() - 1;
        var create = new AccountCommand.CreateProjectUnder(number, Settlers.terms("theirs"));
        Receipt receipt = await(node.client.submit(request(sign(holder, account(ADA), create, 1, soon()))))
                .getReceipt();
        assertThat(receipt.getCreatedList()).hasSize(1);
        assertThat(receipt.getCreated(0).getKind()).isEqualTo(computer.autonet.v1.Kind.KIND_PROJECT);
    }

    @Test
    void gate06AWatcherGetsWhatWasRecordedAndThenWhatIs() {
        Receipt before = submitAsAda(transfer(BOB, "1"));
        var seen = node.client
                .watch(WatchRequest.newBuilder()
                        .setProcess(before.getProcess())
                        .setFromSlot(before.getSlot())
                        .build())
                .map(response -> EntryCodec.read(account(ADA), Ids.bytes(response.getEntry()))
                        .draft()
                        .slot())
                .takeWhile(slot -> slot < before.getSlot() + 3, true)
                .runWith(Sink.seq(), node.system);
        for (int i = 0; i < 3; i++) {
            submitAsAda(transfer(BOB, "1"));
        }
        assertThat(await(seen))
                .startsWith(before.getSlot(), before.getSlot() + 1, before.getSlot() + 2, before.getSlot() + 3);
        assertThat(await(node.client
                        .listProcesses(ListProcessesRequest.getDefaultInstance())
                        .map(response -> Ids.fromProto(response.getProcess()))
                        .runWith(Sink.seq(), node.system)))
                .contains(account(ADA));
    }

    @Test
    void gate06WatchersWhoHoldAllPlacesKeepNobodyFromBlobsAndLogs() {
        var watch = WatchRequest.newBuilder()
                .setProcess(submitAsAda(transfer(BOB, "1")).getProcess())
                .build();
        var blob = await(node.client.putBlob(chunks(new byte[] {1}, 1))).getId();
        var holders = new ArrayList<UniqueKillSwitch>();
        var ends = new ArrayList<CompletionStage<Done>>();
        for (int i = 0; i < OpenStreams.MAX; i++) {
            var first = new CompletableFuture<Void>();
            var running = node.endpoint
                    .watch(watch)
                    .viaMat(KillSwitches.single(), Keep.right())
                    .toMat(Sink.foreach(entry -> first.complete(null)), Keep.both())
                    .run(node.system);
            holders.add(running.first());
            ends.add(running.second());
            await(first);
        }
        assertThat(refusal(node.client.watch(watch).runWith(Sink.head(), node.system))
                        .reason())
                .isEqualTo("FULL");
        assertThat(await(node.client
                        .getBlob(GetBlobRequest.newBuilder().setId(blob).build())
                        .runWith(Sink.seq(), node.system)))
                .hasSize(1);
        assertThat(await(node.client
                        .listProcesses(ListProcessesRequest.getDefaultInstance())
                        .runWith(Sink.seq(), node.system)))
                .isNotEmpty();

        holders.forEach(UniqueKillSwitch::shutdown);
        ends.forEach(Answers::await);
        await(node.client.watch(watch).runWith(Sink.head(), node.system));
    }

    @Test
    void theNetworkIsToldWithItsGenesisAndTheNodesClock() {
        var network = await(node.client.getNetwork(GetNetworkRequest.getDefaultInstance()));
        assertThat(Ids.hash(network.getNetworkId())).isEqualTo(Settlers.GENESIS.networkId());
        assertThat(GenesisCodec.fromJson(network.getGenesis().toStringUtf8())).isEqualTo(Settlers.GENESIS);
        assertThat(network.getPrinciplesList()).isEqualTo(Settlers.GENESIS.principles());
        assertThat(network.getNowMillis()).isBetween(node.clock.millis() - 60_000, node.clock.millis());
        assertThat(network.getIssued()).isEqualTo("2000" + "0".repeat(18));
        assertThat(await(node.client.getConstitution(GetConstitutionRequest.getDefaultInstance()))
                        .getConstitution()
                        .getPrinciplesList())
                .isEqualTo(Settlers.GENESIS.principles());
    }

    @Test
    void processesThatNobodyUsedHaveTheStateThatTheyBeginWith() {
        ByteString nobody = Ids.bytes(Hash.digest("nobody"));
        assertThat(await(node.client.getSolver(
                                GetSolverRequest.newBuilder().setOwner(nobody).build()))
                        .getHead()
                        .getNextSlot())
                .isZero();
        assertThat(await(node.client.getCoordinator(GetCoordinatorRequest.newBuilder()
                                .setOwner(nobody)
                                .build()))
                        .getHead()
                        .getNextSlot())
                .isZero();
        assertThat(await(node.client.getAccount(
                                GetAccountRequest.newBuilder().setOwner(nobody).build()))
                        .getAccount()
                        .getBalance())
                .isEqualTo("0");
    }

    @Test
    void gate07IdsThatAreNoneAreRefusedAndThoseOfNobodyNotFound() {
        var short31 = ByteString.copyFrom(new byte[31]);
        assertThat(refusal(node.client.getAccount(
                                GetAccountRequest.newBuilder().setOwner(short31).build()))
                        .status())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        var task = Ids.toProto(new ProcessId(Kind.TASK, Hash.digest("no task")));
        var wrong = refusal(node.client.getProject(
                GetProjectRequest.newBuilder().setProject(task).build()));
        assertThat(wrong.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(wrong.reason()).isEqualTo("WRONG_TARGET");
        var missing = refusal(
                node.client.getTask(GetTaskRequest.newBuilder().setTask(task).build()));
        assertThat(missing.status()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(missing.reason()).isEqualTo("NO_SUCH_PROCESS");
        assertThat(refusal(node.client
                                .watch(WatchRequest.newBuilder()
                                        .setProcess(task)
                                        .setFromSlot(-1)
                                        .build())
                                .runWith(Sink.ignore(), node.system))
                        .reason())
                .isEqualTo("INVALID_ARGUMENT");
    }

    private static Source<PutBlobRequest, org.apache.pekko.NotUsed> chunks(byte[] content, int size) {
        List<PutBlobRequest> chunks = new ArrayList<>();
        for (int at = 0; at < content.length; at += size) {
            chunks.add(PutBlobRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(content, at, Math.min(size, content.length - at)))
                    .build());
        }
        return Source.from(chunks);
    }

    private static java.util.concurrent.CompletionStage<ByteString> blob(BlobId id) {
        return node.client
                .getBlob(GetBlobRequest.newBuilder().setId(Ids.bytes(id.hash())).build())
                .map(GetBlobResponse::getChunk)
                .runWith(Sink.fold(ByteString.EMPTY, ByteString::concat), node.system);
    }

    @Test
    void gate09ABlobComesBackByItsHash() {
        byte[] content = new byte[700_001];
        new Random(1).nextBytes(content);
        var put = await(node.client.putBlob(chunks(content, BlobTransfer.MAX_CHUNK)));
        assertThat(put.getSize()).isEqualTo(content.length);
        assertThat(Ids.hash(put.getId())).isEqualTo(Hash.digest(content));
        assertThat(await(blob(BlobId.of(content))).toByteArray()).isEqualTo(content);
    }

    @Test
    void gate09AnUnknownBlobIsNotFoundAndOneTooLargeLeavesNothing() {
        var missing = refusal(blob(BlobId.of(new byte[] {9})));
        assertThat(missing.status()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(missing.reason()).isEqualTo("NO_SUCH_BLOB");

        byte[] content = new byte[LiveNode.MAX_BLOB + 1];
        var large = refusal(node.client.putBlob(chunks(content, BlobTransfer.MAX_CHUNK)));
        assertThat(large.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(large.reason()).isEqualTo("TOO_LARGE");
        assertThat(refusal(blob(BlobId.of(content))).reason()).isEqualTo("NO_SUCH_BLOB");
    }

    @Test
    void gate08AChunkBeyondTheLimitIsRefusedBeforeItIsGathered() {
        byte[] content = new byte[BlobTransfer.MAX_CHUNK + 1];
        assertThat(refusal(node.client.putBlob(chunks(content, content.length))).reason())
                .isEqualTo("TOO_LARGE");
        byte[] huge = new byte[LiveNode.MAX_BLOB];
        var no = refusal(node.client.putBlob(chunks(huge, huge.length)));
        assertThat(no.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(no.detail()).contains("a message of the request has 1048580 bytes");
    }
}
