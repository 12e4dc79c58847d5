package computer.autonet.protocol.genesis;

import computer.autonet.base.Amount;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The beginning of one network. Its hash is the network id: nodes with another genesis are another network. */
public final class Genesis {
    private static final String TAG = "autonet/genesis/1";

    /** GEN-02: the principles that every network begins with; the first word is the id. */
    public static final List<String> PRINCIPLES = List.of(
            "P1 preserve and expand the network in a sustainable manner",
            "P2 uphold the sanctity and immutability of this constitution",
            "P3 advance human rights and individual autonomy",
            "P4 minimize suffering and harm to sentient beings",
            "P5 ensure transparent and verifiable AI training",
            "P6 maintain economic fairness in reward distribution");

    /** The only versions that this program has. */
    public static final int RULES_VERSION = 1;

    public static final int CONSTITUTION_VERSION = 1;

    /** GEN-03: of the smallest unit. Sixteen bits below an amount's, so that no sum of a project's past overflows. */
    public static final int MAX_ISSUED_BITS = Amount.MAX_BITS - 16;

    private final String name;
    private final long timeDivisor;
    private final SortedMap<Identity, Amount> allocations;
    private final Identity treasury;
    private final List<Identity> guardians;
    private final Hash networkId;

    /**
     * @param name for people
     * @param timeDivisor by how much the lock times of docs/spec are shortened; 1 on a public network
     * @param allocations ATN per identity; their sum is what was issued at genesis
     * @param treasury owner of the account that slashes go to
     * @param guardians identities whose opinions decide amendments
     */
    public Genesis(
            String name,
            long timeDivisor,
            SortedMap<Identity, Amount> allocations,
            Identity treasury,
            List<Identity> guardians) {
        if (timeDivisor < 1) {
            throw new IllegalArgumentException("the time divisor must be at least 1, not " + timeDivisor);
        }
        BigInteger issued = allocations.values().stream().map(Amount::units).reduce(BigInteger.ZERO, BigInteger::add);
        if (issued.bitLength() > MAX_ISSUED_BITS) {
            throw new IllegalArgumentException("allocations add up to more than 2^" + MAX_ISSUED_BITS
                    + " - 1 of the smallest unit: allocate less");
        }
        this.name = name;
        this.timeDivisor = timeDivisor;
        this.allocations = Tables.copyOf(allocations);
        this.treasury = treasury;
        this.guardians = guardians.stream().sorted().distinct().toList();
        this.networkId = hash();
    }

    public String name() {
        return name;
    }

    public List<String> principles() {
        return PRINCIPLES;
    }

    public int rulesVersion() {
        return RULES_VERSION;
    }

    public int constitutionVersion() {
        return CONSTITUTION_VERSION;
    }

    public long timeDivisor() {
        return timeDivisor;
    }

    public SortedMap<Identity, Amount> allocations() {
        return allocations;
    }

    public Identity treasury() {
        return treasury;
    }

    public List<Identity> guardians() {
        return guardians;
    }

    /** GEN-01: the hash of everything above. */
    public Hash networkId() {
        return networkId;
    }

    /** What was issued at genesis. */
    public Amount issued() {
        return allocations.values().stream().reduce(Amount.ZERO, Amount::plus);
    }

    /** A duration of docs/spec in this network's time; at least one millisecond. */
    public long scaledMillis(Duration duration) {
        return Math.max(1, duration.toMillis() / timeDivisor);
    }

    private Hash hash() {
        List<Hash> grants = new ArrayList<>();
        allocations.forEach((identity, amount) -> grants.add(Commitment.tagged("autonet/genesis/allocation/1")
                .with(identity.address())
                .with(amount.units())
                .hash()));
        return Commitment.tagged(TAG)
                .with(name)
                .withAll(PRINCIPLES.stream().map(Hash::digest).toList())
                .with(RULES_VERSION)
                .with(CONSTITUTION_VERSION)
                .with(timeDivisor)
                .withAll(grants)
                .with(treasury.address())
                .withAll(guardians.stream().map(Identity::address).toList())
                .hash();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Genesis g && networkId.equals(g.networkId);
    }

    @Override
    public int hashCode() {
        return networkId.hashCode();
    }

    @Override
    public String toString() {
        return "Genesis[" + name + " " + networkId.brief() + "]";
    }
}
