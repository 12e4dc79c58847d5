package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static computer.autonet.gateway.Settlers.ADA;
import static computer.autonet.gateway.Settlers.BOB;
import static computer.autonet.gateway.Settlers.account;
import static computer.autonet.gateway.Settlers.sign;
import static computer.autonet.gateway.Settlers.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.blob.DiskBlobs;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.Ids;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Trainer;
import computer.autonet.process.ProcessView;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Stage;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GatewayServiceClient;
import computer.autonet.v1.GetConstitutionRequest;
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.ListIdentitiesRequest;
import computer.autonet.v1.OperatorServiceClient;
import computer.autonet.v1.Sample;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.SubmitResponse;
import grpc.reflection.v1alpha.reflection.ServerReflectionClient;
import grpc.reflection.v1alpha.reflection.ServerReflectionRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway makes of processes that refuse, fail, are slow, or cannot be reached; and the services around it. */
class FailuresTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ModelSpec SPEC = new ModelSpec(ModelSpec.Architecture.MLP, 8, 8, 10);

    @TempDir
    static Path directory;

    private static ActorSystem<Void> system;
    private static DiskBlobs blobs;
    private static Trainer trainer;
    private static GatewayBinding binding;
    private static GatewayServiceClient client;
    private static final ScriptedLog LOG = new ScriptedLog();
    private static final AtomicBoolean SERVING = new AtomicBoolean(true);

    private static <T> CompletionStage<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    @BeforeAll
    static void start() throws IOException {
        system = ActorSystem.create(
                Behaviors.empty(),
                "edge",
                ConfigFactory.parseString("pekko.fail-mixed-versions = off").withFallback(ConfigFactory.load()));
        blobs = DiskBlobs.open(directory.resolve("blobs"), 1 << 20, 2);
        trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());
        var endpoint = new GatewayEndpoint(system, Settlers.GENESIS, CLOCK, LOG, blobs, trainer);
        binding = await(GatewayBinding.bind(system, "127.0.0.1", 0, endpoint, SERVING::get));
        client = GatewayServiceClient.create(LiveNode.settings(system, binding), system);
    }

    @AfterAll
    static void stop() {
        await(client.close());
        await(binding.unbind(Duration.ofSeconds(5)));
        system.terminate();
        await(system.getWhenTerminated());
        blobs.close();
    }

    private static CompletionStage<SubmitResponse> submit(long nonce) {
        Bytes message = sign(ADA, account(ADA), transfer(BOB, "1"), nonce, CLOCK.millis() + 60_000);
        return client.submit(
                SubmitRequest.newBuilder().setMessage(Ids.bytes(message)).build());
    }

    @Test
    void gate03EveryCodeHasTheStatusOfItsSort() {
        for (Code code : Code.values()) {
            LOG.submit = message -> failed(Problem.of(code, "found…\nthis", "do that"));
            var no = refusal(submit(1));
            assertThat(no.reason()).isEqualTo(code.name());
            assertThat(no.detail()).isEqualTo("found…\nthis");
            assertThat(no.remedy()).isEqualTo("do that");
            assertThat(no.status())
                    .isEqualTo(
                            switch (code.sort()) {
                                case INVALID -> Status.Code.INVALID_ARGUMENT;
                                case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
                                case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
                                case MISSING -> Status.Code.NOT_FOUND;
                                case EXISTS -> Status.Code.ALREADY_EXISTS;
                                case PRECONDITION -> Status.Code.FAILED_PRECONDITION;
                                case EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
                            });
        }
    }

    @Test
    void gate05WhatNobodyForesawIsAnIncidentWithoutAnyInside() {
        LOG.query = id -> failed(new IllegalStateException("a secret inside"));
        var no = refusal(client.getConstitution(GetConstitutionRequest.getDefaultInstance()));
        assertThat(no.status()).isEqualTo(Status.Code.INTERNAL);
        assertThat(no.detail()).matches("incident [0-9a-f-]{36}");
        assertThat(no.description() + no.remedy()).doesNotContain("secret", "IllegalState", "at computer");
    }

    @Test
    void gate05AClusterThatDoesNotAnswerIsUnavailableWithARemedy() {
        LOG.query = id -> failed(Problem.unavailable("nobody answers", "repeat it"));
        var no = refusal(client.getConstitution(GetConstitutionRequest.getDefaultInstance()));
        assertThat(no.status()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(no.remedy()).isEqualTo("repeat it");
    }

    @Test
    void gate02MoreThanTheBoundAreRefusedAtOnceAndTheRestIsAnswered() throws InterruptedException {
        var hold = new CompletableFuture<Receipt>();
        var arrived = new CountDownLatch(Submissions.MAX_IN_FLIGHT);
        LOG.submit = message -> {
            arrived.countDown();
            return hold;
        };
        // One HTTP/2 connection carries 256 calls at a time.
        List<GatewayServiceClient> clients = new ArrayList<>();
        List<CompletionStage<SubmitResponse>> calls = new ArrayList<>();
        Bytes message = sign(ADA, account(ADA), transfer(BOB, "1"), 1, CLOCK.millis() + 60_000);
        var request = SubmitRequest.newBuilder().setMessage(Ids.bytes(message)).build();
        for (int c = 0; c < 4; c++) {
            var each = GatewayServiceClient.create(LiveNode.settings(system, binding), system);
            clients.add(each);
            for (int i = 0; i < Submissions.MAX_IN_FLIGHT / 4; i++) {
                calls.add(each.submit(request));
            }
        }
        assertThat(arrived.await(40, TimeUnit.SECONDS)).isTrue();
        var no = refusal(client.submit(request));
        assertThat(no.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(no.reason()).isEqualTo("FULL");
        hold.complete(new Receipt(account(ADA), 0, 1, Hash.digest("entry")));
        for (var call : calls) {
            assertThat(await(call).getReceipt().getTimestampMillis()).isEqualTo(1);
        }
        assertThat(await(client.submit(request)).getReceipt().getSlot()).isZero();
        clients.forEach(each -> await(each.close()));
    }

    @Test
    void gate12HealthTellsWhetherTheNodeAnswersAndWhenThatChanges() {
        var health = HealthClient.create(LiveNode.settings(system, binding), system);
        var named =
                HealthCheckRequest.newBuilder().setService(GatewayService.name).build();
        assertThat(await(health.check(HealthCheckRequest.getDefaultInstance())).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(await(health.check(named)).getStatus()).isEqualTo(ServingStatus.SERVING);
        var unknown = HealthCheckRequest.newBuilder().setService("no.Such").build();
        assertThat(refusal(health.check(unknown)).status()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(await(health.watch(unknown).runWith(Sink.head(), system)).getStatus())
                .isEqualTo(ServingStatus.SERVICE_UNKNOWN);
        var changes = health.watch(named)
                .map(response -> {
                    SERVING.set(response.getStatus() != ServingStatus.SERVING);
                    return response.getStatus();
                })
                .take(3)
                .runWith(Sink.seq(), system);
        assertThat(await(changes))
                .containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
        SERVING.set(true);
        await(health.close());
    }

    @Test
    void gate12ReflectionListsTheServices() {
        var reflection = ServerReflectionClient.apply(LiveNode.settings(system, binding), system);
        var request = ServerReflectionRequest.defaultInstance().withListServices("");
        var names = await(reflection
                .serverReflectionInfo(org.apache.pekko.stream.scaladsl.Source.single(request))
                .asJava()
                .map(response -> String.valueOf(response.messageResponse()))
                .runWith(Sink.head(), system));
        assertThat(names).contains(GatewayService.name, "grpc.health.v1.Health");
        Answers.await(scala.jdk.javaapi.FutureConverters.asJava(reflection.close()));
    }

    @Test
    void gate12AMethodThatIsNoneIsUnimplemented() {
        var no = Statuses.problem(new UnsupportedOperationException("Not implemented: Mint"));
        assertThat(no.status()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(no.reason()).isEqualTo("UNKNOWN_METHOD");
    }

    @Test
    void gate03AServiceThatIsNotOfferedHereIsUnimplementedWithARemedy() {
        var elsewhere = OperatorServiceClient.create(LiveNode.settings(system, binding), system);
        var no = refusal(elsewhere.listIdentities(ListIdentitiesRequest.getDefaultInstance()));
        assertThat(no.status()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(no.reason()).isEqualTo("UNKNOWN_METHOD");
        assertThat(no.remedy()).isEqualTo("call a method that server reflection lists");
        await(elsewhere.close());
    }

    /** A project that published two models, of which the first is no blob here. */
    private static ProcessId project(BlobId latest) {
        ProcessId id = new ProcessId(Kind.PROJECT, latest.hash());
        var founded = new ProjectState.Founded(
                new Identity(Hash.digest("owner")),
                Settlers.terms("published"),
                Tables.empty(),
                Hash.digest("seed"),
                3,
                1,
                new Stage.Gathering(),
                List.of(),
                List.of(BlobId.of(new byte[] {7}), latest),
                List.of());
        var state = new ProcessState<>(
                id,
                Versions.FIRST,
                9,
                1,
                1,
                id.hash(),
                Tables.empty(),
                Tables.empty(),
                Tables.empty(),
                Tables.empty(),
                founded);
        LOG.query = asked -> CompletableFuture.completedFuture(ProcessView.of(state, Optional.empty()));
        return id;
    }

    private static InferRequest.Builder infer(ProcessId project, int inputs, int values) {
        var request = InferRequest.newBuilder().setProject(Ids.toProto(project));
        for (int i = 0; i < inputs; i++) {
            var sample = Sample.newBuilder();
            for (int k = 0; k < values; k++) {
                sample.addValues((i + k) % 17 / 16f);
            }
            request.addInputs(sample);
        }
        return request;
    }

    private static BlobId put(byte[] content) {
        return await(blobs.put(new ByteArrayInputStream(content)));
    }

    @Test
    void gate10AndGate11TheLatestModelAnswersABatchAsTheTrainerDoes() {
        float[] parameters = trainer.initial(SPEC, 3);
        ProcessId project = project(put(Parameters.of(parameters).encode()));
        var request = infer(project, 5, 64);
        for (int repeat = 0; repeat < 2; repeat++) {
            var answer = await(client.infer(request.build()));
            assertThat(answer.getModel().getRound()).isEqualTo(2);
            assertThat(Ids.hash(answer.getModel().getId()))
                    .isEqualTo(Parameters.of(parameters).id().hash());
            float[][] inputs = new float[5][64];
            for (int i = 0; i < 5; i++) {
                for (int k = 0; k < 64; k++) {
                    inputs[i][k] = request.getInputs(i).getValues(k);
                }
            }
            var expected = await(trainer.predict(SPEC, parameters, inputs));
            for (int i = 0; i < 5; i++) {
                assertThat(answer.getPredictions(i).getLabel()).isEqualTo(expected.classes()[i]);
                assertThat(answer.getPredictions(i).getProbabilitiesList()).hasSize(10);
                assertThat(answer.getPredictions(i).getProbabilities(0)).isEqualTo(expected.probabilities()[i][0]);
            }
        }
        assertThat(refusal(client.infer(infer(project, 1, 64).setRound(1).build()))
                        .reason())
                .isEqualTo("NO_SUCH_BLOB");
        assertThat(refusal(client.infer(infer(project, 1, 64).setRound(3).build()))
                        .reason())
                .isEqualTo("NO_SUCH_MODEL");
    }

    @Test
    void gate11InputsThatAreNoneAndBatchesTooLargeAreRefused() {
        ProcessId project = project(put(Parameters.of(trainer.initial(SPEC, 4)).encode()));
        for (var bad : List.of(
                infer(project, 0, 64),
                infer(project, Inference.MAX_BATCH + 1, 1),
                infer(project, 1, 63),
                infer(project, 1, 64)
                        .setInputs(
                                0,
                                infer(project, 1, 63).getInputs(0).toBuilder().addValues(Float.NaN)),
                infer(project, 1, 64)
                        .setInputs(
                                0,
                                infer(project, 1, 63).getInputs(0).toBuilder().addValues(2)))) {
            var no = refusal(client.infer(bad.build()));
            assertThat(no.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(no.reason()).isEqualTo("INVALID_ARGUMENT");
        }
    }

    @Test
    void gate11ABlobThatIsNoModelIsUnusable() {
        var no = refusal(client.infer(infer(project(put(new byte[] {1, 2, 3})), 1, 64)
                .build()));
        assertThat(no.status()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(no.reason()).isEqualTo("MODEL_UNUSABLE");
    }
}
