package computer.autonet.adapter.chain;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.port.ChainException;
import computer.autonet.protocol.crypto.Secp256k1Key;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.web3j.crypto.Credentials;

/** What the tests of chains share: anvil where it is installed, and keys with ether. */
final class LocalChain {
    static final BigInteger ETHER = BigInteger.TEN.pow(18);
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private LocalChain() {}

    /** The program, or the end of the test with one line that says why. */
    static Path programOrSkip() {
        try {
            return AnvilSettings.installedProgram();
        } catch (ChainException e) {
            Assumptions.abort("left out: " + e.getMessage());
            throw e;
        }
    }

    static Anvil start(Path folder) {
        return Anvil.start(AnvilSettings.in(folder, programOrSkip()));
    }

    static Secp256k1Key key(String name) {
        return Secp256k1Key.ofSeed(Hash.digest(name).toArray());
    }

    static Credentials credentials(Secp256k1Key key) {
        return Credentials.create(Bytes.of(key.secret()).toHex());
    }

    static String address(Secp256k1Key key) {
        return "0x" + key.ethereumAddress().toHex();
    }

    /** A key with a thousand ether on the chain. */
    static Credentials rich(Anvil anvil, String name) {
        Credentials made = credentials(key(name));
        anvil.setBalance(made.getAddress(), ETHER.multiply(BigInteger.valueOf(1_000)));
        return made;
    }

    static List<Secp256k1Key> keys(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> key(name + i)).toList();
    }

    static Committee committee(List<Secp256k1Key> keys, BigInteger stakeWei) {
        return Committee.of(keys.stream()
                .map(k -> new Committee.Seat(k.ethereumAddress(), stakeWei))
                .toList());
    }

    static Map<Bytes, byte[]> signatures(List<Secp256k1Key> by, byte[] digest) {
        var signatures = new HashMap<Bytes, byte[]>();
        by.forEach(key -> signatures.put(key.ethereumAddress(), key.signDigest(digest)));
        return signatures;
    }

    /** Looks until it holds, a hundred times a second, and fails when it does not in time. */
    static void await(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true within " + atMost);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
