package computer.autonet.codec;

import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Versions;

/** The versions that this program can judge by: all from 1 to the latest (PROC-15). */
public final class KnownVersions {
    private KnownVersions() {}

    /** What a new network begins with. */
    public static Versions latest() {
        return new Versions(KindCodec.latestRules(), ConstitutionGuard.LATEST);
    }

    /**
     * @throws UnknownVersionException if one of them is later than what this program has
     * @throws CodecException if one of them is no version at all
     */
    static Versions require(int rules, int constitution) {
        if (rules < 1 || constitution < 1) {
            throw new CodecException("it names version " + rules + " of the rules and " + constitution
                    + " of the constitution, and they begin at 1");
        }
        Versions latest = latest();
        if (rules > latest.rules()) {
            throw new UnknownVersionException("rules", rules, latest.rules());
        }
        if (constitution > latest.constitution()) {
            throw new UnknownVersionException("constitution", constitution, latest.constitution());
        }
        return new Versions(rules, constitution);
    }
}
