package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a project stands. */
public sealed interface ProjectState {
    /** Created by nobody yet. */
    record Unfounded() implements ProjectState {}

    /**
     * A founded project.
     *
     * @param seed of the next draws
     * @param round the one under way or next, from 1; one more than there are when all are published
     * @param attempt the last one that was opened at that round; 0 before the first
     * @param summaries of attempts, the newest last, at most {@link #MAX_SUMMARIES}
     * @param models published so far, in the order of rounds
     * @param truths revealed so far, in that order, at most {@link #MAX_TRUTHS}
     */
    record Founded(
            Identity owner,
            ProjectTerms terms,
            SortedMap<MemberKey, Member> roster,
            Hash seed,
            int round,
            int attempt,
            Stage stage,
            List<RoundSummary> summaries,
            List<BlobId> models,
            List<BlobId> truths)
            implements ProjectState {
        /** PROJ-03: what is kept of the past here; the log has all of it. One has up to 4.5 KB, and a state is sent whole. */
        public static final int MAX_SUMMARIES = 100;

        /** PROJ-17: when so many held-out sets are public, nothing more is proposed: none is ever forgotten. */
        public static final int MAX_TRUTHS = 4 * ProjectTerms.MAX_ROUNDS;

        public Founded {
            roster = Tables.copyOf(roster);
            summaries = List.copyOf(summaries);
            models = List.copyOf(models);
            truths = List.copyOf(truths);
        }

        /** What the current round trains from. */
        public BlobId base() {
            return models.isEmpty() ? terms.initialModel() : models.get(models.size() - 1);
        }

        /** Stakes of everyone who may be drawn for a role. */
        public SortedMap<Identity, Amount> eligible(Role role) {
            SortedMap<Identity, Amount> stakes = new TreeMap<>();
            roster.forEach((key, member) -> {
                if (key.role() == role && member.eligible(role)) {
                    stakes.put(key.identity(), member.stake());
                }
            });
            return stakes;
        }

        Founded with(Stage value) {
            return new Founded(owner, terms, roster, seed, round, attempt, value, summaries, models, truths);
        }

        Founded with(MemberKey key, Member member) {
            return new Founded(
                    owner,
                    terms,
                    Tables.with(roster, key, member),
                    seed,
                    round,
                    attempt,
                    stage,
                    summaries,
                    models,
                    truths);
        }

        Founded without(MemberKey key) {
            return new Founded(
                    owner, terms, Tables.without(roster, key), seed, round, attempt, stage, summaries, models, truths);
        }

        Founded at(int newRound, int newAttempt) {
            return new Founded(owner, terms, roster, seed, newRound, newAttempt, stage, summaries, models, truths);
        }

        Founded spent(BlobId truth) {
            var all = new ArrayList<>(truths);
            all.add(truth);
            return new Founded(owner, terms, roster, seed, round, attempt, stage, summaries, models, all);
        }

        /** PROJ-05: a published round is followed by the next; a voided attempt by another one with a new number. */
        Founded ended(RoundSummary summary, Hash nextSeed) {
            var all = new ArrayList<>(summaries);
            all.add(summary);
            if (all.size() > MAX_SUMMARIES) {
                all.remove(0);
            }
            var published = new ArrayList<>(models);
            summary.model().ifPresent(published::add);
            boolean done = summary.model().isPresent();
            return new Founded(
                    owner,
                    terms,
                    roster,
                    nextSeed,
                    done ? round + 1 : round,
                    done ? 0 : attempt,
                    stage,
                    all,
                    published,
                    truths);
        }
    }
}
