package computer.autonet.engine.work;

import computer.autonet.base.Amount;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.port.Examples;
import computer.autonet.port.Trainer;
import computer.autonet.port.WorkStore;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.role.Role;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The Work engine of one node or laptop: all its participants, one trainer, one way to the network. */
public final class WorkEngine implements AutoCloseable {
    private final NetworkClient network;
    private final Trainer trainer;
    private final WorkStore store;
    private final Executor executor;
    private final BooleanSupplier fresh;
    private final WorkListener listener;
    private final Declarations declarations = new Declarations();
    private final SharedLogs logs;
    private final List<Participant> participants = new CopyOnWriteArrayList<>();

    /**
     * @param executor computes averages and seals; a few threads, and never those of the trainer
     * @param fresh whether what the network says can be relied on now; while it is not, nothing is done
     */
    public WorkEngine(
            NetworkClient network,
            Trainer trainer,
            WorkStore store,
            Executor executor,
            BooleanSupplier fresh,
            WorkListener listener) {
        this.network = network;
        this.logs = new SharedLogs(network);
        this.trainer = trainer;
        this.store = store;
        this.executor = executor;
        this.fresh = fresh;
        this.listener = listener;
    }

    /** Begins to propose, with at least the role's minimum stake. */
    public Participant proposer(
            SigningKey key, ProcessId project, Amount stake, TruthSupply truth, Behaviour behaviour) {
        behaviour.requireFits(Role.PROPOSER);
        return start(
                key,
                Role.PROPOSER,
                project,
                stake,
                desk -> behaviour == Behaviour.WITHHOLD
                        ? new WithholdingProposer(desk, truth)
                        : new ProposerDuty(desk, truth));
    }

    /** Begins to train on {@code data}, which never leaves this machine. */
    public Participant solver(SigningKey key, ProcessId project, Amount stake, Examples data, Behaviour behaviour) {
        behaviour.requireFits(Role.SOLVER);
        return start(key, Role.SOLVER, project, stake, desk -> switch (behaviour) {
            case RANDOM -> new RandomSolver(desk, data);
            case COPYCAT -> new CopycatSolver(desk, data);
            case SILENT -> new SilentSolver(desk, data);
            case SIGNFLIP -> new SignFlipSolver(desk, data);
            default -> new SolverDuty(desk, data);
        });
    }

    /** Begins to sit on committees. */
    public Participant coordinator(SigningKey key, ProcessId project, Amount stake, Behaviour behaviour) {
        behaviour.requireFits(Role.COORDINATOR);
        return start(key, Role.COORDINATOR, project, stake, desk -> switch (behaviour) {
            case LAZY -> new LazyCoordinator(desk);
            case COPY -> new CopyCoordinator(desk);
            case LIAR -> new LiarCoordinator(desk);
            default -> new CoordinatorDuty(desk);
        });
    }

    /** Begins to average in its turn. */
    public Participant aggregator(SigningKey key, ProcessId project, Amount stake) {
        return start(key, Role.AGGREGATOR, project, stake, AggregatorDuty::new);
    }

    private Participant start(SigningKey key, Role role, ProcessId project, Amount stake, Function<Desk, Duty> duty) {
        var open = new AtomicBoolean(true);
        var desk = new Desk(key, role, project, network, trainer, store, executor, listener, open::get);
        var participant =
                new Participant(desk, new Enrolment(desk, stake, declarations), duty.apply(desk), logs, fresh, open);
        participants.add(participant);
        // With its project over nothing is owed any more: it lets go of logs, data and updates.
        participant.finished().thenRun(() -> {
            participant.close();
            participants.remove(participant);
        });
        participant.start();
        return participant;
    }

    /** Ends all participants; what they owe is found again when they are started anew. */
    @Override
    public void close() {
        participants.forEach(Participant::close);
        participants.clear();
    }
}
