package computer.autonet.adapter.training;

import java.util.SplittableRandom;

/**
 * The order in which examples are used (TRAIN-05): all of them, shuffled anew for every pass (Fisher and Yates, from the
 * last position down), batches running on from one pass into the next.
 */
final class Order {
    private final SplittableRandom random;
    private final int[] indices;
    private int at;

    Order(long seed, int count) {
        this.random = new SplittableRandom(seed);
        this.indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = i;
        }
        this.at = count;
    }

    int next() {
        if (at == indices.length) {
            for (int i = indices.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = indices[i];
                indices[i] = indices[j];
                indices[j] = swapped;
            }
            at = 0;
        }
        return indices[at++];
    }
}
