package computer.autonet.protocol.yuma;

/**
 * What a network may set about an epoch: the majority kappa, the share alpha of the new observation in the bonds, and
 * what zero rank means. The bonds penalty beta is always one: bonds follow the clipped weights.
 *
 * @param kappaU16 majority in 65535ths; more than this share of stake must back a weight for it to stand
 * @param keptPpm {@code 1 - alpha} in millionths: how much of the old bonds remains
 * @param zeroRank the outcome where nobody's weights survive
 */
public record YumaParameters(int kappaU16, int keptPpm, ZeroRank zeroRank) {
    private static final int MILLION = 1_000_000;

    /** What it means that no solver has any rank. */
    public enum ZeroRank {
        /** Nothing was decided; nobody is paid and no bond changes. The only choice of Autonet's own networks. */
        UNDECIDED,
        /** Coordinators are paid by stake. It rewards not looking, and is here to reproduce the published vectors. */
        PAY_BY_STAKE
    }

    /** DESIGN 5.5: kappa = 32768/65535, alpha = 0.1, zero rank = undecided (YUMA-02). */
    public static final YumaParameters STANDARD = new YumaParameters(32_768, 900_000, ZeroRank.UNDECIDED);

    public YumaParameters {
        if (kappaU16 < 1 || kappaU16 > Fixed.U16_MAX) {
            throw new IllegalArgumentException("kappa lies between 1 and 65535 65535ths, not " + kappaU16);
        }
        if (keptPpm < 0 || keptPpm > MILLION) {
            throw new IllegalArgumentException("the kept share lies between 0 and 1000000 millionths, not " + keptPpm);
        }
    }

    long kappa() {
        return Fixed.over(kappaU16, Fixed.U16_MAX);
    }

    /** {@code 1 - alpha}. It is rounded first, and alpha is its complement. */
    long kept() {
        return Fixed.over(keptPpm, MILLION);
    }

    long alpha() {
        return Fixed.ONE - kept();
    }
}
