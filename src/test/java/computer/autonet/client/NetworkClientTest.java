package computer.autonet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.gateway.Problem;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetBlobResponse;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.WatchRequest;
import computer.autonet.v1.WatchResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkClientTest {
    private static final SigningKey ALICE =
            Ed25519Key.ofSeed(Hash.digest("alice").toArray());
    private static final SigningKey BOB = Ed25519Key.ofSeed(Hash.digest("bob").toArray());

    private ActorSystem system;
    private Materializer materializer;
    private Genesis genesis;
    private InMemoryNetwork network;
    private ProcessId account;

    @BeforeEach
    void begin() {
        system = ActorSystem.create(
                "client",
                ConfigFactory.parseString("pekko.fail-mixed-versions = off")
                        .withFallback(ConfigFactory.defaultReference()));
        materializer = Materializer.createMaterializer(system);
        var allocations = new TreeMap<Identity, Amount>();
        allocations.put(ALICE.identity(), Amount.ofTokens(100));
        genesis = FirstGenesis.of("client", 1, allocations, BOB.identity(), List.of());
        network = new InMemoryNetwork(genesis, materializer);
        account = ProcessId.owned(
                Kind.ACCOUNT, genesis.networkId(), ALICE.identity().address());
    }

    @AfterEach
    void end() {
        system.terminate();
    }

    private NetworkClient client(GatewayService gateway) {
        return new NetworkClient(gateway, materializer);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static AccountCommand pay(long tokens) {
        return new AccountCommand.Transfer(BOB.identity().address(), Amount.ofTokens(tokens));
    }

    private Amount balance() {
        return ((AccountState) network.state(account)).balance();
    }

    private static CompletableFuture<Object> unavailable() {
        return CompletableFuture.failedFuture(Status.UNAVAILABLE.asRuntimeException());
    }

    @Test
    void work01AnAnswerThatIsLostIsAskedForWithTheSameBytesAndNothingIsAppliedTwice() throws Exception {
        var sent = new ConcurrentLinkedQueue<ByteString>();
        var client = client(Failing.gateway(network, (method, request, real) -> {
            if (method.equals("submit")) {
                sent.add(((SubmitRequest) request).getMessage());
                if (sent.size() <= 2) {
                    real.call();
                    return unavailable();
                }
            }
            return real.call();
        }));
        get(client.submit(ALICE, account, pay(1)));
        assertThat(sent).hasSize(3);
        assertThat(List.copyOf(sent).subList(1, 3)).containsOnly(sent.peek());
        assertThat(balance()).isEqualTo(Amount.ofTokens(99));
    }

    /** More acts than a process keeps receipts of come between an act and the repetition of its bytes. */
    @Test
    void work01AnActWhoseAnswerIsLostIsNotSignedAgainWhenItsReceiptIsForgotten() throws Exception {
        var other = client(network);
        AccountCommand small = new AccountCommand.Transfer(BOB.identity().address(), Amount.parseTokens("0.1"));
        var submits = new AtomicInteger();
        var client = client(Failing.gateway(network, (method, request, real) -> {
            if (method.equals("submit") && submits.incrementAndGet() == 1) {
                real.call();
                for (int i = 0; i < 300; i++) {
                    get(other.submit(ALICE, account, small));
                }
                return unavailable();
            }
            return real.call();
        }));
        assertThatThrownBy(() -> get(client.submit(ALICE, account, pay(1))))
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasStackTraceContaining("its nonce has been used since, perhaps by itself");
        assertThat(submits).hasValue(2);
        assertThat(balance()).isEqualTo(Amount.ofTokens(69));
    }

    @Test
    void work01ManyActsAtOnceAreAppliedInOrderWithoutGaps() throws Exception {
        var client = client(network);
        List<CompletionStage<Receipt>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(client.submit(ALICE, account, pay(1)));
        }
        long slot = -1;
        for (var stage : all) {
            Receipt receipt = get(stage);
            assertThat(receipt.slot()).isGreaterThan(slot);
            slot = receipt.slot();
        }
        assertThat(balance()).isEqualTo(Amount.ofTokens(80));
    }

    @Test
    void work01TwoClientsOfOneKeyReadAUsedNonceAnew() throws Exception {
        var one = client(network);
        var two = client(network);
        get(one.submit(ALICE, account, pay(1)));
        get(two.submit(ALICE, account, pay(1)));
        get(one.submit(ALICE, account, pay(1)));
        assertThat(balance()).isEqualTo(Amount.ofTokens(97));
    }

    @Test
    void work02ARefusalIsTypedFinalAndDoesNotSpoilTheNextAct() throws Exception {
        var submits = new AtomicInteger();
        var client = client(Failing.gateway(network, (method, request, real) -> {
            if (method.equals("submit")) {
                submits.incrementAndGet();
            }
            return real.call();
        }));
        assertThatThrownBy(() -> client.submit(ALICE, account, pay(1_000))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.is(Code.INSUFFICIENT_FUNDS)).isTrue();
                    assertThat(refused.detail()).contains("1000");
                    assertThat(refused.remedy()).isNotBlank();
                });
        assertThat(submits).hasValue(1);
        get(client.submit(ALICE, account, pay(1)));
        assertThat(balance()).isEqualTo(Amount.ofTokens(99));
    }

    @Test
    void work03AWatchThatIsCutEverywhereGivesEachSlotOnce() throws Exception {
        var calls = new AtomicInteger();
        var client = client(Failing.gateway(network, (method, request, real) -> {
            if (!method.equals("watch")) {
                return real.call();
            }
            // Every connection repeats one entry that was seen, or skips one, and breaks after two.
            int call = calls.incrementAndGet();
            long from = ((WatchRequest) request).getFromSlot();
            long shifted = call % 3 == 0 ? from + 1 : Math.max(0, from - 1);
            Source<WatchResponse, NotUsed> shiftedStream = network.watch(
                    ((WatchRequest) request).toBuilder().setFromSlot(shifted).build());
            return shiftedStream
                    .take(2 + call % 2)
                    // Lazily: a source that has failed already would overtake the entries before it.
                    .concatLazy(Source.lazySource(() -> Source.failed(Status.UNAVAILABLE.asRuntimeException())));
        }));
        var slots = new ConcurrentLinkedQueue<Long>();
        var all = new CompletableFuture<Void>();
        Watch watch = client.watch(account, 1, entry -> {
            slots.add(entry.draft().slot());
            if (entry.draft().slot() == 11) {
                all.complete(null);
            }
        });
        // Two more than are waited for: a skipped entry shows when the one after it arrives.
        for (int i = 0; i < 14; i++) {
            get(client.submit(ALICE, account, pay(1)));
        }
        get(all);
        watch.close();
        assertThat(slots)
                .startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L)
                .doesNotHaveDuplicates();
        assertThat(calls.get()).isGreaterThan(4);
        assertThat(watch.ended()).isCompleted();
    }

    @Test
    void work03AConsumerThatThrowsEndsItsWatch() throws Exception {
        var client = client(network);
        Watch watch = client.watch(account, 0, entry -> {
            throw new IllegalArgumentException("not today");
        });
        get(client.submit(ALICE, account, pay(1)));
        assertThatThrownBy(() -> get(watch.ended())).hasRootCauseMessage("not today");
    }

    @Test
    void work04ABlobComesBackAsItIsNamedOrNotAtAll() throws Exception {
        var answers = new AtomicInteger();
        var client = client(Failing.gateway(network, (method, request, real) -> {
            if (method.equals("getBlob") && answers.getAndIncrement() == 0) {
                return Source.single(GetBlobResponse.newBuilder()
                        .setChunk(ByteString.copyFromUtf8("something else"))
                        .build());
            }
            return real.call();
        }));
        byte[] content = new byte[200_000];
        content[150_000] = 7;
        BlobId id = get(client.putBlob(content));
        assertThat(id).isEqualTo(BlobId.of(content));
        assertThat(get(client.getBlob(id))).isEqualTo(content);
        assertThat(answers).hasValue(2);
        assertThat(get(client.putBlob(new byte[0]))).isEqualTo(BlobId.of(new byte[0]));
        assertThatThrownBy(() -> get(client.getBlob(BlobId.of(new byte[] {9}))))
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void work02ARefusalWithinTheNodeIsReadLikeOneFromAfarAndAFullNodeIsAskedAgain() throws Exception {
        var calls = new AtomicInteger();
        var client = client(Failing.gateway(network, (method, request, real) -> switch (calls.getAndIncrement()) {
            case 0 -> CompletableFuture.failedFuture(Problem.of(Code.FULL, "1024 requests wait", "repeat"));
            case 1 -> throw Problem.unavailable("the shard moves", "repeat");
            case 2 -> real.call();
            default -> throw Problem.of(Code.WRONG_TARGET, "no account", "name one");
        }));
        assertThat(get(client.account(ALICE.identity().address())).state().balance())
                .isEqualTo(Amount.ofTokens(100));
        assertThatThrownBy(() -> get(client.account(ALICE.identity().address())))
                .cause()
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("WRONG_TARGET");
                    assertThat(refused.detail()).isEqualTo("no account");
                    assertThat(refused.remedy()).isEqualTo("name one");
                });
        assertThat(calls).hasValue(4);
    }

    @Test
    void work02WithoutANodeTheCallEndsAndSaysSo() {
        var retries = new Retries(3, 1, 2, 1_000);
        var tries = new AtomicInteger();
        assertThatThrownBy(() -> get(retries.run("asking", () -> {
                    tries.incrementAndGet();
                    return unavailable();
                })))
                .hasRootCauseInstanceOf(RuntimeException.class)
                .cause()
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("3 tries");
        assertThat(tries).hasValue(3);
    }

    @Test
    void work02WhatANodeThatCannotAnswerSaidOfItIsPassedOn() {
        var retries = new Retries(2, 1, 2, 1_000);
        assertThatThrownBy(() -> get(retries.run(
                        "asking",
                        () -> CompletableFuture.failedFuture(Problem.unavailable("it has no journal", "start it")))))
                .cause()
                .isInstanceOf(UnreachableException.class)
                .hasMessage("asking failed in 2 tries: it has no journal; start it");
    }
}
