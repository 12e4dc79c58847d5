package computer.autonet.adapter.chain;

import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;

/**
 * What is decided when the contracts are deployed.
 *
 * @param constitution hash of the constitution
 * @param allocations ATN at genesis, in wei, by address
 * @param capWei how much ATN there can ever be
 * @param maxRatePerSecondWei the highest rate of emission
 * @param committee certifies the first checkpoints
 * @param referees judge the last step of disputes
 * @param stateRoot root of the state at genesis
 * @param logRoot root of the log at genesis
 * @param timeScale by how much every duration is divided: 1 in earnest, more on local networks
 */
public record DeploymentTerms(
        Hash constitution,
        Map<String, BigInteger> allocations,
        BigInteger capWei,
        BigInteger maxRatePerSecondWei,
        Committee committee,
        Committee referees,
        Hash stateRoot,
        Hash logRoot,
        long timeScale) {
    private static final BigInteger WEI = BigInteger.TEN.pow(18);

    public DeploymentTerms {
        allocations = Map.copyOf(allocations);
        if (timeScale < 1) {
            throw new IllegalArgumentException("the time scale is at least 1, not " + timeScale);
        }
    }

    static BigInteger tokens(long amount) {
        return WEI.multiply(BigInteger.valueOf(amount));
    }

    /** A duration in scaled seconds, at least one. */
    BigInteger scaled(Duration duration) {
        return BigInteger.valueOf(Math.max(1, duration.toSeconds() / timeScale));
    }
}
