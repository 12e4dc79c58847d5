package computer.autonet.adapter.data;

import computer.autonet.adapter.data.DataException.Reason;
import computer.autonet.port.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A data set divided once and for all by a seed (DATA-01): test images that no party of the protocol sees, truth in
 * disjoint parts that are used once each, and the rest for the solvers.
 *
 * <p>The digits give 297 test, 600 truth and 900 solver images. Another set keeps its own test part, or gives 297/1797
 * of itself, and divides the rest two to three.
 */
public final class Partition {
    /** Fewer than this leave a truth part without every class in sight. */
    private static final int LEAST_IMAGES = 500;

    private static final int LEAST_PART = 60;
    private static final int MOST_PART = 200;
    /** A set large enough for larger parts still lasts this many rounds. */
    private static final int AIMED_ROUNDS = 40;
    /** Below this a solver has nothing to learn from. */
    private static final int LEAST_SHARE = 10;

    private static final long SHUFFLE = 0x5348_5546_464C_4501L;
    private static final long SPLIT = 0x5350_4C49_5400_0001L;
    private static final long ADVERSARY = 0x4144_5645_5253_0001L;

    private final String name;
    private final long seed;
    private final Examples test;
    private final Examples truth;
    private final int truthPart;
    private final Examples solvers;

    private Partition(String name, long seed, Examples test, Examples truth, int truthPart, Examples solvers) {
        this.name = name;
        this.seed = seed;
        this.test = test;
        this.truth = truth;
        this.truthPart = truthPart;
        this.solvers = solvers;
    }

    /**
     * Divides {@code set}.
     *
     * @throws DataException DATASET_TOO_SMALL below 500 images
     */
    public static Partition of(DataSet set, long seed) {
        Examples all = set.examples();
        if (all.count() < LEAST_IMAGES) {
            throw new DataException(
                    Reason.DATASET_TOO_SMALL,
                    set.name() + " has " + all.count() + " images",
                    "give at least " + LEAST_IMAGES);
        }
        int[] order = shuffled(new SplittableRandom(seed ^ SHUFFLE), all.count());
        int tests = set.test().isPresent() ? 0 : (int) ((long) all.count() * 297 / 1797);
        int rest = all.count() - tests;
        int truths = rest * 2 / 5;
        int part = Math.max(LEAST_PART, Math.min(MOST_PART, truths / AIMED_ROUNDS));
        truths -= truths % part;
        Examples test = set.test().orElseGet(() -> all.select(Arrays.copyOf(order, tests)));
        return new Partition(
                set.name(),
                seed,
                test,
                all.select(Arrays.copyOfRange(order, tests, tests + truths)),
                part,
                all.select(Arrays.copyOfRange(order, tests + truths, order.length)));
    }

    /** What final accuracy is measured on. */
    public Examples test() {
        return test;
    }

    /** The most rounds that get truth which no earlier round revealed. */
    public int maxRounds() {
        return truth.count() / truthPart;
    }

    /**
     * Passes if there is fresh truth for {@code rounds} rounds (DATA-02).
     *
     * @throws DataException ROUNDS_EXCEED_TRUTH naming the maximum
     */
    public void checkRounds(int rounds) {
        if (rounds < 1 || rounds > maxRounds()) {
            throw new DataException(
                    Reason.ROUNDS_EXCEED_TRUTH,
                    name + " has fresh truth for " + maxRounds() + " rounds, not for " + rounds,
                    "ask for 1 to " + maxRounds() + " rounds, or give a larger data set");
        }
    }

    /** The truth of round {@code round}, counted from zero. */
    public Examples truth(int round) {
        checkRounds(round + 1);
        int[] indices = new int[truthPart];
        Arrays.setAll(indices, i -> round * truthPart + i);
        return truth.select(indices);
    }

    /** All solver data: what central training uses. */
    public Examples central() {
        return solvers;
    }

    /**
     * The solver data in {@code n} disjoint shares (DATA-03), each with at least ten images.
     *
     * @throws DataException DATASET_TOO_SMALL if there are too many solvers
     */
    public List<Examples> shares(int n, Split split) {
        if (n < 1 || (long) n * 2 * LEAST_SHARE > solvers.count()) {
            throw new DataException(
                    Reason.DATASET_TOO_SMALL,
                    name + " has " + solvers.count() + " images for " + n + " solvers",
                    "ask for 1 to " + solvers.count() / (2 * LEAST_SHARE) + " solvers");
        }
        List<List<Integer>> shares = split instanceof Split.Dirichlet dirichlet ? byClass(n, dirichlet) : evenly(n);
        return shares.stream()
                .map(share -> solvers.select(
                        share.stream().mapToInt(Integer::intValue).toArray()))
                .toList();
    }

    /**
     * Data for adversary {@code index} beside {@code n} honest solvers (DATA-04): as many images as an even share has,
     * drawn from all solver data by a seed of its own, so that the honest shares do not depend on it.
     */
    public Examples adversary(int index, int n) {
        int count = Math.max(LEAST_SHARE, solvers.count() / n);
        int[] order = shuffled(new SplittableRandom(seed ^ ADVERSARY ^ ((long) index << 32)), solvers.count());
        return solvers.select(Arrays.copyOf(order, count));
    }

    private List<List<Integer>> evenly(int n) {
        List<List<Integer>> shares = empty(n);
        for (int i = 0; i < solvers.count(); i++) {
            shares.get(i % n).add(i);
        }
        return shares;
    }

    private List<List<Integer>> byClass(int n, Split.Dirichlet split) {
        var random = new SplittableRandom(seed ^ SPLIT);
        List<List<Integer>> shares = empty(n);
        for (int label = 0; label < solvers.classes(); label++) {
            List<Integer> members = new ArrayList<>();
            for (int i = 0; i < solvers.count(); i++) {
                if (solvers.label(i) == label) {
                    members.add(i);
                }
            }
            double[] parts = Dirichlet.draw(random, split.alpha(), n);
            double upTo = 0;
            int from = 0;
            for (int s = 0; s < n; s++) {
                upTo += parts[s];
                int to = s == n - 1 ? members.size() : Math.min(members.size(), (int) (upTo * members.size()));
                shares.get(s).addAll(members.subList(from, Math.max(from, to)));
                from = Math.max(from, to);
            }
        }
        fill(shares);
        return shares;
    }

    /** Very unequal draws may leave a solver with nothing: the largest share then gives of its own. */
    private static void fill(List<List<Integer>> shares) {
        for (List<Integer> share : shares) {
            while (share.size() < LEAST_SHARE) {
                List<Integer> largest = shares.stream()
                        .max((a, b) -> Integer.compare(a.size(), b.size()))
                        .orElseThrow();
                share.add(largest.remove(largest.size() - 1));
            }
        }
    }

    private static List<List<Integer>> empty(int n) {
        List<List<Integer>> shares = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            shares.add(new ArrayList<>());
        }
        return shares;
    }

    private static int[] shuffled(SplittableRandom random, int count) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
