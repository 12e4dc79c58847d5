package computer.autonet.adapter.chain;

import computer.autonet.adapter.disk.WholeFile;
import computer.autonet.port.KeysException;
import computer.autonet.port.KeysException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import org.web3j.protocol.ObjectMapperFactory;

/** One key in the file format of Ethereum wallets (version 3, scrypt), which every wallet program reads. */
public final class WalletFile {
    private static final int SECRET_BYTES = 32;

    private WalletFile() {}

    /**
     * The key in the file.
     *
     * @throws KeysException with {@link Problem#FILE_MISSING}, {@link Problem#PASSWORD_WRONG} or {@link Problem#FILE_DAMAGED}
     */
    public static Credentials open(Path file, String password) {
        if (!Files.exists(file)) {
            throw new KeysException(
                    Problem.FILE_MISSING, "there is no wallet file " + file, "name one, or let one be made", null);
        }
        try {
            var wallet =
                    ObjectMapperFactory.getObjectMapper().readValue(file.toFile(), org.web3j.crypto.WalletFile.class);
            if (wallet.getCrypto() == null) {
                throw new IOException("it holds no encrypted key");
            }
            return Credentials.create(Wallet.decrypt(password, wallet));
        } catch (CipherException e) {
            throw new KeysException(
                    Problem.PASSWORD_WRONG,
                    "the password does not open " + file,
                    "give the password with which the wallet was made",
                    e);
        } catch (IOException e) {
            throw new KeysException(
                    Problem.FILE_DAMAGED, file + " is no wallet file", "name a file of an Ethereum wallet", e);
        }
    }

    /**
     * Makes a new key and writes it, readable by its owner only.
     *
     * @throws KeysException with {@link Problem#FILE_EXISTS} or {@link Problem#FILE_INACCESSIBLE}
     */
    public static Credentials create(Path file, String password, SecureRandom random) {
        if (Files.exists(file)) {
            throw new KeysException(Problem.FILE_EXISTS, file + " exists", "open it, or name another file", null);
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        ECKeyPair pair = ECKeyPair.create(secret);
        try {
            byte[] wallet =
                    ObjectMapperFactory.getObjectMapper().writeValueAsBytes(Wallet.createStandard(password, pair));
            // Whoever pays to its address must be able to count on the key.
            WholeFile.replacePrivate(file, ByteBuffer.wrap(wallet));
        } catch (IOException | CipherException e) {
            throw new KeysException(
                    Problem.FILE_INACCESSIBLE, file + " cannot be written", "name a file in a folder of yours", e);
        }
        return Credentials.create(pair);
    }
}
