package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static computer.autonet.gateway.Settlers.ADA;
import static computer.autonet.gateway.Settlers.BOB;
import static computer.autonet.gateway.Settlers.EVE;
import static computer.autonet.gateway.Settlers.account;
import static computer.autonet.gateway.Settlers.sign;
import static computer.autonet.gateway.Settlers.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.Mandate;
import computer.autonet.protocol.account.Right;
import computer.autonet.protocol.message.DataItem;
import computer.autonet.protocol.message.Message;
import computer.autonet.protocol.message.Tag;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.v1.ListProcessesRequest;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.SubmitRequest;
import io.grpc.Status;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to send a bad message: its status, its reason, and a journal that stays as it was. */
class BadMessagesTest {
    /** Where the signature of an item begins, after its type. */
    private static final int SIGNATURE = 2;

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final BigInteger ED25519_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @TempDir
    static Path directory;

    private static LiveNode node;

    @BeforeAll
    static void start() throws IOException {
        node = new LiveNode(directory);
        // Nonce 1 of each is used; what the tests send comes after it.
        submit(sign(ADA, account(ADA), transfer(BOB, "1"), 1, soon()));
        submit(sign(EVE, account(EVE), transfer(ADA, "1"), 1, soon()));
        submit(sign(
                BOB,
                account(BOB),
                new AccountCommand.GrantMandate(
                        new Mandate(
                                EVE.identity(),
                                List.of(Right.CREATE_PROJECT),
                                Optional.empty(),
                                Amount.parseTokens("5"),
                                0,
                                Long.MAX_VALUE,
                                0,
                                Asset.ATN),
                        0),
                1,
                soon()));
        awaitEntries(account(BOB), 2);
        awaitEntries(account(ADA), 2);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static long soon() {
        return node.clock.millis() + 60_000;
    }

    private static void submit(Bytes message) {
        await(node.client.submit(
                SubmitRequest.newBuilder().setMessage(Ids.bytes(message)).build()));
    }

    /** The whole journal, process by process. */
    private static Map<ProcessId, List<Bytes>> journal() {
        Map<ProcessId, List<Bytes>> all = new TreeMap<>();
        for (var process : await(node.client
                .listProcesses(ListProcessesRequest.getDefaultInstance())
                .runWith(Sink.seq(), node.system))) {
            all.put(
                    Ids.fromProto(process.getProcess()),
                    await(node.client
                            .readEntries(ReadEntriesRequest.newBuilder()
                                    .setProcess(process.getProcess())
                                    .build())
                            .map(response -> Ids.bytes(response.getEntry()))
                            .runWith(Sink.seq(), node.system)));
        }
        return all;
    }

    private static void awaitEntries(ProcessId process, int count) {
        await(node.client
                .watch(computer.autonet.v1.WatchRequest.newBuilder()
                        .setProcess(Ids.toProto(process))
                        .build())
                .take(count)
                .runWith(Sink.ignore(), node.system));
    }

    private static String assertRefused(Bytes message, Status.Code status, Code reason) {
        Map<ProcessId, List<Bytes>> before = journal();
        assertThat(before).isNotEmpty();
        var no = refusal(node.client.submit(
                SubmitRequest.newBuilder().setMessage(Ids.bytes(message)).build()));
        assertThat(no.reason()).isEqualTo(reason.name());
        assertThat(no.status()).isEqualTo(status);
        assertThat(no.detail()).isNotBlank();
        assertThat(no.remedy()).isNotBlank();
        assertThat(journal()).isEqualTo(before);
        return no.detail();
    }

    private static Bytes transferOf(long nonce) {
        return sign(ADA, account(ADA), transfer(BOB, "1"), nonce, soon());
    }

    @Test
    void gate01NoMessageAtAll() {
        assertRefused(Bytes.EMPTY, Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
        assertRefused(Bytes.of(new byte[500]), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
    }

    @Test
    void gate03Unsigned() {
        byte[] bytes = transferOf(2).toArray();
        java.util.Arrays.fill(bytes, SIGNATURE, SIGNATURE + 64, (byte) 0);
        assertRefused(Bytes.of(bytes), Status.Code.UNAUTHENTICATED, Code.BAD_SIGNATURE);
    }

    @Test
    void gate03SignedForOtherContent() {
        byte[] bytes = transferOf(2).toArray();
        byte[] other = sign(ADA, account(ADA), transfer(BOB, "2"), 2, soon()).toArray();
        System.arraycopy(other, SIGNATURE, bytes, SIGNATURE, 64);
        assertRefused(Bytes.of(bytes), Status.Code.UNAUTHENTICATED, Code.BAD_SIGNATURE);
    }

    @Test
    void gate03SignedByAnother() {
        byte[] bytes = transferOf(2).toArray();
        byte[] bobs = sign(BOB, account(ADA), transfer(BOB, "1"), 2, soon()).toArray();
        System.arraycopy(bobs, SIGNATURE, bytes, SIGNATURE, 64);
        assertRefused(Bytes.of(bytes), Status.Code.UNAUTHENTICATED, Code.BAD_SIGNATURE);
    }

    @Test
    void gate03TheMalleatedTwinOfAValidSignature() {
        byte[] bytes = sign(EVE, account(EVE), transfer(BOB, "1"), 2, soon()).toArray();
        byte[] s = new byte[32];
        System.arraycopy(bytes, SIGNATURE + 32, s, 0, 32);
        byte[] twin = ORDER.subtract(new BigInteger(1, s)).toByteArray();
        for (int i = 0; i < 32; i++) {
            int from = twin.length - 32 + i;
            bytes[SIGNATURE + 32 + i] = from < 0 ? 0 : twin[from];
        }
        bytes[SIGNATURE + 64] ^= bytes[SIGNATURE + 64] >= 27 ? 27 ^ 28 : 1;
        assertRefused(Bytes.of(bytes), Status.Code.UNAUTHENTICATED, Code.BAD_SIGNATURE);
    }

    /** Ed25519 has a twin too: the same scalar and the order of the group more. */
    @Test
    void gate03TheMalleatedTwinOfAnEd25519Signature() {
        byte[] bytes = transferOf(2).toArray();
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = bytes[SIGNATURE + 63 - i];
        }
        byte[] twin = new BigInteger(1, big).add(ED25519_ORDER).toByteArray();
        for (int i = 0; i < 32; i++) {
            int from = twin.length - 1 - i;
            bytes[SIGNATURE + 32 + i] = from < 0 ? 0 : twin[from];
        }
        assertRefused(Bytes.of(bytes), Status.Code.UNAUTHENTICATED, Code.BAD_SIGNATURE);
    }

    @Test
    void gate01SignedInAWayThatNobodyKnows() {
        byte[] bytes = transferOf(2).toArray();
        bytes[0] = 77;
        assertRefused(Bytes.of(bytes), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
    }

    @Test
    void gate01CutOff() {
        byte[] bytes = transferOf(2).toArray();
        for (int length : new int[] {1, 2, 60, 100, 140, bytes.length / 2}) {
            assertRefused(
                    Bytes.of(java.util.Arrays.copyOf(bytes, length)), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
        }
    }

    @Test
    void gate01Expired() {
        Bytes late = sign(ADA, account(ADA), transfer(BOB, "1"), 2, node.clock.millis() - 1);
        assertRefused(late, Status.Code.FAILED_PRECONDITION, Code.EXPIRED);
    }

    @Test
    void gate03ExpiringTooLate() {
        Bytes long11 = sign(ADA, account(ADA), transfer(BOB, "1"), 2, node.clock.millis() + 660_000);
        assertRefused(long11, Status.Code.INVALID_ARGUMENT, Code.EXPIRES_TOO_LATE);
    }

    @Test
    void gate01Oversized() {
        byte[] bytes = new byte[MessageCodec.maxSize() + 1];
        byte[] good = transferOf(2).toArray();
        System.arraycopy(good, 0, bytes, 0, good.length);
        assertRefused(Bytes.of(bytes), Status.Code.INVALID_ARGUMENT, Code.TOO_LARGE);
    }

    @Test
    void gate08FarOversized() {
        assertRefused(Bytes.of(new byte[FrameGuard.MAX_MESSAGE + 1]), Status.Code.INVALID_ARGUMENT, Code.TOO_LARGE);
    }

    @Test
    void gate01OfAnotherNetwork() {
        Bytes other = MessageCodec.sign(ADA, Hash.digest("elsewhere"), account(ADA), transfer(BOB, "1"), 2, soon())
                .raw();
        assertRefused(other, Status.Code.INVALID_ARGUMENT, Code.WRONG_NETWORK);
    }

    @Test
    void gate03ToAnothersAccount() {
        Bytes theft = sign(ADA, account(EVE), transfer(ADA, "1"), 1, soon());
        assertRefused(theft, Status.Code.PERMISSION_DENIED, Code.NOT_YOURS);
    }

    @Test
    void gate03ToAProcessThatNobodyCreated() {
        var nowhere = new ProcessId(Kind.PROJECT, Hash.digest("nowhere"));
        Bytes message = sign(ADA, nowhere, new computer.autonet.protocol.project.ProjectCommand.Resume(), 1, soon());
        assertRefused(message, Status.Code.NOT_FOUND, Code.NO_SUCH_PROCESS);
    }

    @Test
    void gate01AnActOfAnotherKind() {
        Bytes message = sign(ADA, account(ADA), new SolverCommand.Declare(1, List.of()), 2, soon());
        assertRefused(message, Status.Code.INVALID_ARGUMENT, Code.UNKNOWN_ACTION);
    }

    @Test
    void gate03AnActThatOnlyProcessesSend() {
        Bytes message = sign(
                ADA,
                account(ADA),
                new AccountCommand.Credit(ADA.identity().address(), Amount.parseTokens("1000000")),
                2,
                soon());
        assertRefused(message, Status.Code.PERMISSION_DENIED, Code.NOT_A_SIGNED_ACT);
    }

    @Test
    void gate03AUsedNonce() {
        assertRefused(transferOf(1), Status.Code.ALREADY_EXISTS, Code.NONCE_USED);
    }

    @Test
    void gate03AGapBeforeTheNonce() {
        assertRefused(transferOf(4), Status.Code.FAILED_PRECONDITION, Code.NONCE_GAP);
    }

    @Test
    void gate03MoreThanThereIs() {
        Bytes message = sign(ADA, account(ADA), transfer(BOB, "1000000"), 2, soon());
        assertRefused(message, Status.Code.FAILED_PRECONDITION, Code.INSUFFICIENT_FUNDS);
    }

    private static ProjectTerms terms(int coordinators, String reward) {
        ProjectTerms fit = Settlers.terms("unconstitutional");
        return new ProjectTerms(
                fit.name(),
                fit.recipe(),
                fit.initialModel(),
                fit.rounds(),
                Amount.parseTokens(reward),
                fit.solvers(),
                coordinators,
                fit.attempts(),
                fit.phases());
    }

    private static void assertUnconstitutional(ProjectTerms terms, String principle) {
        for (Bytes message : List.of(
                sign(ADA, account(ADA), new AccountCommand.CreateProject(terms), 2, soon()),
                sign(EVE, account(BOB), new AccountCommand.CreateProjectUnder(1, terms), 1, soon()))) {
            assertThat(assertRefused(message, Status.Code.PERMISSION_DENIED, Code.UNCONSTITUTIONAL))
                    .contains("(" + principle + " ");
        }
    }

    @Test
    void const04AProjectThatPaysNothing() {
        assertUnconstitutional(terms(3, "0"), "P6");
    }

    @Test
    void const04AProjectWhoseCoordinatorsAreTooFewForAMajority() {
        assertUnconstitutional(terms(2, "10"), "P5");
    }

    private static List<Tag> tags(String action, String nonce) {
        return List.of(
                new Tag("Data-Protocol", "autonet"),
                new Tag("Variant", "1"),
                new Tag("Kind", "account"),
                new Tag("Action", action),
                new Tag("Nonce", nonce),
                new Tag("Expires", Long.toString(soon())),
                new Tag("Network", Settlers.GENESIS.networkId().toHex()));
    }

    /** An item with the tags of a good transfer, but for what the test does to them. */
    private static Bytes item(String action, String nonce, List<Tag> more, Bytes body) {
        List<Tag> tags = new ArrayList<>(tags(action, nonce));
        tags.addAll(more);
        return DataItem.sign(ADA, Optional.of(account(ADA).hash()), Optional.empty(), tags, body)
                .raw();
    }

    private static Bytes body() {
        return ((Message) Message.read(transferOf(2).toArray())).body();
    }

    @Test
    void gate01TagsThatAreNone() {
        assertRefused(item("Transfer", "02", List.of(), body()), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
        assertRefused(
                item("Transfer", "2", List.of(new Tag("Nonce", "3")), body()),
                Status.Code.INVALID_ARGUMENT,
                Code.MALFORMED);
        byte[] bytes = transferOf(2).toArray();
        // The last byte of the tags' block ends the Avro array.
        int end = bytes.length - body().size() - 1;
        bytes[end] = 1;
        assertRefused(Bytes.of(bytes), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
    }

    @Test
    void gate01EachTagThatIsMissing() {
        List<Tag> all = tags("Transfer", "2");
        for (Tag missing : all) {
            List<Tag> rest = all.stream().filter(tag -> tag != missing).toList();
            Bytes message = DataItem.sign(ADA, Optional.of(account(ADA).hash()), Optional.empty(), rest, body())
                    .raw();
            assertRefused(message, Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
        }
    }

    @Test
    void gate01WithoutATarget() {
        List<Tag> tags = tags("Transfer", "2");
        assertRefused(
                DataItem.sign(ADA, Optional.empty(), Optional.empty(), tags, body())
                        .raw(),
                Status.Code.INVALID_ARGUMENT,
                Code.MALFORMED);
    }

    @Test
    void gate01ABodyThatIsNoProtobuf() {
        assertRefused(
                item("Transfer", "2", List.of(), Bytes.ofHex("ffffff")), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
        assertRefused(
                item("Transfer", "2", List.of(), Bytes.ofHex("7a00")), Status.Code.INVALID_ARGUMENT, Code.MALFORMED);
    }

    @Test
    void gate01AnActionThatNobodyKnows() {
        assertRefused(item("Mint", "2", List.of(), body()), Status.Code.INVALID_ARGUMENT, Code.UNKNOWN_ACTION);
    }
}
