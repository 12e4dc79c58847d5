package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.v1.GenesisFile;
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
                .setTimeDivisor(genesis.timeDivisor())
                .setTreasury(genesis.treasury().toString());
        genesis.allocations()
                .forEach((identity, amount) -> file.addAllocations(GenesisFile.Allocation.newBuilder()
                        .setAddress(identity.toString())
                        .setAtn(amount.toString())));
        genesis.guardians().forEach(guardian -> file.addGuardians(guardian.toString()));
        try {
            return JsonFormat.printer().print(file) + "\n";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("genesis has no JSON form", e);
        }
    }

    /** @throws CodecException if the text is no genesis file; the message says what to mend */
    public static Genesis fromJson(String json) {
        try {
            var file = GenesisFile.newBuilder();
            JsonFormat.parser().merge(json, file);
            if (file.getFormat() != FORMAT) {
                throw new CodecException("genesis format " + file.getFormat() + " is unknown here, write " + FORMAT);
            }
            SortedMap<Identity, Amount> allocations = new TreeMap<>();
            for (GenesisFile.Allocation allocation : file.getAllocationsList()) {
                Identity identity = Identity.ofHex(allocation.getAddress());
                if (allocations.put(identity, Amount.parseTokens(allocation.getAtn())) != null) {
                    throw new CodecException("genesis allocates to " + identity + " twice");
                }
            }
            return new Genesis(
                    file.getName(),
                    file.getTimeDivisor(),
                    allocations,
                    Identity.ofHex(file.getTreasury()),
                    file.getGuardiansList().stream().map(Identity::ofHex).toList());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new CodecException("the genesis file cannot be read: " + e.getMessage(), e);
        }
    }
}
