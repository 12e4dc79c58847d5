package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.aggregator.AggregationTerms;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.TaskTerms;
import computer.autonet.protocol.task.Vote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A holder of a key that reads states and signs acts; some of its acts it leaves out or gets wrong, by its vices. */
final class Party {
    /** Percent of the occasions. */
    record Vices(int silence, int lies, int reuse, int moves) {
        static final Vices NONE = new Vices(0, 0, 0, 0);
    }

    final Identity identity;
    private final World world;
    private final Vices vices;
    private final Map<ProcessId, Input.Signed> pending = new TreeMap<>();
    private final Map<Input.Signed, Receipt> acknowledged = new HashMap<>();
    private final List<Input.Signed> past = new ArrayList<>();
    private long messages;

    Party(World world, Identity identity, Vices vices) {
        this.world = world;
        this.identity = identity;
        this.vices = vices;
    }

    // Signing

    /** Signs an act and sends it, unless one to that process is still unanswered: then that one again. */
    Optional<Outcome> act(ProcessId target, Command command) {
        Input.Signed message = pending.computeIfAbsent(target, t -> sign(t, command));
        Optional<Outcome> outcome = world.offer(target, message);
        outcome.ifPresent(answer -> {
            pending.remove(target);
            if (answer instanceof Outcome.Record) {
                var host = world.host(target);
                var entry = host.journal.get(host.journal.size() - 1);
                remember(
                        message,
                        new Receipt(target, entry.draft().slot(), entry.draft().timestampMillis(), entry.hash()));
            } else if (answer instanceof Outcome.Known known) {
                remember(message, known.receipt());
            }
        });
        return outcome;
    }

    private Input.Signed sign(ProcessId target, Command command) {
        long nonce = Kernel.lastNonce(world.host(target).state(), identity) + 1;
        Hash id = Commitment.tagged("message")
                .with(identity.address())
                .with(messages++)
                .hash();
        long expires = world.nowMillis() + 1_000 + world.random.nextLong(Kernel.MAX_LIFE_MILLIS - 1_000);
        return new Input.Signed(id, identity, nonce, expires, command, Bytes.EMPTY);
    }

    private void remember(Input.Signed message, Receipt receipt) {
        Receipt before = acknowledged.put(message, receipt);
        assertThat(before == null || before.equals(receipt))
                .as("one receipt per message")
                .isTrue();
        past.add(message);
    }

    /** A client that lost its answer asks again; it must get the same one. */
    void repeatSomething() {
        if (past.isEmpty()) {
            return;
        }
        Input.Signed message = past.get(world.random.nextInt(past.size()));
        Receipt receipt = acknowledged.get(message);
        world.offer(receipt.process(), message).ifPresent(outcome -> {
            if (outcome instanceof Outcome.Known known) {
                assertThat(known.receipt()).isEqualTo(receipt);
            } else {
                var refusal = ((Outcome.Refused) outcome).refusal();
                assertThat(refusal.code()).as("only a forgotten receipt").isIn(Code.NONCE_USED, Code.EXPIRED);
            }
        });
    }

    void checkReceipts() {
        acknowledged.forEach((message, receipt) -> {
            var entry = world.host(receipt.process()).journal.get((int) receipt.slot());
            assertThat(entry.hash()).as("nothing acknowledged is lost").isEqualTo(receipt.entryHash());
            assertThat(entry.draft().input()).isEqualTo(message);
        });
    }

    // Playing

    void play(Set<ProcessId> projects) {
        for (ProcessId target : List.copyOf(pending.keySet())) {
            act(target, pending.get(target).command());
        }
        for (ProcessId project : projects) {
            world.read(project, ProjectState.Founded.class).ifPresent(state -> play(project, state));
        }
        if (world.chance(vices.moves())) {
            withdrawSomething();
        }
    }

    private boolean fails(int percent, String what, Hash occasion) {
        Hash roll = Commitment.tagged("vice")
                .with(identity.address())
                .with(what)
                .with(occasion)
                .hash();
        return Math.floorMod(roll.hashCode(), 100) < percent;
    }

    private boolean isSilent(String what, Hash occasion) {
        return fails(vices.silence(), what, occasion);
    }

    private boolean lies(String what, Hash occasion) {
        return fails(vices.lies(), what, occasion);
    }

    private void play(ProcessId project, ProjectState.Founded state) {
        if (state.stage() instanceof Stage.Proposing stage && stage.proposer().equals(identity)) {
            propose(project, state);
        } else if (state.stage() instanceof Stage.Running running) {
            world.read(running.task(), TaskState.class).ifPresent(task -> play(running.task(), task));
        } else if (state.stage() instanceof Stage.Averaging averaging) {
            var reference = averaging.task().proposal().reference();
            ProcessId aggregator = world.owned(Kind.AGGREGATOR, project.hash());
            world.read(aggregator, AggregatorState.class)
                    .flatMap(AggregatorState::job)
                    .filter(job -> job.terms().reference().equals(reference))
                    .ifPresent(job -> average(aggregator, job));
        }
        if (world.chance(vices.moves())) {
            Role role = Role.values()[world.random.nextInt(Role.values().length)];
            if (state.roster().containsKey(new MemberKey(role, identity))) {
                act(project, new ProjectCommand.Leave(role));
            } else if (world.chance(50)) {
                act(world.account(identity), new AccountCommand.Stake(project, role, role.minimumStake()));
            }
        }
    }

    private void withdrawSomething() {
        world.read(world.account(identity), AccountState.class)
                .ifPresent(account -> account.locks().keySet().stream()
                        .findFirst()
                        .ifPresent(lock -> act(world.account(identity), new AccountCommand.Withdraw(lock))));
    }

    private Hash salt(String purpose, Hash occasion) {
        return Commitment.tagged("salt")
                .with(identity.address())
                .with(purpose)
                .with(occasion)
                .hash();
    }

    private BlobId blob(String what, Hash occasion) {
        return new BlobId(
                Commitment.tagged(what).with(identity.address()).with(occasion).hash());
    }

    /** The held-out set of an attempt; a reuser has few of them. */
    private BlobId truth(Hash reference) {
        return fails(vices.reuse(), "reuse", reference) ? blob("truth", identity.address()) : blob("truth", reference);
    }

    private void propose(ProcessId project, ProjectState.Founded state) {
        Hash reference = Commitments.reference(project, state.round(), state.attempt());
        if (isSilent("propose", reference)) {
            return;
        }
        BlobId ciphertext = blob("truth ciphertext", reference);
        Hash truth = Commitments.truth(
                project, state.round(), identity, ciphertext, truth(reference), salt("truth", reference));
        act(
                project,
                new ProjectCommand.Propose(
                        state.round(), truth, ciphertext, state.terms().recipe().withSeed(state.round())));
    }

    private void play(ProcessId task, TaskState state) {
        if (state instanceof TaskState.Committing s
                && s.terms().solvers().contains(identity)
                && !s.commitments().containsKey(identity)
                && !isSilent("commit", s.terms().reference())) {
            Hash occasion = s.terms().reference();
            act(
                    task,
                    new TaskCommand.Commit(Commitments.update(
                            task,
                            identity,
                            blob("update ciphertext", occasion),
                            blob("update", occasion),
                            salt("update", occasion),
                            occasion)));
        } else if (state instanceof TaskState.AwaitingTruth s
                && s.terms().proposer().equals(identity)
                && !isSilent("truth", s.terms().reference())) {
            Hash reference = s.terms().reference();
            act(task, new TaskCommand.RevealTruth(truth(reference), salt("truth", reference)));
        } else if (state instanceof TaskState.AwaitingSolutions s
                && s.evidence().commitments().containsKey(identity)
                && !s.evidence().solutions().containsKey(identity)
                && !isSilent("reveal", s.evidence().terms().reference())) {
            Hash occasion = s.evidence().terms().reference();
            act(
                    task,
                    new TaskCommand.RevealSolution(
                            blob("update ciphertext", occasion),
                            blob("update", occasion),
                            occasion,
                            lies("salt", occasion) ? occasion : salt("update", occasion)));
        } else if (state instanceof TaskState.Sealing s
                && isSeated(s.seats())
                && !s.seals().containsKey(identity)
                && !isSilent("seal" + s.seating().committee(), task.hash())) {
            var vote = vote(s.seating().evidence());
            // A vote that is no vote: its seal can be made, and never opened.
            Hash seal = vote.scores().values().stream().anyMatch(score -> score < 0)
                    ? task.hash()
                    : Commitments.vote(task, identity, vote, salt("vote", task.hash()));
            act(task, new TaskCommand.SealVote(seal));
        } else if (state instanceof TaskState.Opening s
                && s.seals().containsKey(identity)
                && !s.votes().containsKey(identity)
                && !isSilent("open" + s.seating().committee(), task.hash())) {
            act(task, new TaskCommand.OpenVote(vote(s.seating().evidence()), salt("vote", task.hash())));
        }
    }

    private boolean isSeated(List<Seat> seats) {
        return seats.stream().anyMatch(seat -> seat.coordinator().equals(identity));
    }

    /** What everybody measures who measures; a liar invents a part of it. */
    private Vote vote(TaskState.Evidence evidence) {
        TaskTerms terms = evidence.terms();
        var scores = new TreeMap<Identity, Long>();
        var unreadable = new ArrayList<Identity>();
        int day = Math.floorMod(terms.reference().hashCode(), 20);
        for (Identity solver : evidence.solutions().keySet()) {
            int roll = Math.floorMod(
                    Commitment.tagged("score")
                            .with(solver.address())
                            .with(terms.reference())
                            .hash()
                            .hashCode(),
                    10);
            if (day == 0 || roll == 0) {
                scores.put(solver, 0L);
            } else if (roll == 1) {
                unreadable.add(solver);
            } else {
                scores.put(solver, 8_000L + 500 * roll);
            }
        }
        Hash evidenceDigest = terms.reference();
        if (!lies("vote", terms.reference())) {
            return day == 1
                    ? new Vote(false, new TreeMap<>(), List.of(), evidenceDigest)
                    : new Vote(true, scores, unreadable, evidenceDigest);
        }
        return switch (Math.floorMod(salt("lie", terms.reference()).hashCode(), 7)) {
            case 0 -> new Vote(true, scores, unreadable, identity.address());
            case 1 -> new Vote(false, new TreeMap<>(), List.of(), evidenceDigest);
            case 2 -> {
                scores.replaceAll((solver, score) -> score + 5_000);
                yield new Vote(true, scores, unreadable, evidenceDigest);
            }
            case 3 -> {
                scores.replaceAll((solver, score) -> -1L);
                yield new Vote(true, scores, unreadable, evidenceDigest);
            }
            case 4 ->
                new Vote(true, new TreeMap<>(), List.copyOf(evidence.solutions().keySet()), evidenceDigest);
            case 5 -> {
                scores.replaceAll((solver, score) -> Long.MAX_VALUE);
                yield new Vote(true, scores, unreadable, evidenceDigest);
            }
            default -> new Vote(false, scores, unreadable, evidenceDigest);
        };
    }

    private void average(ProcessId aggregator, AggregatorState.Job job) {
        Hash reference = job.terms().reference();
        if (job.aggregator().equals(identity) && job.submitted().isEmpty() && !isSilent("submit", reference)) {
            act(aggregator, new AggregatorCommand.Submit(reference, model(job.terms(), lies("submit", reference))));
        }
        if (isSeated(job.terms().certifiers())
                && !job.certificates().containsKey(identity)
                && !isSilent("certify", reference)) {
            act(aggregator, new AggregatorCommand.Certify(reference, model(job.terms(), lies("certify", reference))));
        }
    }

    private BlobId model(AggregationTerms terms, boolean wrong) {
        return wrong
                ? blob("wrong model", terms.reference())
                : new BlobId(Commitment.tagged("average")
                        .withAll(terms.updates().stream()
                                .map(update -> update.plaintext().hash())
                                .toList())
                        .with(terms.reference())
                        .hash());
    }

    Amount balance() {
        return world.read(world.account(identity), AccountState.class)
                .map(AccountState::balance)
                .orElse(Amount.ZERO);
    }
}
