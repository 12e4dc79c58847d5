package computer.autonet.adapter.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import computer.autonet.base.Hash;
import computer.autonet.port.KeysException;
import computer.autonet.port.KeysException.Problem;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.RsaKey;
import computer.autonet.protocol.crypto.Secp256k1Key;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12KeysTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final byte[] MESSAGE = Hash.digest("message").toArray();

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("keys.p12");
    }

    private static SigningKey ed(String name) {
        return Ed25519Key.ofSeed(Hash.digest(name).toArray());
    }

    private static void assertProblem(Problem problem, Runnable act) {
        assertThatExceptionOfType(KeysException.class)
                .isThrownBy(act::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
                .withMessageStartingWith(problem + ": ")
                .withMessageContaining("; ");
    }

    @Test
    void keysOfEachSchemeComeBackAfterReopening() {
        Map<String, SigningKey> keys = Map.of(
                "alice", ed("alice"),
                "bob", Secp256k1Key.ofSeed(Hash.digest("bob").toArray()),
                "carol", RsaKey.ofSeed(Hash.digest("carol").toArray()));
        var store = Pkcs12Keys.create(file(), PASSWORD);
        assertThat(store.names()).isEmpty();
        keys.forEach(store::add);
        var reopened = Pkcs12Keys.open(file(), PASSWORD);
        for (Pkcs12Keys each : List.of(store, reopened)) {
            assertThat(each.names()).containsExactly("alice", "bob", "carol");
            keys.forEach((name, key) -> {
                assertThat(each.signer(name).owner()).isEqualTo(key.owner());
                assertThat(each.signer(name).sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
            });
        }
    }

    @Test
    void keytoolListsEveryScheme() throws IOException, InterruptedException {
        var store = Pkcs12Keys.create(file(), PASSWORD);
        store.add("alice", ed("alice"));
        store.add("bob", Secp256k1Key.ofSeed(Hash.digest("bob").toArray()));
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(), "-list", "-keystore", file().toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("keytool.txt")))
                .contains("alice", "bob", "PrivateKeyEntry")
                .contains("2 entries");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void publicPemVerifiesWhatTheKeySigned() throws GeneralSecurityException {
        var store = Pkcs12Keys.create(file(), PASSWORD);
        store.add("alice", ed("alice"));
        String pem = store.publicPem("alice");
        assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----\n").endsWith("-----END PUBLIC KEY-----\n");
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        assertThat(verifier.verify(store.signer("alice").sign(MESSAGE))).isTrue();
    }

    @Test
    void onlyTheOwnerMayReadAndNothingIsLeftBeside() throws IOException {
        var store = Pkcs12Keys.create(file(), PASSWORD);
        store.add("alice", ed("alice"));
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.sorted().toList();
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("keys.p12", "keys.p12.lock");
            for (Path each : files) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(Files.readAllBytes(file())).isNotEmpty();
        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(((Ed25519Key) store.signer("alice")).seed(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void wrongPasswordIsNamedAsSuch() {
        Pkcs12Keys.create(file(), PASSWORD).add("alice", ed("alice"));
        assertProblem(Problem.PASSWORD_WRONG, () -> Pkcs12Keys.open(file(), "wrong".toCharArray()));
        assertProblem(Problem.PASSWORD_WRONG, () -> Pkcs12Keys.open(file(), new char[0]));
    }

    @Test
    void takenNamesStayWhatTheyWere() {
        var store = Pkcs12Keys.create(file(), PASSWORD);
        store.add("alice", ed("first"));
        assertProblem(Problem.NAME_TAKEN, () -> store.add("alice", ed("second")));
        assertThat(Pkcs12Keys.open(file(), PASSWORD).signer("alice").owner())
                .isEqualTo(ed("first").owner());
    }

    @Test
    void badAndUnknownNamesAreRefused() {
        var store = Pkcs12Keys.create(file(), PASSWORD);
        for (String bad : List.of("", "Alice", "a b", "-a", "a/b", "a".repeat(65))) {
            assertProblem(Problem.NAME_INVALID, () -> store.add(bad, ed("x")));
        }
        assertProblem(Problem.NAME_UNKNOWN, () -> store.signer("nobody"));
    }

    @Test
    void missingExistingAndDamagedFilesAreTold() throws IOException {
        assertProblem(Problem.FILE_MISSING, () -> Pkcs12Keys.open(file(), PASSWORD));
        Pkcs12Keys.create(file(), PASSWORD);
        assertProblem(Problem.FILE_EXISTS, () -> Pkcs12Keys.create(file(), PASSWORD));
        Files.write(file(), new byte[] {1, 2, 3});
        assertProblem(Problem.FILE_DAMAGED, () -> Pkcs12Keys.open(file(), PASSWORD));
        Files.write(file(), new byte[0]);
        assertProblem(Problem.FILE_DAMAGED, () -> Pkcs12Keys.open(file(), PASSWORD));
        Path inFile = file().resolve("keys.p12");
        assertProblem(Problem.FILE_INACCESSIBLE, () -> Pkcs12Keys.create(inFile, PASSWORD));
    }

    @Test
    void foreignKeysAreListedAndRefusedOnlyWhenUsed() throws IOException, GeneralSecurityException {
        var store = Pkcs12Keys.create(file(), PASSWORD);
        store.add("alice", ed("alice"));
        KeyStore foreign = KeyStore.getInstance(file().toFile(), PASSWORD);
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        foreign.setKeyEntry("other", generator.generateKeyPair().getPrivate(), PASSWORD, new Certificate[] {
            foreign.getCertificate("alice")
        });
        var out = new ByteArrayOutputStream();
        foreign.store(out, PASSWORD);
        Files.write(file(), out.toByteArray());
        var opened = Pkcs12Keys.open(file(), PASSWORD);
        assertThat(opened.names()).containsExactly("alice", "other");
        assertThat(opened.signer("alice").owner()).isEqualTo(ed("alice").owner());
        assertProblem(Problem.KEY_UNSUPPORTED, () -> opened.signer("other"));
    }

    @Test
    void concurrentAddersLoseNothing() throws Exception {
        Pkcs12Keys.create(file(), PASSWORD);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> adding = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "key-" + i;
                var own = Pkcs12Keys.open(file(), PASSWORD);
                adding.add(threads.submit(() -> own.add(name, ed(name))));
            }
            for (Future<?> each : adding) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Pkcs12Keys.open(file(), PASSWORD).names()).hasSize(8);
    }
}
