package computer.autonet.protocol.task;

import computer.autonet.base.Amount;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.scoring.Agreement;
import computer.autonet.protocol.scoring.OpenedVote;
import computer.autonet.protocol.scoring.Weights;
import computer.autonet.protocol.yuma.U16Matrix;
import computer.autonet.protocol.yuma.YumaEpoch;
import computer.autonet.protocol.yuma.YumaOutcome;
import computer.autonet.protocol.yuma.YumaParameters;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a committee's opened votes come to: TASK-12 and TASK-13. */
sealed interface Tally {
    /** The largest score of one update, in micro-nats. */
    long MAX_SCORE = OpenedVote.MAX_SCORE;

    record Decided(TaskResult result) implements Tally {}

    /** More than half of the seated stake cannot read the truth. */
    record NoTruth() implements Tally {}

    /** The committee agrees that it can read no update. */
    record NothingReadable(List<Identity> silentSolvers) implements Tally {}

    /** Too few votes, no agreement, or no update that any rank came to (YUMA-11). */
    record Failed() implements Tally {}

    /** Whether the vote speaks of exactly the revealed updates. */
    static boolean wellFormed(TaskState.Evidence evidence, Vote vote) {
        if (!vote.truthReadable()) {
            return vote.scores().isEmpty() && vote.unreadable().isEmpty();
        }
        var named = new TreeSet<>(vote.scores().keySet());
        for (Identity solver : vote.unreadable()) {
            if (!named.add(solver)) {
                return false;
            }
        }
        return named.equals(evidence.solutions().keySet())
                && vote.unreadable().stream().sorted().toList().equals(vote.unreadable())
                && vote.scores().values().stream().allMatch(score -> score >= 0 && score <= MAX_SCORE);
    }

    static Tally of(TaskState.Opening opening) {
        TaskState.Evidence evidence = opening.seating().evidence();
        Map<Identity, Amount> stakes = new HashMap<>();
        Amount seated = Amount.ZERO;
        for (Seat seat : opening.seats()) {
            stakes.put(seat.coordinator(), seat.stake());
            seated = seated.plus(seat.stake());
        }
        Amount opened = Amount.ZERO;
        Amount blind = Amount.ZERO;
        List<OpenedVote> votes = new ArrayList<>();
        for (Map.Entry<Identity, Vote> entry : opening.votes().entrySet()) {
            Vote vote = entry.getValue();
            Amount stake = stakes.getOrDefault(entry.getKey(), Amount.ZERO);
            opened = opened.plus(stake);
            if (!vote.truthReadable()) {
                blind = blind.plus(stake);
            }
            votes.add(new OpenedVote(entry.getKey(), stake, vote.scores(), view(vote)));
        }
        if (isLessThanTwoThirds(opened, seated)) {
            return new Failed();
        }
        if (blind.units().shiftLeft(1).compareTo(seated.units()) > 0) {
            return new NoTruth();
        }
        Agreement agreement =
                Agreement.among(votes, seated, evidence.solutions().keySet());
        return agreement instanceof Agreement.Reached reached ? epoch(opening, reached) : new Failed();
    }

    /** TASK-12: coordinators agree when they saw the same predictions and could read the same updates. */
    private static Hash view(Vote vote) {
        return Commitment.tagged("autonet/view/1")
                .with(vote.evidence())
                .with(vote.truthReadable() ? 1 : 0)
                .withAll(vote.unreadable().stream().map(Identity::address).toList())
                .hash();
    }

    private static boolean isLessThanTwoThirds(Amount part, Amount whole) {
        return part.units()
                        .multiply(BigInteger.valueOf(3))
                        .compareTo(whole.units().shiftLeft(1))
                < 0;
    }

    private static Tally epoch(TaskState.Opening opening, Agreement.Reached reached) {
        TaskState.Evidence evidence = opening.seating().evidence();
        List<Identity> unreadable = Tables.at(
                        opening.votes(), reached.standing().get(0).coordinator())
                .unreadable();
        List<Identity> solvers = evidence.solutions().keySet().stream()
                .filter(solver -> !unreadable.contains(solver))
                .toList();
        List<Identity> silentSolvers = new ArrayList<>(evidence.silentSolvers());
        silentSolvers.addAll(unreadable);
        silentSolvers.sort(null);
        if (solvers.isEmpty()) {
            return new NothingReadable(silentSolvers);
        }
        Map<Identity, Seat> seats = new HashMap<>();
        opening.seats().forEach(seat -> seats.put(seat.coordinator(), seat));
        List<Amount> stakes = new ArrayList<>();
        int[][] weights = new int[reached.standing().size()][];
        int[][] bonds = new int[reached.standing().size()][];
        for (int i = 0; i < weights.length; i++) {
            OpenedVote vote = reached.standing().get(i);
            SortedMap<Identity, Integer> known =
                    Tables.at(seats, vote.coordinator()).bonds();
            stakes.add(vote.stake());
            weights[i] = Weights.of(vote, solvers);
            bonds[i] = solvers.stream()
                    .mapToInt(solver -> known.getOrDefault(solver, 0))
                    .toArray();
        }
        YumaOutcome outcome = YumaEpoch.compute(
                YumaParameters.STANDARD,
                stakes,
                U16Matrix.of(solvers.size(), weights),
                U16Matrix.of(solvers.size(), bonds));
        return outcome instanceof YumaOutcome.Decided decided
                ? result(opening, reached, decided, solvers, silentSolvers)
                : new Failed();
    }

    /** An update is accepted here: where there is rank, some consensus is above zero. */
    private static Tally result(
            TaskState.Opening opening,
            Agreement.Reached reached,
            YumaOutcome.Decided decided,
            List<Identity> solvers,
            List<Identity> silentSolvers) {
        TaskState.Evidence evidence = opening.seating().evidence();
        List<Update> accepted = new ArrayList<>();
        List<Identity> rejected = new ArrayList<>();
        SortedMap<Identity, Long> incentives = new TreeMap<>();
        for (int j = 0; j < solvers.size(); j++) {
            if (decided.accepts(j)) {
                accepted.add(evidence.solutions().get(solvers.get(j)));
                incentives.put(solvers.get(j), decided.incentive().get(j));
            } else {
                rejected.add(solvers.get(j));
            }
        }
        SortedMap<Identity, Long> dividends = new TreeMap<>();
        List<Seat> bonds = new ArrayList<>();
        for (int i = 0; i < reached.standing().size(); i++) {
            OpenedVote vote = reached.standing().get(i);
            dividends.put(vote.coordinator(), decided.dividend().get(i));
            SortedMap<Identity, Integer> row = new TreeMap<>();
            for (int j = 0; j < solvers.size(); j++) {
                row.put(solvers.get(j), decided.bonds().at(i, j));
            }
            bonds.add(new Seat(vote.coordinator(), vote.stake(), row));
        }
        List<Identity> silent = new ArrayList<>(opening.seating().silentCoordinators());
        opening.silent().stream().filter(who -> !silent.contains(who)).forEach(silent::add);
        silent.sort(null);
        return new Decided(new TaskResult(
                evidence.truthSalt(),
                accepted,
                rejected,
                silentSolvers,
                silent,
                reached.deviating(),
                incentives,
                dividends,
                bonds,
                opening.seats()));
    }
}
