package computer.autonet.protocol.solver;

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
import computer.autonet.protocol.role.Service;
import java.util.Optional;

/** Decides for solvers: nobody works without having offered to, nor beyond what it offered. */
public final class SolverRules implements Rules<SolverState, SolverCommand, SolverEvent> {
    /** SOLV-04: more tasks at a time than one machine trains. */
    public static final int MAX_CAPACITY = 1_024;

    public static final int MAX_PROJECTS = 1_024;

    @Override
    public Kind kind() {
        return Kind.SOLVER;
    }

    @Override
    public SolverState initial(ProcessId id, Genesis genesis) {
        return SolverState.EMPTY;
    }

    @Override
    public boolean isInternal(SolverCommand command) {
        return !(command instanceof SolverCommand.Declare);
    }

    @Override
    public Decision<SolverEvent> decide(SolverState state, SolverCommand command, Context context) {
        return command.accept(new Answer(state, context));
    }

    /** SOLV-05: an acceptance that the project no longer wants frees the capacity. */
    @Override
    public Decision.Accepted<SolverEvent> onBounce(SolverState state, Command ours, Refusal refusal, Context context) {
        Acts<SolverEvent> acts = Acts.in(context);
        if (ours instanceof ProjectCommand.Assigned assigned
                && state.assignments().containsKey(assigned.reference())) {
            acts.event(new SolverEvent.Released(assigned.reference(), Service.UNUSED));
        }
        return (Decision.Accepted<SolverEvent>) acts.accept();
    }

    @Override
    public SolverState evolve(SolverState state, SolverEvent event) {
        return event.evolve(state);
    }

    private record Answer(SolverState state, Context context) implements SolverCommand.Visitor<Decision<SolverEvent>> {
        /** SOLV-01. */
        @Override
        public Decision<SolverEvent> on(SolverCommand.Declare command) {
            Identity signer = context.signer();
            Optional<Refusal> foreign = context.unlessOwner();
            if (foreign.isPresent()) {
                return new Decision.Refused<>(foreign.get());
            }
            if (command.capacity() < 0
                    || command.capacity() > MAX_CAPACITY
                    || command.projects().size() > MAX_PROJECTS) {
                return Decision.refuse(
                        Code.INVALID_ARGUMENT,
                        "capacity " + command.capacity() + ", "
                                + command.projects().size() + " projects",
                        "declare 0 to " + MAX_CAPACITY + " tasks for at most " + MAX_PROJECTS + " projects");
            }
            return Acts.<SolverEvent>in(context)
                    .event(new SolverEvent.Declared(signer, command.capacity(), command.projects()))
                    .accept();
        }

        /** SOLV-02: within the declared free capacity. */
        @Override
        public Decision<SolverEvent> on(SolverCommand.Assign command) {
            if (!state.projects().contains(context.sender())) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED,
                        "this solver did not declare for " + context.sender().brief(),
                        "the solver declares the project first");
            }
            if (state.assignments().containsKey(command.reference())) {
                return Decision.refuse(Code.ALREADY_DONE, "that attempt is assigned already", "assign once");
            }
            if (state.assignments().size() >= state.capacity()) {
                return Decision.refuse(
                        Code.NO_CAPACITY,
                        state.assignments().size() + " of " + state.capacity() + " places are taken",
                        "draw another solver");
            }
            return Acts.<SolverEvent>in(context)
                    .event(new SolverEvent.Assigned(command.reference(), context.sender()))
                    .send(
                            context.sender(),
                            new ProjectCommand.Assigned(
                                    command.reference(), state.owner().orElseThrow()))
                    .accept();
        }

        /** SOLV-03. */
        @Override
        public Decision<SolverEvent> on(SolverCommand.Release command) {
            if (!context.sender().equals(state.assignments().get(command.reference()))) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED, "no such assignment of that project", "release what you assigned, once");
            }
            return Acts.<SolverEvent>in(context)
                    .event(new SolverEvent.Released(command.reference(), command.service()))
                    .accept();
        }
    }
}
