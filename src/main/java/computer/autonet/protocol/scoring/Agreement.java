package computer.autonet.protocol.scoring;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the opened votes of a round have in common: which stand, and which earn nothing. */
public sealed interface Agreement {
    /** How far a score may lie from the stake median: 0.002 nats. */
    long TOLERANCE_MICRO_NATS = 2_000;

    /**
     * More than half of the seated stake saw the same and says nearly the same.
     *
     * @param evidence the digest that it holds
     * @param median per solver, the stake median of all opened votes' scores
     * @param standing the votes that stand, by coordinator: the rows of the epoch
     * @param deviating the coordinators whose votes do not: no dividend, no bond, no slash
     */
    record Reached(Hash evidence, SortedMap<Identity, Long> median, List<OpenedVote> standing, List<Identity> deviating)
            implements Agreement {
        public Reached {
            median = Tables.copyOf(median);
            standing = List.copyOf(standing);
            deviating = List.copyOf(deviating);
        }
    }

    /** No vote stands, and the round is undecided; {@code evidence} tells whether at least a digest had its majority. */
    record Missing(boolean evidence) implements Agreement {}

    /**
     * Judges opened votes.
     *
     * @param votes at most one per coordinator, in any order
     * @param seated the stake of all seated coordinators, whether they opened or not
     * @param solvers the round's solvers, who have a score in each vote
     * @throws IllegalArgumentException if a coordinator votes twice, or votes hold more stake than is seated
     */
    static Agreement among(List<OpenedVote> votes, Amount seated, Collection<Identity> solvers) {
        var byCoordinator = new ArrayList<>(votes);
        byCoordinator.sort(Comparator.comparing(OpenedVote::coordinator));
        requireSeated(byCoordinator, seated);

        var stakes = new TreeMap<Hash, Amount>();
        votes.forEach(vote -> stakes.merge(vote.evidence(), vote.stake(), Amount::plus));
        // SCORE-05: two digests cannot both be held by more than half.
        var evidence = stakes.entrySet().stream()
                .filter(entry -> isMostOf(entry.getValue(), seated))
                .map(Map.Entry::getKey)
                .findFirst();
        if (evidence.isEmpty()) {
            return new Missing(false);
        }

        var median = new TreeMap<Identity, Long>();
        for (Identity solver : new TreeSet<>(solvers)) {
            median.put(
                    solver,
                    StakeMedian.of(votes.stream()
                            .map(vote -> new StakeMedian.Backed(vote.scoreOf(solver), vote.stake()))
                            .toList()));
        }
        var standing = new ArrayList<OpenedVote>();
        var deviating = new ArrayList<Identity>();
        Amount agreed = Amount.ZERO;
        for (OpenedVote vote : byCoordinator) {
            if (vote.evidence().equals(evidence.get()) && isNear(vote, median)) {
                standing.add(vote);
                agreed = agreed.plus(vote.stake());
            } else {
                deviating.add(vote.coordinator());
            }
        }
        // SCORE-07
        return isMostOf(agreed, seated) ? new Reached(evidence.get(), median, standing, deviating) : new Missing(true);
    }

    /** SCORE-06. */
    private static boolean isNear(OpenedVote vote, SortedMap<Identity, Long> median) {
        return median.entrySet().stream()
                .allMatch(entry -> Math.abs(vote.scoreOf(entry.getKey()) - entry.getValue()) <= TOLERANCE_MICRO_NATS);
    }

    private static boolean isMostOf(Amount stake, Amount seated) {
        return stake.units().shiftLeft(1).compareTo(seated.units()) > 0;
    }

    private static void requireSeated(List<OpenedVote> byCoordinator, Amount seated) {
        Amount opened = Amount.ZERO;
        for (int i = 0; i < byCoordinator.size(); i++) {
            OpenedVote vote = byCoordinator.get(i);
            if (i > 0 && vote.coordinator().equals(byCoordinator.get(i - 1).coordinator())) {
                throw new IllegalArgumentException("coordinator " + vote.coordinator() + " has voted twice");
            }
            opened = opened.plus(vote.stake());
        }
        if (!seated.covers(opened)) {
            throw new IllegalArgumentException("votes hold " + opened + " of stake, and only " + seated + " is seated");
        }
    }
}
