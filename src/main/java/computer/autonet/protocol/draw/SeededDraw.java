package computer.autonet.protocol.draw;

import computer.autonet.base.Amount;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A draw whose chance is SHA-256 in counter mode over the seed (DRAW-01 to DRAW-05).
 *
 * <p>Implementation note: the stakes sit in a binary indexed tree (Fenwick, 1994), so that a place costs O(log n), here
 * and in a contract.
 */
public final class SeededDraw implements Draw {
    private static final String TAG = "autonet/draw/1";
    private static final BigInteger WORDS = BigInteger.ONE.shiftLeft(256);

    @Override
    public List<Identity> draw(Hash seed, SortedMap<Identity, Amount> stakes, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot draw " + count + " participants; ask for none or more");
        }
        // DRAW-01: the order is that of the identities, whatever the map's own comparator.
        var candidates = new ArrayList<Candidate>();
        new TreeMap<Identity, Amount>(Map.copyOf(stakes)).forEach((identity, stake) -> {
            if (!stake.isZero()) {
                candidates.add(new Candidate(identity, stake.units()));
            }
        });
        var tree = new StakeTree(candidates.size());
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < candidates.size(); i++) {
            tree.add(i, candidates.get(i).stake());
            total = total.add(candidates.get(i).stake());
        }

        var drawn = new ArrayList<Identity>();
        var words = new Words(seed);
        while (drawn.size() < count && drawn.size() < candidates.size()) {
            int index = tree.find(below(total, words)); // DRAW-04
            Candidate next = candidates.get(index);
            tree.add(index, next.stake().negate()); // DRAW-05
            total = total.subtract(next.stake());
            drawn.add(next.identity());
        }
        return List.copyOf(drawn);
    }

    private record Candidate(Identity identity, BigInteger stake) {}

    /** An unbiased number below {@code bound}: words in the last, incomplete run of residues are rejected (DRAW-03). */
    static BigInteger below(BigInteger bound, Supplier<BigInteger> words) {
        BigInteger limit = WORDS.subtract(WORDS.mod(bound));
        BigInteger word = words.get();
        while (word.compareTo(limit) >= 0) {
            word = words.get();
        }
        return word.mod(bound);
    }

    /** The 256-bit words of a seed, each used once (DRAW-02). */
    private static final class Words implements Supplier<BigInteger> {
        private final Hash seed;
        private long counter;

        Words(Hash seed) {
            this.seed = seed;
        }

        @Override
        public BigInteger get() {
            Hash hash = Commitment.tagged(TAG).with(seed).with(counter++).hash();
            return new BigInteger(1, hash.toArray());
        }
    }

    /** Sums of stake over prefixes of the candidates. */
    private static final class StakeTree {
        private final BigInteger[] sums;

        StakeTree(int size) {
            sums = new BigInteger[size + 1];
            Arrays.fill(sums, BigInteger.ZERO);
        }

        void add(int index, BigInteger stake) {
            for (int i = index + 1; i < sums.length; i += i & -i) {
                sums[i] = sums[i].add(stake);
            }
        }

        /** The first index up to which the stake sums to more than {@code point}. */
        int find(BigInteger point) {
            int index = 0;
            BigInteger rest = point;
            for (int step = Integer.highestOneBit(sums.length - 1); step > 0; step >>= 1) {
                int next = index + step;
                if (next < sums.length && sums[next].compareTo(rest) <= 0) {
                    index = next;
                    rest = rest.subtract(sums[next]);
                }
            }
            return index;
        }
    }
}
