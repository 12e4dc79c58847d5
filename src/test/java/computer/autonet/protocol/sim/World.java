package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.KindCodec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.aggregator.AggregatorEvent;
import computer.autonet.protocol.aggregator.AggregatorRules;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.constitution.ConstitutionEvent;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.constitution.ConstitutionRules;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorEvent;
import computer.autonet.protocol.coordinator.CoordinatorRules;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.ByVersion;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectRules;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverEvent;
import computer.autonet.protocol.solver.SolverRules;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskEvent;
import computer.autonet.protocol.task.TaskRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * All processes of a network on virtual time, with a network and disks that fail as real ones do. Everything that happens
 * follows from the seed.
 */
final class World {
    /** How often what fails, in percent of the occasions. */
    record Faults(
            int crashBeforePersist, int crashAfterPersist, int lostDelivery, int lostAcknowledgement, int lateTick) {
        static final Faults NONE = new Faults(0, 0, 0, 0, 0);
        static final Faults MANY = new Faults(1, 1, 10, 10, 2);
    }

    static final Asset GOLD = new Asset(Hash.digest("gold"));

    /** Some accounts have no room for it. */
    static final Asset SILVER = new Asset(Hash.digest("silver"));

    private record Scheduled(long atMillis, long order, Runnable action) {}

    final SplittableRandom random;
    final Genesis genesis;
    final Invariants invariants;
    final TreeMap<ProcessId, Host<?, ?, ?>> hosts = new TreeMap<>();
    private final PriorityQueue<Scheduled> queue = new PriorityQueue<>((a, b) -> a.atMillis() != b.atMillis()
            ? Long.compare(a.atMillis(), b.atMillis())
            : Long.compare(a.order(), b.order()));
    private final Map<List<Object>, ProcessId> names = new HashMap<>();
    private final Kernels kernels;
    private Faults faults;
    private long nowMillis = 1_000_000;
    private long order;
    private long entries;

    World(long seed, List<Identity> funded, Amount each, List<Identity> guardians, Faults faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        var allocations = new TreeMap<Identity, Amount>();
        funded.forEach(identity -> allocations.put(identity, each));
        var others = new TreeMap<Asset, SortedMap<Identity, Amount>>();
        others.put(GOLD, Tables.copyOf(allocations));
        others.put(SILVER, Tables.copyOf(allocations));
        this.genesis = FirstGenesis.of(
                "simulation",
                100_000,
                Tables.copyOf(allocations),
                others,
                new Identity(Hash.digest("treasury")),
                guardians);
        this.invariants = new Invariants(genesis.issued());
        this.kernels = new Kernels(genesis);
        funded.forEach(identity -> host(account(identity)));
    }

    long nowMillis() {
        return nowMillis;
    }

    long entries() {
        return entries;
    }

    void calm() {
        faults = Faults.NONE;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    ProcessId account(Identity identity) {
        return owned(Kind.ACCOUNT, identity.address());
    }

    ProcessId owned(Kind kind, Hash owner) {
        return names.computeIfAbsent(List.of(kind, owner), key -> ProcessId.owned(kind, genesis.networkId(), owner));
    }

    Host<?, ?, ?> host(ProcessId id) {
        Host<?, ?, ?> known = hosts.get(id);
        if (known == null) {
            known = kernels.host(id);
            hosts.put(id, known);
            invariants.opened(known.domain());
        }
        return known;
    }

    <T> Optional<T> read(ProcessId id, Class<T> type) {
        Host<?, ?, ?> host = hosts.get(id);
        return host != null && type.isInstance(host.domain())
                ? Optional.of(type.cast(host.domain()))
                : Optional.empty();
    }

    void after(long millis, Runnable action) {
        queue.add(new Scheduled(nowMillis + millis, order++, action));
    }

    /** Runs what is due until {@code untilMillis}; false if nothing is left to happen. */
    boolean step(long untilMillis) {
        Scheduled next = queue.peek();
        if (next == null || next.atMillis() > untilMillis) {
            return false;
        }
        queue.remove();
        nowMillis = Math.max(nowMillis, next.atMillis());
        next.action().run();
        return true;
    }

    /** Offers an input as a host does; no answer if the process is down or goes down over it. */
    Optional<Outcome> offer(ProcessId id, Input input) {
        return offer(host(id), input);
    }

    private <S> Optional<Outcome> offer(Host<S, ?, ?> host, Input input) {
        while (nowMillis >= host.downUntilMillis) {
            Outcome outcome = host.decide(input, nowMillis);
            if (outcome instanceof Outcome.TickFirst tick) {
                if (offer(host, tick.tick()).isEmpty()) {
                    return Optional.empty();
                }
            } else if (outcome instanceof Outcome.Record record) {
                return write(host, record) ? Optional.of(outcome) : Optional.empty();
            } else {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    private <S> boolean write(Host<S, ?, ?> host, Outcome.Record record) {
        ProcessState<S> before = host.state();
        OptionalLong dueBefore = host.deadlineMillis();
        if (chance(faults.crashBeforePersist())) {
            crash(host);
            assertThat(host.state()).isEqualTo(before);
            return false;
        }
        entries++;
        justified(record.draft().input());
        Host.Stored stored = host.persist(record.draft());
        boolean crashes = chance(faults.crashAfterPersist());
        if (crashes) {
            crash(host);
        } else {
            host.apply(stored);
        }
        invariants.afterEntry(before, dueBefore, stored.draft(), stored.hash(), host.state(), host.deadlineMillis());
        if (!crashes) {
            stored.draft().outbox().forEach(parcel -> deliverSoon(host, parcel));
            alarm(host);
        }
        return !crashes;
    }

    /** Whoever checks a log finds the source's entry for everything that was received. */
    private void justified(Input input) {
        if (input instanceof Input.FromProcess from) {
            Host.Stored source = host(from.source()).journal.get((int) from.slot());
            assertThat(source.hash()).isEqualTo(from.entryHash());
            Parcel parcel = source.draft().outbox().get(from.index());
            assertThat(parcel.payload()).isEqualTo(from.payload());
            assertThat(parcel.sequence()).isEqualTo(from.sequence());
        }
    }

    private void crash(Host<?, ?, ?> host) {
        host.recover();
        long away = chance(10) ? random.nextLong(60_000) : random.nextLong(1_500);
        host.downUntilMillis = nowMillis + away;
        int incarnation = host.incarnation;
        after(away, () -> {
            if (host.incarnation == incarnation) {
                host.outbox()
                        .owed()
                        .values()
                        .forEach(owed -> owed.forEach(m -> deliverAfter(host, receiverOf(host, m), m.sequence(), 1)));
                alarm(host);
            }
        });
    }

    private static ProcessId receiverOf(Host<?, ?, ?> source, Input.FromProcess message) {
        return source.journal
                .get((int) message.slot())
                .draft()
                .outbox()
                .get(message.index())
                .receiver();
    }

    private void deliverSoon(Host<?, ?, ?> source, Parcel parcel) {
        deliverAfter(source, parcel.receiver(), parcel.sequence(), 1 + random.nextLong(40));
        if (chance(faults.lostAcknowledgement())) {
            deliverAfter(source, parcel.receiver(), parcel.sequence(), 1 + random.nextLong(400));
        }
    }

    private void deliverAfter(Host<?, ?, ?> source, ProcessId receiver, long sequence, long millis) {
        int incarnation = source.incarnation;
        after(millis, () -> {
            if (source.incarnation == incarnation) {
                deliver(source, receiver, sequence);
            }
        });
    }

    private void deliver(Host<?, ?, ?> source, ProcessId receiver, long sequence) {
        Optional<Input.FromProcess> message = source.outbox().owed().getOrDefault(receiver, List.of()).stream()
                .filter(m -> m.sequence() == sequence)
                .findFirst();
        if (message.isEmpty()) {
            return;
        }
        int incarnation = source.incarnation;
        Optional<Outcome> outcome = chance(faults.lostDelivery()) ? Optional.empty() : offer(receiver, message.get());
        if (source.incarnation != incarnation) {
            return;
        }
        boolean logged = outcome.isPresent()
                && (outcome.get() instanceof Outcome.Record || outcome.get() instanceof Outcome.Redelivered);
        if (logged && !chance(faults.lostAcknowledgement())) {
            source.delivered(receiver, sequence, chance(70));
        } else {
            deliverAfter(source, receiver, sequence, 20 + random.nextLong(300));
        }
    }

    private void alarm(Host<?, ?, ?> host) {
        OptionalLong due = host.deadlineMillis();
        if (due.isEmpty()) {
            return;
        }
        long late = chance(faults.lateTick()) ? 2_001 + random.nextLong(20_000) : random.nextLong(50);
        int incarnation = host.incarnation;
        after(Math.max(0, due.getAsLong() - nowMillis) + late, () -> {
            if (host.incarnation == incarnation) {
                offer(host, new Input.Tick(due.getAsLong()));
            }
        });
    }

    boolean isQuiet() {
        return hosts.values().stream().allMatch(host -> host.outbox().isEmpty());
    }

    /** The rules of all kinds under one genesis. */
    private static final class Kernels {
        private final Genesis genesis;
        private final ConstitutionGuard guard = new ConstitutionGuard();

        Kernels(Genesis genesis) {
            this.genesis = genesis;
        }

        Host<?, ?, ?> host(ProcessId id) {
            return switch (id.kind()) {
                case ACCOUNT ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new CrampedAccounts()),
                                    AccountCommand.class,
                                    AccountEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
                case PROJECT ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new ProjectRules()),
                                    ProjectCommand.class,
                                    ProjectEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
                case TASK ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new TaskRules()),
                                    TaskCommand.class,
                                    TaskEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
                case SOLVER ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new SolverRules()),
                                    SolverCommand.class,
                                    SolverEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
                case COORDINATOR ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new CoordinatorRules()),
                                    CoordinatorCommand.class,
                                    CoordinatorEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
                case AGGREGATOR ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new AggregatorRules()),
                                    AggregatorCommand.class,
                                    AggregatorEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
                case CONSTITUTION ->
                    new Host<>(
                            id,
                            new Kernel<>(
                                    ByVersion.of(new ConstitutionRules()),
                                    ConstitutionCommand.class,
                                    ConstitutionEvent.class,
                                    genesis,
                                    guard,
                                    KindCodec::action));
            };
        }
    }

    List<Host<?, ?, ?>> all() {
        return new ArrayList<>(hosts.values());
    }
}
