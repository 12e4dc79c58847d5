package computer.autonet.protocol.draw;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.util.List;
import java.util.SortedMap;

/**
 * A way to pick participants by stake, without replacement, that anybody can repeat from the seed.
 *
 * <p>Where the seed comes from is the affair of {@link Seeds}.
 */
public interface Draw {
    /**
     * The participants drawn, first drawn first. Each place goes to one who has not been drawn yet with a probability of
     * their stake over the stake of all such. Without stake nobody is drawn; where fewer than {@code count} have stake,
     * all of them are, so that a large {@code count} gives a permutation.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    List<Identity> draw(Hash seed, SortedMap<Identity, Amount> stakes, int count);
}
