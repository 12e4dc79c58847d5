package computer.autonet.adapter.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.BlobId;
import computer.autonet.port.BlobException;
import computer.autonet.port.BlobException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobsTest {
    private static final long LIMIT = 64L << 20;

    @TempDir
    Path root;

    private DiskBlobs blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = DiskBlobs.open(root, LIMIT, 2);
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private BlobId put(byte[] bytes) throws Exception {
        return get(blobs.put(new ByteArrayInputStream(bytes)));
    }

    private byte[] read(BlobId id) throws Exception {
        try (InputStream stream = get(blobs.get(id)).stream()) {
            return stream.readAllBytes();
        }
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private Path file(BlobId id) {
        return root.resolve(id.toString().substring(0, 2)).resolve(id.toString());
    }

    private static void refused(Reason reason, ThrowingCallable act) {
        assertThatThrownBy(act).satisfies(thrown -> {
            Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
            assertThat(cause)
                    .isInstanceOfSatisfying(
                            BlobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        });
    }

    /** BLOB-01. */
    @Test
    void bytesComeBackUnderTheirHashAlsoAfterReopening() throws Exception {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 3_000_000}) {
            byte[] bytes = random(size, size);
            BlobId id = put(bytes);
            assertThat(id).isEqualTo(BlobId.of(bytes));
            assertThat(read(id)).isEqualTo(bytes);
            assertThat(get(blobs.get(id)).size()).isEqualTo(size);
            assertThat(get(blobs.has(id))).isTrue();
        }
        close();
        open();
        assertThat(read(BlobId.of(random(65_537, 65_537)))).hasSize(65_537);
    }

    @Test
    void whatIsNotHereIsAbsent() throws Exception {
        BlobId id = BlobId.of(new byte[] {1});
        assertThat(get(blobs.has(id))).isFalse();
        refused(Reason.ABSENT, () -> get(blobs.get(id)));
        refused(Reason.ABSENT, () -> get(blobs.bytes(id, 10)));
    }

    /** BLOB-02, BLOB-03: one bit, a shorter and a longer file. */
    @Test
    void changedBytesNeverReachTheEndAndAreSetAsideAndAPutHeals() throws Exception {
        byte[] bytes = random(7, 200_000);
        BlobId id = put(bytes);
        byte[] flipped = bytes.clone();
        flipped[100_000] ^= 1;
        for (byte[] wrong : List.of(flipped, random(7, 199_999), random(7, 200_001), new byte[0])) {
            Files.write(file(id), wrong);
            refused(Reason.DAMAGED, () -> read(id));
            assertThat(file(id)).doesNotExist();
            assertThat(root.resolve("damaged").resolve(id.toString())).hasBinaryContent(wrong);
            refused(Reason.ABSENT, () -> get(blobs.get(id)));
            assertThat(put(bytes)).isEqualTo(id);
            assertThat(read(id)).isEqualTo(bytes);
        }
        Files.write(file(id), flipped);
        refused(Reason.DAMAGED, () -> get(blobs.bytes(id, 1 << 20)));
        Files.write(file(id), flipped);
        assertThat(put(bytes)).isEqualTo(id);
        assertThat(get(blobs.bytes(id, 1 << 20))).isEqualTo(bytes);
    }

    /** BLOB-03: whoever still reads the wrong bytes does not take the right ones away. */
    @Test
    void aPutThatHealsABlobStaysWhenAReaderOfTheWrongBytesComesToTheirEnd() throws Exception {
        byte[] bytes = random(8, 200_000);
        BlobId id = put(bytes);
        byte[] wrong = bytes.clone();
        wrong[0] ^= 1;
        Files.write(file(id), wrong);
        try (InputStream reader = get(blobs.get(id)).stream()) {
            assertThat(reader.readNBytes(1_000)).hasSize(1_000);
            assertThat(put(bytes)).isEqualTo(id);
            refused(Reason.DAMAGED, reader::readAllBytes);
        }
        assertThat(read(id)).isEqualTo(bytes);
    }

    /** BLOB-02: skipping is no way around the check. */
    @Test
    void skippedBytesAreCheckedToo() throws Exception {
        byte[] bytes = random(3, 50_000);
        BlobId id = put(bytes);
        bytes[10] ^= 1;
        Files.write(file(id), bytes);
        try (InputStream stream = get(blobs.get(id)).stream()) {
            assertThat(stream.skip(49_999)).isEqualTo(49_999);
            assertThat(stream.read()).isEqualTo(bytes[49_999] & 0xff);
            refused(Reason.DAMAGED, stream::read);
        }
    }

    /** BLOB-04. */
    @Test
    void moreThanTheLimitIsRefusedAndLeavesNothing() throws Exception {
        try (DiskBlobs small = DiskBlobs.open(root.resolve("small"), 1000, 1)) {
            byte[] fits = random(1, 1000);
            assertThat(get(small.put(new ByteArrayInputStream(fits)))).isEqualTo(BlobId.of(fits));
            refused(Reason.TOO_LARGE, () -> get(small.put(new ByteArrayInputStream(random(1, 1001)))));
            refused(Reason.TOO_LARGE, () -> get(small.bytes(BlobId.of(fits), 999)));
            assertThat(root.resolve("small").resolve("incoming")).isEmptyDirectory();
            assertThat(get(small.list(Optional.empty(), 10))).containsExactly(BlobId.of(fits));
        }
    }

    /** BLOB-05. */
    @Test
    void largeBlobsAreStreamed() throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        int chunks = 960;
        try (SubmissionPublisher<byte[]> publisher = new SubmissionPublisher<>(Runnable::run, 4)) {
            CompletionStage<BlobId> stored = blobs.put(publisher);
            for (int i = 0; i < chunks; i++) {
                byte[] chunk = random(i, 65_536);
                sha.update(chunk);
                publisher.submit(chunk);
            }
            publisher.close();
            BlobId id = get(stored);
            assertThat(id.hash().toArray()).isEqualTo(sha.digest());
            assertThat(get(blobs.get(id)).size()).isEqualTo(chunks * 65_536L);
        }
    }

    /** BLOB-05: no thread is held by senders who say nothing. */
    @Test
    void silentSendersHoldNobodyUp() throws Exception {
        List<SubmissionPublisher<byte[]>> silent = new ArrayList<>();
        List<CompletableFuture<BlobId>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SubmissionPublisher<byte[]> publisher = new SubmissionPublisher<>();
            silent.add(publisher);
            waiting.add(blobs.put(publisher).toCompletableFuture());
            publisher.submit(new byte[] {(byte) i});
        }
        assertThat(put(new byte[] {42})).isEqualTo(BlobId.of(new byte[] {42}));
        silent.get(0).closeExceptionally(new IOException("gone"));
        refused(Reason.FAILED, () -> get(waiting.get(0)));
        for (int i = 1; i < 20; i++) {
            assertThat(waiting.get(i)).isNotDone();
            silent.get(i).close();
            assertThat(get(waiting.get(i))).isEqualTo(BlobId.of(new byte[] {(byte) i}));
        }
        assertThat(root.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void manyPutsOfTheSameBytesAtOnceLeaveOneBlob() throws Exception {
        byte[] bytes = random(5, 300_000);
        List<CompletableFuture<BlobId>> puts = IntStream.range(0, 16)
                .mapToObj(i -> blobs.put(new ByteArrayInputStream(bytes)).toCompletableFuture())
                .toList();
        for (CompletableFuture<BlobId> put : puts) {
            assertThat(get(put)).isEqualTo(BlobId.of(bytes));
        }
        assertThat(get(blobs.list(Optional.empty(), 10))).containsExactly(BlobId.of(bytes));
        assertThat(read(BlobId.of(bytes))).isEqualTo(bytes);
    }

    /** BLOB-06. */
    @Test
    void listingGivesEveryIdOnceInPages() throws Exception {
        List<BlobId> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(put(random(i, 10 + i)));
        }
        Files.writeString(root.resolve("not-a-blob"), "x");
        List<BlobId> listed = new ArrayList<>();
        Optional<BlobId> after = Optional.empty();
        List<BlobId> page;
        do {
            page = get(blobs.list(after, 7));
            listed.addAll(page);
            after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
        } while (!page.isEmpty());
        assertThat(listed).isEqualTo(all.stream().sorted().toList());
    }

    /** BLOB-01: what a crash in the middle of a put leaves behind is gone at the next start. */
    @Test
    void halfWrittenFilesAreRemovedAtTheStart() throws Exception {
        Files.write(root.resolve("incoming").resolve("put-1.part"), new byte[10]);
        close();
        open();
        assertThat(root.resolve("incoming")).isEmptyDirectory();
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("incoming", "damaged");
        }
    }

    /** BLOB-01: a put that was refused at its first chunk does not become an empty blob when its sender says that it is done. */
    /** Empty, or broken, but only when it is let go: until then it occupies the thread that reads it. */
    private static InputStream blocking(CountDownLatch begun, CountDownLatch free, boolean breaks) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                begun.countDown();
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                if (breaks) {
                    throw new IOException("gone");
                }
                return -1;
            }
        };
    }

    @Test
    void aRefusedPutLeavesNothingWhateverItsSenderStillSays() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        // With one thread, what is asked last is answered last.
        try (DiskBlobs single = DiskBlobs.open(root.resolve("single"), LIMIT, 1)) {
            CompletionStage<BlobId> blocked = single.put(blocking(begun, free, true));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            List<CompletionStage<Boolean>> queue = IntStream.range(0, 256)
                    .mapToObj(i -> single.has(BlobId.of(new byte[0])))
                    .toList();
            CompletableFuture<Flow.Subscriber<? super byte[]>> receiver = new CompletableFuture<>();
            CompletionStage<BlobId> refused = single.put((Flow.Publisher<byte[]>) subscriber -> {
                receiver.complete(subscriber);
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long count) {
                        subscriber.onNext(new byte[] {1});
                    }

                    @Override
                    public void cancel() {}
                });
            });
            refused(Reason.BUSY, () -> get(refused));
            free.countDown();
            refused(Reason.FAILED, () -> get(blocked));
            assertThat(get(queue.get(255))).isFalse();
            get(receiver).onComplete();
            assertThat(get(single.list(Optional.empty(), 1))).isEmpty();
            assertThat(root.resolve("single").resolve("incoming")).isEmptyDirectory();
        }
    }

    @Test
    void moreThanTheQueueHoldsIsRefusedAsBusy() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch free = new CountDownLatch(1);
        List<CompletableFuture<BlobId>> blocked = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            blocked.add(blobs.put(blocking(begun, free, false)).toCompletableFuture());
        }
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Boolean>> asked = IntStream.range(0, 257)
                .mapToObj(i -> blobs.has(BlobId.of(new byte[0])).toCompletableFuture())
                .toList();
        refused(Reason.BUSY, () -> get(asked.get(256)));
        free.countDown();
        assertThat(get(asked.get(255))).isNotNull();
        for (CompletableFuture<BlobId> put : blocked) {
            assertThat(get(put)).isEqualTo(BlobId.of(new byte[0]));
        }
    }
}
