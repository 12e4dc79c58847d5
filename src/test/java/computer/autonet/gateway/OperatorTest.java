package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static computer.autonet.gateway.Settlers.ADA;
import static computer.autonet.gateway.Settlers.BOB;
import static computer.autonet.gateway.Settlers.EVE;
import static computer.autonet.gateway.Settlers.account;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import computer.autonet.base.Hash;
import computer.autonet.codec.Ids;
import computer.autonet.port.Keys;
import computer.autonet.port.KeysException;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.v1.AccountCommand;
import computer.autonet.v1.AccountState;
import computer.autonet.v1.ActRequest;
import computer.autonet.v1.ActResponse;
import computer.autonet.v1.ConstitutionCommand;
import computer.autonet.v1.GetAccountRequest;
import computer.autonet.v1.ListIdentitiesRequest;
import computer.autonet.v1.NamedIdentity;
import computer.autonet.v1.OperatorServiceClient;
import computer.autonet.v1.ProjectCommand;
import computer.autonet.v1.SolverCommand;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the holder of the token can have the node sign, and that nobody else can. */
class OperatorTest {
    @TempDir
    static Path directory;

    private static LiveNode node;
    private static GatewayBinding binding;
    private static OperatorServiceClient client;
    private static Path tokenFile;

    /** A keystore in memory. */
    private record Ring(Map<String, SigningKey> keys) implements Keys {
        @Override
        public List<String> names() {
            return List.copyOf(new TreeMap<>(keys).keySet());
        }

        @Override
        public SigningKey signer(String name) {
            SigningKey key = keys.get(name);
            if (key == null) {
                throw new KeysException(KeysException.Problem.NAME_UNKNOWN, "no " + name, "create it", null);
            }
            return key;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        node = new LiveNode(directory);
        tokenFile = directory.resolve("operator-token");
        Files.writeString(tokenFile, "that of the last run");
        var endpoint = new OperatorEndpoint(
                node.endpoint,
                new Ring(Map.of("ada", ADA, "bob", BOB, "eve", EVE)),
                Settlers.GENESIS.networkId(),
                node.clock,
                ForkJoinPool.commonPool());
        binding = await(GatewayBinding.bindOperator(node.system, 0, endpoint, OperatorToken.create(tokenFile)));
        client = OperatorServiceClient.create(LiveNode.settings(node.system, binding), node.system);
    }

    @AfterAll
    static void stop() {
        await(client.close());
        await(binding.unbind(Duration.ofSeconds(5)));
        node.close();
    }

    private static String bearer() {
        try {
            return "Bearer " + Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CompletionStage<ActResponse> act(ActRequest.Builder request) {
        return client.act().addHeader("authorization", bearer()).invoke(request.build());
    }

    private static ActRequest.Builder transfer(String from, SigningKey to) {
        return ActRequest.newBuilder()
                .setAs(from)
                .setTransfer(AccountCommand.Transfer.newBuilder()
                        .setTo(Ids.bytes(to.identity().address()))
                        .setAmount("1"));
    }

    private static String balance(SigningKey key) {
        return await(node.client.getAccount(GetAccountRequest.newBuilder()
                        .setOwner(Ids.bytes(key.identity().address()))
                        .build()))
                .getAccount()
                .getBalance();
    }

    @Test
    void gate13OnlyTheOwnerReadsTheTokenAndOnlyItsHolderActs() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                .isEqualTo("rw-------");
        assertThat(bearer()).matches("Bearer [0-9a-f]{64}");
        assertThat(binding.address().getAddress().isLoopbackAddress()).isTrue();
        String before = balance(EVE);
        for (var call : List.of(
                client.act(transfer("eve", BOB).build()),
                client.act()
                        .addHeader("authorization", bearer() + "0")
                        .invoke(transfer("eve", BOB).build()),
                client.act()
                        .addHeader("authorization", "Bearer that of the last run")
                        .invoke(transfer("eve", BOB).build()))) {
            var no = refusal(call);
            assertThat(no.status()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(no.reason()).isEqualTo("TOKEN_MISSING_OR_WRONG");
            assertThat(no.remedy()).contains("operator-token").doesNotContain(directory.toString());
        }
        assertThat(refusal(client.listIdentities(ListIdentitiesRequest.getDefaultInstance()))
                        .status())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(balance(EVE)).isEqualTo(before);
    }

    private static CompletionStage<ActResponse> send(ByteString asset) {
        ActRequest.Builder request = transfer("ada", BOB);
        request.getTransferBuilder().setAmount("5").setAsset(asset);
        return act(request);
    }

    private static AccountState stateOf(ByteString owner) {
        return await(node.client.getAccount(
                        GetAccountRequest.newBuilder().setOwner(owner).build()))
                .getAccount();
    }

    @Test
    void acc17AnyGrpcToolSendsAndSeesOtherAssets() {
        ByteString gold = Ids.bytes(Settlers.GOLD.token());
        await(send(gold));
        AccountState ada = stateOf(Ids.bytes(ADA.identity().address()));
        assertThat(ada.getAssetsList())
                .containsExactly(AccountState.AssetsPair.newBuilder()
                        .setKey(gold)
                        .setValue("995")
                        .build());
        for (ByteString wrong : List.of(ByteString.copyFrom(new byte[32]), ByteString.copyFromUtf8("gold"))) {
            var no = refusal(send(wrong));
            assertThat(no.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(refusal(send(Ids.bytes(Hash.digest("unheard of")))).reason()).isEqualTo("INSUFFICIENT_FUNDS");
    }

    @Test
    void gate14TheKeystoresIdentitiesAreListed() {
        var identities = await(client.listIdentities()
                .addHeader("authorization", bearer())
                .invoke(ListIdentitiesRequest.getDefaultInstance()));
        assertThat(identities.getIdentitiesList())
                .extracting(NamedIdentity::getName)
                .containsExactly("ada", "bob", "eve");
        assertThat(Ids.hash(identities.getIdentities(0).getAddress()))
                .isEqualTo(ADA.identity().address());
        assertThat(Ids.fromProto(identities.getIdentities(0).getAccount())).isEqualTo(account(ADA));
    }

    @Test
    void gate15ActsOfOneIdentityAtOnceGetOneNonceEach() {
        List<CompletionStage<ActResponse>> acts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            acts.add(act(transfer("ada", BOB)));
        }
        assertThat(acts.stream().map(stage -> await(stage).getReceipt().getSlot()))
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    @Test
    void gate14AnActGoesToTheIdentitysOwnProcessUnlessATargetIsGiven() {
        var declared = await(act(ActRequest.newBuilder()
                        .setAs("bob")
                        .setDeclare(SolverCommand.Declare.newBuilder().setCapacity(2))))
                .getReceipt();
        assertThat(declared.getProcess().getKind()).isEqualTo(computer.autonet.v1.Kind.KIND_SOLVER);
        var proposed = await(act(ActRequest.newBuilder()
                        .setAs("bob")
                        .setProposeAmendment(ConstitutionCommand.ProposeAmendment.newBuilder()
                                .setTitle("Rest")
                                .setText("Nodes may rest."))))
                .getReceipt();
        assertThat(Ids.fromProto(proposed.getProcess()))
                .isEqualTo(GatewayEndpoint.constitution(Settlers.GENESIS.networkId()));

        var open = refusal(
                act(ActRequest.newBuilder().setAs("bob").setResume(ProjectCommand.Resume.getDefaultInstance())));
        assertThat(open.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(open.remedy()).contains("'target'");
        assertThat(refusal(act(transfer("ada", BOB).setTarget(proposed.getProcess())))
                        .reason())
                .isEqualTo("WRONG_TARGET");
        assertThat(refusal(act(transfer("eve", BOB).setTarget(Ids.toProto(account(ADA)))))
                        .reason())
                .isEqualTo("NOT_YOURS");
        assertThat(refusal(act(ActRequest.newBuilder().setAs("ada"))).reason()).isEqualTo("INVALID_ARGUMENT");
        assertThat(refusal(act(transfer("mallory", BOB))).reason()).isEqualTo("NAME_UNKNOWN");
    }
}
