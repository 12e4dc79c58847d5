package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static computer.autonet.gateway.Settlers.ADA;
import static computer.autonet.gateway.Settlers.BOB;
import static computer.autonet.gateway.Settlers.account;
import static computer.autonet.gateway.Settlers.sign;
import static computer.autonet.gateway.Settlers.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.blob.DiskBlobs;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.KindCodec;
import computer.autonet.port.Keys;
import computer.autonet.process.ProcessView;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.v1.AccountCommand;
import computer.autonet.v1.ActRequest;
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.Sample;
import computer.autonet.v1.SubmitRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What callers within a node hear of processes that fail, are slow, or cannot be reached. */
class EndpointTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final ScriptedLog processes = new ScriptedLog();
    private ActorSystem<Void> system;
    private DiskBlobs blobs;
    private GatewayEndpoint endpoint;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        system = ActorSystem.create(
                Behaviors.empty(),
                "within",
                ConfigFactory.parseString("pekko.fail-mixed-versions = off").withFallback(ConfigFactory.load()));
        blobs = DiskBlobs.open(directory, 1 << 20, 1);
        endpoint = new GatewayEndpoint(
                system, Settlers.GENESIS, CLOCK, processes, blobs, new PyTorchTrainer(PyTorchTrainer.defaultCache()));
    }

    @AfterEach
    void stop() {
        system.terminate();
        await(system.getWhenTerminated());
        blobs.close();
    }

    @Test
    void gate05AnIncidentStandsInTheLogOnceUnderTheIdThatTheCallerGets() {
        var log = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Statuses.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        processes.submit = message -> CompletableFuture.failedFuture(new IllegalStateException("a fault"));
        Bytes message = sign(ADA, account(ADA), transfer(BOB, "1"), 1, CLOCK.millis() + 60_000);
        var no = refusal(endpoint.submit(
                SubmitRequest.newBuilder().setMessage(Ids.bytes(message)).build()));
        log.detachAppender(lines);
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(no.detail());
    }

    /** GATE-15. */
    @Test
    void gate15AnOperatorLearnsByWhichNonceToTellWhetherAnActWasRecorded() {
        var state = KindCodec.of(Kind.ACCOUNT)
                .kernel(Settlers.GENESIS, new ConstitutionGuard())
                .initial(account(ADA));
        processes.query = id -> CompletableFuture.completedFuture(ProcessView.of(state, Optional.empty()));
        processes.submit = message ->
                CompletableFuture.failedFuture(Problem.unavailable("nobody answers", "repeat the same request"));
        var keys = new Keys() {
            @Override
            public List<String> names() {
                return List.of("ada");
            }

            @Override
            public SigningKey signer(String name) {
                return ADA;
            }
        };
        var operator =
                new OperatorEndpoint(endpoint, keys, Settlers.GENESIS.networkId(), CLOCK, ForkJoinPool.commonPool());
        var no = refusal(operator.act(ActRequest.newBuilder()
                .setAs("ada")
                .setTransfer(AccountCommand.Transfer.newBuilder()
                        .setTo(Ids.bytes(BOB.identity().address()))
                        .setAmount("1"))
                .build()));
        assertThat(no.status()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(no.detail()).isEqualTo("it is open whether the act was recorded: nobody answers");
        assertThat(no.remedy())
                .isEqualTo("ask " + account(ADA) + " for the next nonce of " + ADA.identity()
                        + " first, and repeat the request only if that is still 1, for each request is signed as an act"
                        + " of its own");
    }

    @Test
    void gate11MoreValuesThanTheBoundAreRefusedUntilOthersAreAnswered() {
        var hold = new CompletableFuture<ProcessView>();
        processes.query = id -> hold;
        var sample = Sample.newBuilder();
        for (int k = 0; k < Inference.MAX_VALUES / 4 / Inference.MAX_BATCH; k++) {
            sample.addValues(0);
        }
        var request = InferRequest.newBuilder()
                .setProject(Ids.toProto(new ProcessId(Kind.PROJECT, Hash.digest("busy"))))
                .addAllInputs(Collections.nCopies(Inference.MAX_BATCH, sample.build()))
                .build();
        List<CompletionStage<?>> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(endpoint.infer(request));
        }
        assertThatThrownBy(() -> endpoint.infer(request))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.reason()).isEqualTo("FULL"));
        hold.completeExceptionally(Problem.unavailable("nobody answers", "repeat it"));
        held.forEach(call -> assertThat(refusal(call).reason()).isEqualTo("UNAVAILABLE"));
        assertThat(refusal(endpoint.infer(request)).reason()).isEqualTo("UNAVAILABLE");
    }
}
