package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.math.BigInteger;

/**
 * What a transaction may cost.
 *
 * @param tipWei what each unit of gas pays the block's maker
 * @param ceilingWei what each unit of gas may cost at most, tip included
 * @param limitPercent gas limit in percent of the estimate, to which a fixed headroom is added
 */
public record GasPolicy(BigInteger tipWei, BigInteger ceilingWei, int limitPercent) {
    private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000);
    /**
     * Two new words of storage: a call may write a checkpoint anew that, in the second of the estimate, was only changed.
     */
    private static final BigInteger HEADROOM = BigInteger.valueOf(50_000);

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    /** Nodes take a replacement that pays a tenth more; an eighth is safely above. */
    private static final BigInteger RAISE_PERCENT = BigInteger.valueOf(113);

    /** One gwei of tip, at most 200 gwei, a quarter more gas than estimated. */
    public static final GasPolicy USUAL = new GasPolicy(GWEI, GWEI.multiply(BigInteger.valueOf(200)), 125);

    /** The price for each unit of gas. */
    record Fee(BigInteger tipWei, BigInteger maxWei) {}

    /**
     * A fee that survives the base fee's doubling, as far as the ceiling allows.
     *
     * @throws ChainException with {@link Problem#FEE_TOO_HIGH} when not even today's base fee fits under the ceiling
     */
    Fee feeFor(BigInteger baseFeeWei) {
        BigInteger needed = baseFeeWei.add(tipWei);
        if (needed.compareTo(ceilingWei) > 0) {
            throw new ChainException(
                    Problem.FEE_TOO_HIGH,
                    "the chain asks " + needed + " wei for each unit of gas, the policy allows " + ceilingWei,
                    "wait until the chain is less busy, or raise the ceiling of the gas policy");
        }
        return new Fee(tipWei, baseFeeWei.shiftLeft(1).add(tipWei).min(ceilingWei));
    }

    /**
     * A fee with which a node replaces a waiting transaction, and which today's base fee does not outgrow at once; the
     * same where the ceiling is reached.
     */
    Fee replacing(Fee fee, BigInteger baseFeeWei) {
        BigInteger raised = raised(fee.maxWei());
        if (raised.compareTo(ceilingWei) > 0) {
            return fee;
        }
        BigInteger max = raised.max(baseFeeWei.shiftLeft(1).add(tipWei).min(ceilingWei));
        return new Fee(raised(fee.tipWei()).min(max), max);
    }

    /** What is not used is not paid, so that too much costs nothing and too little everything. */
    BigInteger limitFor(BigInteger estimate) {
        return estimate.multiply(BigInteger.valueOf(limitPercent))
                .divide(HUNDRED)
                .add(HEADROOM);
    }

    private static BigInteger raised(BigInteger wei) {
        return wei.multiply(RAISE_PERCENT).divide(HUNDRED).add(BigInteger.ONE);
    }
}
