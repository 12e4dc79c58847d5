package computer.autonet.protocol.aggregator;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.task.Seat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides for a project's aggregation: a model is published when two thirds of the committee computed the same. */
public final class AggregatorRules implements Rules<AggregatorState, AggregatorCommand, AggregatorEvent> {
    @Override
    public Kind kind() {
        return Kind.AGGREGATOR;
    }

    @Override
    public AggregatorState initial(ProcessId id, Genesis genesis) {
        return AggregatorState.EMPTY;
    }

    @Override
    public boolean isInternal(AggregatorCommand command) {
        return command instanceof AggregatorCommand.Aggregate;
    }

    @Override
    public Decision<AggregatorEvent> decide(AggregatorState state, AggregatorCommand command, Context context) {
        return command.accept(new Answer(state, context));
    }

    @Override
    public Decision.Accepted<AggregatorEvent> onDeadline(AggregatorState state, Context context) {
        Acts<AggregatorEvent> acts = Acts.in(context);
        passTurn(acts, job(state), context, true);
        return (Decision.Accepted<AggregatorEvent>) acts.accept();
    }

    @Override
    public Decision.Accepted<AggregatorEvent> onBounce(
            AggregatorState state, Command ours, Refusal refusal, Context context) {
        return (Decision.Accepted<AggregatorEvent>)
                Acts.<AggregatorEvent>in(context).accept();
    }

    @Override
    public AggregatorState evolve(AggregatorState state, AggregatorEvent event) {
        return event.evolve(state);
    }

    @Override
    public OptionalLong deadlineMillis(AggregatorState state) {
        return state.job().isPresent() ? OptionalLong.of(state.job().get().deadlineMillis()) : OptionalLong.empty();
    }

    @Override
    public AggregatorState extended(AggregatorState state, long byMillis) {
        return new AggregatorState(
                state.project(), state.job().map(job -> job.extended(byMillis)), state.published(), state.last());
    }

    private static AggregatorState.Job job(AggregatorState state) {
        return state.job().orElseThrow(() -> new IllegalStateException("nothing is being averaged in " + state));
    }

    /** AGG-04: silence, or a model that the committee does not certify, passes the turn; the last turn ends the job. */
    private static void passTurn(
            Acts<AggregatorEvent> acts, AggregatorState.Job job, Context context, boolean timeIsOver) {
        boolean aggregatorFailed = job.submitted().isEmpty() || !timeIsOver;
        List<Identity> silent = new ArrayList<>(job.silent());
        if (aggregatorFailed) {
            silent.add(job.aggregator());
        }
        if (aggregatorFailed && job.turn() + 1 < job.terms().aggregators().size()) {
            acts.event(new AggregatorEvent.TurnPassed(
                    silent, context.timestampMillis() + job.terms().turnMillis()));
            return;
        }
        // A committee that disagrees with the last aggregator before its time is over has silenced nobody.
        List<Identity> silentCertifiers = job.terms().certifiers().stream()
                .map(Seat::coordinator)
                .filter(seated -> timeIsOver && !job.certificates().containsKey(seated))
                .toList();
        acts.event(new AggregatorEvent.Abandoned(job.terms().reference()));
        acts.send(
                job.terms().project(),
                new ProjectCommand.Unpublished(job.terms().reference(), silent, silentCertifiers));
    }

    /** AGG-03: stake that certified each model, and whether one has two thirds of the committee. */
    private static Optional<BlobId> certified(AggregatorState.Job job) {
        BigInteger seated = BigInteger.ZERO;
        SortedMap<BlobId, Amount> behind = new TreeMap<>();
        for (Seat seat : job.terms().certifiers()) {
            seated = seated.add(seat.stake().units());
            BlobId model = job.certificates().get(seat.coordinator());
            if (model != null) {
                behind.merge(model, seat.stake(), Amount::plus);
            }
        }
        BigInteger needed = seated.shiftLeft(1);
        return behind.entrySet().stream()
                .filter(e ->
                        e.getValue().units().multiply(BigInteger.valueOf(3)).compareTo(needed) >= 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private record Answer(AggregatorState state, Context context)
            implements AggregatorCommand.Visitor<Decision<AggregatorEvent>> {
        /** AGG-01. */
        @Override
        public Decision<AggregatorEvent> on(AggregatorCommand.Aggregate command) {
            AggregationTerms terms = command.terms();
            if (!context.sentBy(terms.project())
                    || !context.owned(Kind.AGGREGATOR, terms.project().hash()).equals(context.self())) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED,
                        context.origin() + " is not the project of this aggregator",
                        "a project averages in its own aggregator process");
            }
            if (state.job().isPresent() || terms.aggregators().isEmpty()) {
                return Decision.refuse(
                        Code.WRONG_PHASE,
                        "a job is open, or nobody may do it",
                        "one job at a time, with an aggregator");
            }
            return Acts.<AggregatorEvent>in(context)
                    .event(new AggregatorEvent.Started(
                            terms.project(), terms, context.timestampMillis() + terms.turnMillis()))
                    .accept();
        }

        private Optional<Decision<AggregatorEvent>> unlessOpen(Hash reference) {
            if (state.job().isEmpty() || !state.job().get().terms().reference().equals(reference)) {
                return Optional.of(Decision.refuse(
                        Code.WRONG_PHASE, "that round is not being averaged", "watch the project's aggregator"));
            }
            return Optional.empty();
        }

        /** AGG-02. */
        @Override
        public Decision<AggregatorEvent> on(AggregatorCommand.Submit command) {
            var closed = unlessOpen(command.reference());
            if (closed.isPresent()) {
                return closed.get();
            }
            AggregatorState.Job job = job(state);
            if (!context.signedBy(job.aggregator())) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED,
                        "it is the turn of " + job.aggregator().brief(),
                        "wait for your turn");
            }
            if (job.submitted().isPresent()) {
                return Decision.refuse(Code.ALREADY_DONE, "a model was submitted", "nothing is left to do");
            }
            Acts<AggregatorEvent> acts = Acts.in(context);
            acts.event(new AggregatorEvent.Submitted(context.signer(), command.model()));
            conclude(acts, job.submits(command.model()));
            return acts.accept();
        }

        /** AGG-03. */
        @Override
        public Decision<AggregatorEvent> on(AggregatorCommand.Certify command) {
            var closed = unlessOpen(command.reference());
            if (closed.isPresent()) {
                return closed.get();
            }
            AggregatorState.Job job = job(state);
            Identity signer = context.signer();
            if (job.terms().certifiers().stream()
                    .noneMatch(seat -> seat.coordinator().equals(signer))) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED, signer.brief() + " is not of the committee", "its members certify");
            }
            if (job.certificates().containsKey(signer)) {
                return Decision.refuse(Code.ALREADY_DONE, "it has certified", "nothing is left to do");
            }
            Acts<AggregatorEvent> acts = Acts.in(context);
            acts.event(new AggregatorEvent.Certified(signer, command.model()));
            conclude(acts, job.certifies(signer, command.model()));
            return acts.accept();
        }

        private void conclude(Acts<AggregatorEvent> acts, AggregatorState.Job job) {
            Optional<BlobId> certified = certified(job);
            if (certified.isEmpty() || job.submitted().isEmpty()) {
                return;
            }
            if (!certified.get().equals(job.submitted().get())) {
                passTurn(acts, job, context, false);
                return;
            }
            List<Identity> certifiers = job.certificates().entrySet().stream()
                    .filter(e -> e.getValue().equals(certified.get()))
                    .map(Map.Entry::getKey)
                    .toList();
            AggregationTerms terms = job.terms();
            acts.event(new AggregatorEvent.Published(terms.reference(), terms.round(), certified.get(), certifiers));
            acts.send(
                    terms.project(),
                    new ProjectCommand.Published(terms.reference(), certified.get(), job.aggregator(), job.silent()));
        }
    }
}
