package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.aggregator.AggregationTerms;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.Seat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The answer of a founded project to each command. */
record FoundedProject(ProjectState.Founded state, Context context)
        implements ProjectCommand.Visitor<Decision<ProjectEvent>> {
    private Progress progress() {
        return new Progress(state, context);
    }

    private static Decision<ProjectEvent> notAuthorised(String detail, String remedy) {
        return Decision.refuse(Code.NOT_AUTHORISED, detail, remedy);
    }

    private Decision<ProjectEvent> wrongPhase() {
        return Decision.refuse(
                Code.WRONG_PHASE,
                "the project is in stage " + state.stage().name(),
                "watch the project and act in its stage");
    }

    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Found command) {
        return Decision.refuse(Code.ALREADY_DONE, "the project is founded", "found another one");
    }

    /** PROJ-04: a stake is joined from the account that locked it. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Join command) {
        if (!context.sentBy(context.accountOf(command.identity().address()))) {
            return notAuthorised(
                    context.origin() + " is not the account of "
                            + command.identity().brief(),
                    "stake from your own account");
        }
        if (state.stage() instanceof Stage.Complete) {
            return Decision.refuse(
                    Code.PROJECT_COMPLETE, "all rounds are published", "join a project that has rounds left");
        }
        var key = new MemberKey(command.role(), command.identity());
        if (state.roster().containsKey(key)) {
            return Decision.refuse(
                    Code.ALREADY_JOINED,
                    command.identity().brief() + " is a " + command.role().label() + " here",
                    "leave first to stake anew");
        }
        if (!command.stake().covers(command.role().minimumStake())) {
            return Decision.refuse(
                    Code.STAKE_TOO_LOW,
                    "stake " + command.stake() + " ATN",
                    "lock at least " + command.role().minimumStake());
        }
        if (state.roster().size() >= ProjectRules.MAX_MEMBERS) {
            return Decision.refuse(
                    Code.FULL, "the project has " + ProjectRules.MAX_MEMBERS + " members", "join another");
        }
        var progress = progress();
        progress.record(new ProjectEvent.Joined(command.identity(), command.role(), command.stake(), command.lock()));
        if (state.stage() instanceof Stage.Gathering) {
            progress.openAttempt();
        }
        return progress.accepted();
    }

    /** PROJ-14: a stake in use is released when the attempt is over. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Leave command) {
        var key = new MemberKey(command.role(), context.signer());
        Member member = state.roster().get(key);
        if (member == null) {
            return Decision.refuse(
                    Code.NOT_A_MEMBER,
                    context.signer().brief() + " is no " + command.role().label() + " here",
                    "nothing is left to do");
        }
        if (member.leaving()) {
            return Decision.refuse(
                    Code.ALREADY_DONE, "it is leaving", "the stake is released when this attempt is over");
        }
        var progress = progress();
        progress.record(new ProjectEvent.Leaving(key));
        boolean idle = state.stage() instanceof Stage.Gathering
                || state.stage() instanceof Stage.Paused
                || state.stage() instanceof Stage.Complete;
        if (idle) {
            progress.release(key);
        }
        return progress.accepted();
    }

    /** PROJ-15. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Resume command) {
        if (!context.signedBy(state.owner())) {
            return Decision.refuse(
                    Code.NOT_YOURS, "the project belongs to " + state.owner().brief(), "ask its owner");
        }
        if (!(state.stage() instanceof Stage.Paused)) {
            return wrongPhase();
        }
        var progress = progress();
        progress.record(new ProjectEvent.Gathering());
        progress.openAttempt();
        return progress.accepted();
    }

    /** PROJ-18: while nothing is under way; again when money reached the escrow of an ended project. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Close command) {
        if (!context.signedBy(state.owner())) {
            return Decision.refuse(
                    Code.NOT_YOURS, "the project belongs to " + state.owner().brief(), "ask its owner");
        }
        var progress = progress();
        if (state.stage() instanceof Stage.Complete) {
            progress.sweep();
        } else if (state.stage() instanceof Stage.Gathering || state.stage() instanceof Stage.Paused) {
            progress.complete();
        } else {
            return wrongPhase();
        }
        return progress.accepted();
    }

    /** PROJ-16: by the proposer in turn, for the round in turn, within the owner's recipe. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Propose command) {
        if (!(state.stage() instanceof Stage.Proposing stage)) {
            return wrongPhase();
        }
        if (!context.signedBy(stage.proposer())) {
            return notAuthorised(
                    "it is the turn of " + stage.proposer().brief(), "stake as a proposer and wait for your turn");
        }
        if (command.round() != state.round()) {
            return Decision.refuse(
                    Code.ROUND_MISMATCH,
                    "round " + command.round() + " was proposed, round " + state.round() + " is open",
                    "propose round " + state.round());
        }
        if (state.truths().size() >= ProjectState.Founded.MAX_TRUTHS) {
            return Decision.refuse(
                    Code.FULL,
                    "the project has seen " + state.truths().size() + " held-out sets",
                    "found another project on the last model");
        }
        Recipe most = state.terms().recipe();
        Recipe asked = command.recipe();
        if (!asked.sameModel(most)
                || asked.steps() < 1
                || asked.steps() > most.steps()
                || asked.batch() < 1
                || asked.batch() > most.batch()
                || asked.learningRateMicros() < 1
                || asked.learningRateMicros() > most.learningRateMicros()) {
            return Decision.refuse(
                    Code.INVALID_ARGUMENT,
                    "the recipe asks for more than the owner allows, or another model",
                    "ask for at most " + most);
        }
        var proposal = new Proposal(
                state.round(),
                state.attempt(),
                Commitments.reference(context.self(), state.round(), state.attempt()),
                stage.proposer(),
                command.truth(),
                command.truthCiphertext(),
                asked);
        var progress = progress();
        progress.record(new ProjectEvent.Proposed(proposal));
        progress.send(
                progress.escrow(),
                new AccountCommand.Hold(proposal.reference(), state.terms().reward()));
        return progress.accepted();
    }

    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Held command) {
        if (!context.sentBy(context.accountOf(context.self().hash()))) {
            return notAuthorised(context.origin() + " is not the escrow", "only the escrow says this");
        }
        if (!(state.stage() instanceof Stage.Funding funding)
                || !funding.proposal().reference().equals(command.reference())) {
            return wrongPhase();
        }
        var progress = progress();
        new Draws(progress).drawSolvers(funding.proposal());
        return progress.accepted();
    }

    /** PROJ-07. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Assigned command) {
        if (!context.sentBy(context.owned(Kind.SOLVER, command.solver().address()))) {
            return notAuthorised(context.origin() + " is not that solver", "a solver answers for itself");
        }
        if (!(state.stage() instanceof Stage.Drawing drawing)
                || !drawing.invitation().reference().equals(command.reference())
                || !drawing.invitation().awaits(command.solver())) {
            return wrongPhase();
        }
        Amount stake = stakeOf(Role.SOLVER, command.solver());
        var progress = progress();
        progress.record(new ProjectEvent.SolverAccepted(new Seat(command.solver(), stake, Tables.empty())));
        new Draws(progress).solversIfComplete();
        return progress.accepted();
    }

    private Amount stakeOf(Role role, Identity who) {
        return Optional.ofNullable(state.roster().get(new MemberKey(role, who)))
                .map(Member::stake)
                .orElse(Amount.ZERO);
    }

    /** PROJ-08. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Seated command) {
        if (!context.sentBy(
                context.owned(Kind.COORDINATOR, command.coordinator().address()))) {
            return notAuthorised(context.origin() + " is not that coordinator", "a coordinator answers for itself");
        }
        if (!(state.stage() instanceof Stage.Running running)
                || running.invitation().isEmpty()
                || !running.invitation().get().reference().equals(command.reference())
                || !running.invitation().get().awaits(command.coordinator())) {
            return wrongPhase();
        }
        Amount stake = stakeOf(Role.COORDINATOR, command.coordinator());
        var progress = progress();
        progress.record(new ProjectEvent.CoordinatorAccepted(new Seat(command.coordinator(), stake, command.bonds())));
        new Draws(progress).committeeIfComplete();
        return progress.accepted();
    }

    private Optional<Stage.Running> runningTask() {
        return state.stage() instanceof Stage.Running running && context.sentBy(running.task())
                ? Optional.of(running)
                : Optional.empty();
    }

    /** PROJ-17: what was public before the round cannot judge it. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.TruthRevealed command) {
        if (runningTask().isEmpty()) {
            return wrongPhase();
        }
        if (state.truths().contains(command.truth())) {
            return Decision.refuse(
                    Code.TRUTH_SPENT,
                    "the held-out set " + command.truth().hash().brief() + " was revealed here before",
                    "commit to a fresh set in every attempt");
        }
        var progress = progress();
        progress.record(new ProjectEvent.TruthSpent(command.truth()));
        return progress.accepted();
    }

    @Override
    public Decision<ProjectEvent> on(ProjectCommand.DrawCommittee command) {
        Optional<Stage.Running> running = runningTask();
        if (running.isEmpty()
                || running.get().invitation().isPresent()
                || running.get().committees() >= ProjectRules.MAX_COMMITTEES) {
            return wrongPhase();
        }
        var progress = progress();
        new Draws(progress).drawCommittee(running.get(), command.seed(), command.excluded());
        return progress.accepted();
    }

    /** PROJ-09: averaging begins; who is silent there is charged there. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Decided command) {
        Optional<Stage.Running> running = runningTask();
        if (running.isEmpty()) {
            return wrongPhase();
        }
        var progress = progress();
        progress.record(new ProjectEvent.TaskDecided(command.result()));
        SortedMap<Identity, Amount> aggregators = state.eligible(Role.AGGREGATOR);
        Hash seed = Progress.SEEDS.aggregators(command.result().truthSalt());
        List<Identity> order = Progress.DRAW.draw(seed, aggregators, ProjectRules.MAX_TURNS);
        Proposal proposal = running.get().proposal();
        progress.send(
                context.owned(Kind.AGGREGATOR, context.self().hash()),
                new AggregatorCommand.Aggregate(new AggregationTerms(
                        context.self(),
                        running.get().task(),
                        proposal.reference(),
                        proposal.round(),
                        proposal.recipe(),
                        command.result().accepted(),
                        command.result().certifiers(),
                        order,
                        state.terms().phases().aggregateMillis())));
        return progress.accepted();
    }

    /** PROJ-12, PROJ-13. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Voided command) {
        Optional<Stage.Running> running = runningTask();
        if (running.isEmpty()) {
            return wrongPhase();
        }
        var progress = progress();
        new Ending(progress)
                .fail(
                        running.get(),
                        command.reason(),
                        command.compensated(),
                        command.silentSolvers(),
                        command.silentCoordinators(),
                        List.of());
        return progress.accepted();
    }

    private Optional<Stage.Averaging> averaging(Hash reference) {
        return state.stage() instanceof Stage.Averaging averaging
                        && context.sentBy(
                                context.owned(Kind.AGGREGATOR, context.self().hash()))
                        && averaging.task().proposal().reference().equals(reference)
                ? Optional.of(averaging)
                : Optional.empty();
    }

    /** PROJ-10. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Published command) {
        Optional<Stage.Averaging> averaging = averaging(command.reference());
        if (averaging.isEmpty()) {
            return wrongPhase();
        }
        var progress = progress();
        new Ending(progress).publish(averaging.get(), command);
        return progress.accepted();
    }

    /** AGG-04. */
    @Override
    public Decision<ProjectEvent> on(ProjectCommand.Unpublished command) {
        Optional<Stage.Averaging> averaging = averaging(command.reference());
        if (averaging.isEmpty()) {
            return wrongPhase();
        }
        var progress = progress();
        ProjectRules.unpublished(progress, averaging.get(), command.silentAggregators(), command.silentCoordinators());
        return progress.accepted();
    }
}
