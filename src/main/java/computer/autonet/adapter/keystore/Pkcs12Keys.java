package computer.autonet.adapter.keystore;

import computer.autonet.port.KeyFiles;
import computer.autonet.port.KeysException;
import computer.autonet.port.KeysException.Problem;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A PKCS#12 file (RFC 7292) of named identities under one password, which keytool and openssl read too.
 *
 * <p>Each identity is a private key with a self-signed certificate, because the format stores keys beside certificates.
 * The JDK writes the file (AES-256, PBKDF2), Bouncy Castle reads it, since newer JDKs no longer know secp256k1. Every
 * change re-reads the file under a lock and replaces it at once, so that two programs lose nothing of each other and a
 * crash leaves the old file or the new.
 */
public final class Pkcs12Keys implements KeyFiles.Store {
    private static final String TYPE = "PKCS12";

    /** PKCS#12 libraries disagree about capitals in names. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final Path file;
    private final char[] password;
    private volatile SortedMap<String, Optional<SigningKey>> keys;

    private Pkcs12Keys(Path file, char[] password) {
        this.file = file;
        this.password = password;
        this.keys = Collections.emptySortedMap();
    }

    /**
     * A new file without identities.
     *
     * @throws KeysException with FILE_EXISTS or FILE_INACCESSIBLE
     */
    public static Pkcs12Keys create(Path file, char[] password) {
        var created = new Pkcs12Keys(file, password.clone());
        created.underLock(() -> {
            if (Files.exists(file)) {
                throw new KeysException(
                        Problem.FILE_EXISTS, "there is a file at " + file, "open it, or choose another path", null);
            }
            KeyStore empty = KeyStore.getInstance(TYPE);
            empty.load(null, null);
            created.write(empty);
        });
        return created;
    }

    /**
     * The identities of an existing file.
     *
     * @throws KeysException with FILE_MISSING, FILE_DAMAGED, FILE_INACCESSIBLE or PASSWORD_WRONG
     */
    public static Pkcs12Keys open(Path file, char[] password) {
        var opened = new Pkcs12Keys(file, password.clone());
        try {
            opened.keys = opened.decrypted(Files.readAllBytes(file));
        } catch (IOException e) {
            throw opened.inaccessible(e);
        } catch (GeneralSecurityException e) {
            throw opened.damaged(e);
        }
        return opened;
    }

    @Override
    public List<String> names() {
        return List.copyOf(keys.keySet());
    }

    @Override
    public SigningKey signer(String name) {
        Optional<SigningKey> key = keys.get(name);
        if (key == null) {
            throw new KeysException(
                    Problem.NAME_UNKNOWN,
                    "there is no identity '" + name + "' in " + file,
                    keys.isEmpty() ? "create it first" : "use one of " + names() + " or create it",
                    null);
        }
        return key.orElseThrow(() -> new KeysException(
                Problem.KEY_UNSUPPORTED,
                "the key '" + name + "' is of another sort",
                "use an Ed25519, secp256k1 or RSA key of 4096 bits",
                null));
    }

    /** The public key as PEM (RFC 7468), which openssl and the like read. */
    @Override
    public String publicPem(String name) {
        try {
            byte[] der = KeyForms.publicKey(signer(name)).getEncoded();
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException("a public key has a DER form", e);
        }
    }

    /**
     * Adds an identity; when this returns it is on disk.
     *
     * @throws KeysException with NAME_TAKEN, NAME_INVALID, PASSWORD_WRONG (changed meanwhile) or an error of the file
     */
    @Override
    public void add(String name, SigningKey key) {
        if (!NAME.matcher(name).matches()) {
            throw new KeysException(
                    Problem.NAME_INVALID,
                    "'" + name + "' cannot name an identity",
                    "use up to 64 lower-case letters, digits, dots, dashes and underscores",
                    null);
        }
        underLock(() -> {
            byte[] before = Files.readAllBytes(file);
            KeyStore store = loaded(KeyStore.getInstance(TYPE), before);
            if (store.containsAlias(name)) {
                throw new KeysException(
                        Problem.NAME_TAKEN,
                        "there is an identity '" + name + "' in " + file,
                        "choose another name; keys are never overwritten",
                        null);
            }
            store.setKeyEntry(
                    name, KeyForms.privateKey(key), password, new Certificate[] {KeyForms.certificate(name, key)});
            write(store);
            keys = decrypted(Files.readAllBytes(file));
        });
    }

    private SortedMap<String, Optional<SigningKey>> decrypted(byte[] content)
            throws IOException, GeneralSecurityException {
        KeyStore store = loaded(KeyStore.getInstance(TYPE, KeyForms.BOUNCY_CASTLE), content);
        SortedMap<String, Optional<SigningKey>> found = new TreeMap<>();
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                Key key = store.getKey(name, password);
                found.put(name, KeyForms.ofPkcs8(key.getEncoded()));
            }
        }
        return Collections.unmodifiableSortedMap(found);
    }

    /**
     * The JDK marks a wrong password by its cause. Bouncy Castle has no such mark, so that the JDK's reading comes
     * first.
     */
    private KeyStore loaded(KeyStore store, byte[] content) throws GeneralSecurityException {
        try {
            KeyStore.getInstance(TYPE).load(new ByteArrayInputStream(content), password);
            store.load(new ByteArrayInputStream(content), password);
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new KeysException(
                        Problem.PASSWORD_WRONG,
                        "the password does not open " + file,
                        "give the one it was made with",
                        e);
            }
            throw damaged(e);
        }
    }

    private void write(KeyStore store) throws IOException, GeneralSecurityException {
        var out = new ByteArrayOutputStream();
        store.store(out, password);
        PrivateFile.replace(file, out.toByteArray());
    }

    private interface Change {
        void run() throws IOException, GeneralSecurityException;
    }

    private void underLock(Change change) {
        try (PrivateFile.Lock held = PrivateFile.lock(file)) {
            change.run();
        } catch (IOException e) {
            throw inaccessible(e);
        } catch (GeneralSecurityException e) {
            throw damaged(e);
        }
    }

    private KeysException inaccessible(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new KeysException(
                    Problem.FILE_MISSING, "there is no keystore at " + file, "create one or correct the path", cause);
        }
        return new KeysException(
                Problem.FILE_INACCESSIBLE,
                "the keystore " + file + " cannot be read or written (" + cause + ")",
                "check the owner and the permissions of the file and its folder",
                cause);
    }

    private KeysException damaged(Exception cause) {
        return new KeysException(
                Problem.FILE_DAMAGED, file + " is no intact PKCS#12 keystore", "restore it from a backup", cause);
    }
}
