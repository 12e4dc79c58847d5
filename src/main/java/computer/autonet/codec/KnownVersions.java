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

    /** @throws UnknownVersionException if one of them is none of this program's */
    static Versions require(int rules, int constitution) {
        Versions latest = latest();
        if (rules < 1 || rules > latest.rules()) {
            throw new UnknownVersionException("rules", rules, latest.rules());
        }
        if (constitution < 1 || constitution > latest.constitution()) {
            throw new UnknownVersionException("constitution", constitution, latest.constitution());
        }
        return new Versions(rules, constitution);
    }
}
