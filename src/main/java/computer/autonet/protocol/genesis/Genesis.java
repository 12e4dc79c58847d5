package computer.autonet.protocol.genesis;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

    /** GEN-03: of the smallest unit. Sixteen bits below an amount's, so that no sum of a project's past overflows. */
    public static final int MAX_ISSUED_BITS = Amount.MAX_BITS - 16;

    /** GEN-04: assets other than ATN that a network begins with; no account ever has to hold more. */
    public static final int MAX_ASSETS = 256;

    private final String name;
    private final Versions versions;
    private final long timeDivisor;
    private final SortedMap<Identity, Amount> allocations;
    private final SortedMap<Asset, SortedMap<Identity, Amount>> assets;
    private final SortedSet<Identity> endowed;
    private final Identity treasury;
    private final List<Identity> guardians;
    private final Hash networkId;
    /** Each of the endowed by the id of its account: there may be many, and every account asks once. */
    private final Map<ProcessId, Identity> holders;

    /**
     * @param name for people
     * @param versions by which every process of the network decides and is judged (GEN-05)
     * @param timeDivisor by how much the lock times of docs/spec are shortened; 1 on a public network
     * @param allocations ATN per identity; their sum is what was issued of it at genesis
     * @param assets the same for each other asset, all of it above zero
     * @param treasury owner of the account that slashes go to
     * @param guardians identities whose opinions decide amendments
     */
    public Genesis(
            String name,
            Versions versions,
            long timeDivisor,
            SortedMap<Identity, Amount> allocations,
            SortedMap<Asset, SortedMap<Identity, Amount>> assets,
            Identity treasury,
            List<Identity> guardians) {
        if (timeDivisor < 1) {
            throw new IllegalArgumentException("the time divisor must be at least 1, not " + timeDivisor);
        }
        requireBounded("ATN", allocations.values());
        if (assets.size() > MAX_ASSETS) {
            throw new IllegalArgumentException(
                    "genesis allocates " + assets.size() + " assets besides ATN: allocate at most " + MAX_ASSETS);
        }
        var copies = new TreeMap<Asset, SortedMap<Identity, Amount>>();
        assets.forEach((asset, amounts) -> {
            if (asset.isAtn() || amounts.isEmpty() || amounts.containsValue(Amount.ZERO)) {
                throw new IllegalArgumentException("asset " + asset
                        + " is allocated wrongly: give each other asset than ATN to somebody, above zero");
            }
            requireBounded("asset " + asset, amounts.values());
            copies.put(asset, Tables.copyOf(amounts));
        });
        this.name = name;
        this.versions = versions;
        this.timeDivisor = timeDivisor;
        this.allocations = Tables.copyOf(allocations);
        this.assets = Tables.copyOf(copies);
        var everybody = new TreeSet<>(allocations.keySet());
        copies.values().forEach(amounts -> everybody.addAll(amounts.keySet()));
        this.endowed = Collections.unmodifiableSortedSet(everybody);
        this.treasury = treasury;
        this.guardians = guardians.stream().sorted().distinct().toList();
        this.networkId = hash();
        this.holders = endowed.stream()
                .collect(Collectors.toUnmodifiableMap(
                        holder -> ProcessId.owned(Kind.ACCOUNT, networkId, holder.address()), holder -> holder));
    }

    private static void requireBounded(String what, Collection<Amount> amounts) {
        BigInteger issued = amounts.stream().map(Amount::units).reduce(BigInteger.ZERO, BigInteger::add);
        if (issued.bitLength() > MAX_ISSUED_BITS) {
            throw new IllegalArgumentException("allocations of " + what + " add up to more than 2^" + MAX_ISSUED_BITS
                    + " - 1 of the smallest unit: allocate less");
        }
    }

    public String name() {
        return name;
    }

    public List<String> principles() {
        return PRINCIPLES;
    }

    public Versions versions() {
        return versions;
    }

    public long timeDivisor() {
        return timeDivisor;
    }

    /** Of ATN. */
    public SortedMap<Identity, Amount> allocations() {
        return allocations;
    }

    /** What an identity begins with of each asset other than ATN. */
    public SortedMap<Asset, Amount> assetsOf(Identity identity) {
        var own = new TreeMap<Asset, Amount>();
        assets.forEach((asset, amounts) -> {
            if (amounts.containsKey(identity)) {
                own.put(asset, Tables.at(amounts, identity));
            }
        });
        return own;
    }

    /** Everybody who begins with something. */
    public SortedSet<Identity> endowed() {
        return endowed;
    }

    /** Whose account this is, if it begins with something. */
    public Optional<Identity> holderOf(ProcessId account) {
        return Optional.ofNullable(holders.get(account));
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

    /** What was issued of each asset at genesis; ATN is always among them. */
    public SortedMap<Asset, Amount> issued() {
        var issued = new TreeMap<Asset, Amount>();
        issued.put(Asset.ATN, sum(allocations));
        assets.forEach((asset, amounts) -> issued.put(asset, sum(amounts)));
        return issued;
    }

    private static Amount sum(SortedMap<Identity, Amount> amounts) {
        return amounts.values().stream().reduce(Amount.ZERO, Amount::plus);
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
        Commitment commitment = Commitment.tagged(TAG)
                .with(name)
                .withAll(PRINCIPLES.stream().map(Hash::digest).toList())
                .with(versions.rules())
                .with(versions.constitution())
                .with(timeDivisor)
                .withAll(grants)
                .with(treasury.address())
                .withAll(guardians.stream().map(Identity::address).toList());
        // A network without other assets keeps the id that it had before there were any.
        return assets.isEmpty()
                ? commitment.hash()
                : commitment.withAll(assetGrants()).hash();
    }

    private List<Hash> assetGrants() {
        List<Hash> grants = new ArrayList<>();
        assets.forEach((asset, amounts) ->
                amounts.forEach((identity, amount) -> grants.add(Commitment.tagged("autonet/genesis/asset/1")
                        .with(asset.token())
                        .with(identity.address())
                        .with(amount.units())
                        .hash())));
        return grants;
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
