package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Identity;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.v1.GenesisFile;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Genesis and its file: JSON that a person can read and write (GEN-03). */
public final class GenesisCodec {
    private static final int FORMAT = 1;

    private GenesisCodec() {}

    public static String toJson(Genesis genesis) {
        var file = GenesisFile.newBuilder()
                .setFormat(FORMAT)
                .setName(genesis.name())
                .setRulesVersion(genesis.versions().rules())
                .setConstitutionVersion(genesis.versions().constitution())
                .setTimeDivisor(genesis.timeDivisor())
                .setTreasury(genesis.treasury().toString());
        for (Identity identity : genesis.endowed()) {
            var allocation = GenesisFile.Allocation.newBuilder().setAddress(identity.toString());
            Amount atn = genesis.allocations().get(identity);
            if (atn != null) {
                allocation.setAtn(atn.toString());
            }
            genesis.assetsOf(identity)
                    .forEach((asset, amount) -> allocation.addAssets(GenesisFile.AssetAmount.newBuilder()
                            .setAsset(asset.toString())
                            .setAmount(asset.write(amount))));
            file.addAllocations(allocation);
        }
        genesis.guardians().forEach(guardian -> file.addGuardians(guardian.toString()));
        try {
            return JsonFormat.printer().print(file) + "\n";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("genesis has no JSON form", e);
        }
    }

    /**
     * Reads a genesis file.
     *
     * @throws UnknownVersionException if the network is under versions that this program does not have
     * @throws CodecException if the text is no genesis file; the message says what to mend
     */
    public static Genesis fromJson(String json) {
        try {
            var file = GenesisFile.newBuilder();
            JsonFormat.parser().merge(json, file);
            if (file.getFormat() != FORMAT) {
                throw new CodecException("genesis format " + file.getFormat() + " is unknown here, write " + FORMAT);
            }
            Versions versions = versions(file.getRulesVersion(), file.getConstitutionVersion());
            Set<Identity> seen = new HashSet<>();
            SortedMap<Identity, Amount> allocations = new TreeMap<>();
            SortedMap<Asset, SortedMap<Identity, Amount>> assets = new TreeMap<>();
            for (GenesisFile.Allocation allocation : file.getAllocationsList()) {
                Identity identity = Identity.ofHex(allocation.getAddress());
                if (!seen.add(identity)) {
                    throw new CodecException("genesis allocates to " + identity + " twice");
                }
                if (!allocation.getAtn().isEmpty() || allocation.getAssetsCount() == 0) {
                    allocations.put(identity, Amount.parseTokens(allocation.getAtn()));
                }
                for (GenesisFile.AssetAmount given : allocation.getAssetsList()) {
                    Asset asset = Asset.parse(given.getAsset());
                    Amount amount = asset.parseAmount(given.getAmount());
                    if (assets.computeIfAbsent(asset, a -> new TreeMap<>()).put(identity, amount) != null) {
                        throw new CodecException("genesis allocates asset " + asset + " to " + identity + " twice");
                    }
                }
            }
            return new Genesis(
                    file.getName(),
                    versions,
                    file.getTimeDivisor(),
                    allocations,
                    assets,
                    Identity.ofHex(file.getTreasury()),
                    file.getGuardiansList().stream().map(Identity::ofHex).toList());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new CodecException("the genesis file cannot be read: " + reason(e), e);
        }
    }

    /** The first line, without the name of the parser's exception: what follows is advice to its programmers. */
    private static String reason(Exception failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return first.replaceFirst("^[\\w.]+Exception: ", "");
    }

    /** GEN-05: nobody guesses under which rules a network began. */
    private static Versions versions(int rules, int constitution) {
        if (rules == 0 || constitution == 0) {
            throw new CodecException("the genesis file names no rulesVersion or no constitutionVersion: write "
                    + "\"rulesVersion\": 1, \"constitutionVersion\": 1 into one that was made before files named them");
        }
        return KnownVersions.require(rules, constitution);
    }
}
