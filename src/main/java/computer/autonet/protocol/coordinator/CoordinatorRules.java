package computer.autonet.protocol.coordinator;

import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
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
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides for coordinators: the seats they take, and the bonds that their votes have built. */
public final class CoordinatorRules implements Rules<CoordinatorState, CoordinatorCommand, CoordinatorEvent> {
    /** COORD-04: committees at a time, and projects, that keep the state small. */
    public static final int MAX_SEATS = 1_024;

    public static final int MAX_PROJECTS = 1_024;

    @Override
    public Kind kind() {
        return Kind.COORDINATOR;
    }

    @Override
    public CoordinatorState initial(ProcessId id, Genesis genesis) {
        return CoordinatorState.EMPTY;
    }

    @Override
    public boolean isInternal(CoordinatorCommand command) {
        return !(command instanceof CoordinatorCommand.Enlist);
    }

    @Override
    public Decision<CoordinatorEvent> decide(CoordinatorState state, CoordinatorCommand command, Context context) {
        return command.accept(new Answer(state, context));
    }

    /** COORD-05: a seat that the project no longer wants is free again. */
    @Override
    public Decision.Accepted<CoordinatorEvent> onBounce(
            CoordinatorState state, Command ours, Refusal refusal, Context context) {
        Acts<CoordinatorEvent> acts = Acts.in(context);
        if (ours instanceof ProjectCommand.Seated seated && state.seats().containsKey(seated.reference())) {
            acts.event(new CoordinatorEvent.Unseated(seated.reference(), Service.UNUSED, Tables.empty()));
        }
        return (Decision.Accepted<CoordinatorEvent>) acts.accept();
    }

    @Override
    public CoordinatorState evolve(CoordinatorState state, CoordinatorEvent event) {
        return event.evolve(state);
    }

    private record Answer(CoordinatorState state, Context context)
            implements CoordinatorCommand.Visitor<Decision<CoordinatorEvent>> {
        /** COORD-01. */
        @Override
        public Decision<CoordinatorEvent> on(CoordinatorCommand.Enlist command) {
            Identity signer = context.signer();
            Optional<Refusal> foreign = context.unlessOwner();
            if (foreign.isPresent()) {
                return new Decision.Refused<>(foreign.get());
            }
            if (command.projects().size() > MAX_PROJECTS) {
                return Decision.refuse(
                        Code.INVALID_ARGUMENT,
                        command.projects().size() + " projects",
                        "enlist for at most " + MAX_PROJECTS);
            }
            return Acts.<CoordinatorEvent>in(context)
                    .event(new CoordinatorEvent.Enlisted(signer, command.projects()))
                    .accept();
        }

        /** COORD-02. */
        @Override
        public Decision<CoordinatorEvent> on(CoordinatorCommand.Seat command) {
            if (!state.projects().contains(context.sender())) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED,
                        "this coordinator did not enlist for "
                                + context.sender().brief(),
                        "the coordinator enlists first");
            }
            if (state.seats().containsKey(command.reference())) {
                return Decision.refuse(Code.ALREADY_DONE, "it sits on that committee already", "seat once");
            }
            if (state.seats().size() >= MAX_SEATS) {
                return Decision.refuse(
                        Code.NO_CAPACITY, "it sits on " + MAX_SEATS + " committees", "draw another coordinator");
            }
            SortedMap<Identity, Integer> bonds = new TreeMap<>();
            SortedMap<Identity, Integer> known =
                    state.bonds().getOrDefault(context.sender(), Bonds.NONE).bySolver();
            for (Identity solver : command.solvers()) {
                Integer bond = known.get(solver);
                if (bond != null) {
                    bonds.put(solver, bond);
                }
            }
            return Acts.<CoordinatorEvent>in(context)
                    .event(new CoordinatorEvent.Seated(command.reference(), context.sender()))
                    .send(
                            context.sender(),
                            new ProjectCommand.Seated(
                                    command.reference(), state.owner().orElseThrow(), bonds))
                    .accept();
        }

        /** COORD-03. */
        @Override
        public Decision<CoordinatorEvent> on(CoordinatorCommand.Unseat command) {
            if (!context.sender().equals(state.seats().get(command.reference()))) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED, "no such seat of that project", "dissolve your own committee, once");
            }
            return Acts.<CoordinatorEvent>in(context)
                    .event(new CoordinatorEvent.Unseated(command.reference(), command.service(), command.bonds()))
                    .accept();
        }
    }
}
