package computer.autonet.protocol.project;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.task.Seat;
import java.util.ArrayList;
import java.util.List;

/**
 * A draw in progress: candidates are asked in the drawn order until enough have accepted.
 *
 * @param reference what those who accept are asked for
 * @param candidates in the drawn order
 * @param wanted how many are needed
 * @param asked how many of the candidates were asked
 * @param accepted with their stakes and, for coordinators, bonds
 * @param declined how many declined
 */
public record Invitation(
        Hash reference, List<Identity> candidates, int wanted, int asked, List<Seat> accepted, int declined) {
    public Invitation {
        candidates = List.copyOf(candidates);
        accepted = List.copyOf(accepted);
    }

    static Invitation of(Hash reference, List<Identity> candidates, int wanted) {
        return new Invitation(reference, candidates, wanted, Math.min(wanted, candidates.size()), List.of(), 0);
    }

    Invitation accept(Seat seat) {
        var more = new ArrayList<>(accepted);
        more.add(seat);
        return new Invitation(reference, candidates, wanted, asked, more, declined);
    }

    /** The next candidate, if there is one, is asked instead. */
    Invitation decline() {
        return new Invitation(
                reference, candidates, wanted, Math.min(asked + 1, candidates.size()), accepted, declined + 1);
    }

    /** Everyone who was asked has answered. */
    boolean complete() {
        return accepted.size() + declined == asked;
    }

    boolean awaits(Identity candidate) {
        return candidates.subList(0, asked).contains(candidate)
                && accepted.stream().noneMatch(seat -> seat.coordinator().equals(candidate));
    }

    List<Identity> members() {
        return accepted.stream().map(Seat::coordinator).sorted().toList();
    }
}
