package computer.autonet.engine.work;

import com.typesafe.config.ConfigFactory;
import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.client.InMemoryNetwork;
import computer.autonet.client.NetworkClient;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.WorkStore;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.Materializer;

/** A network in memory with a project and people who work for it; time passes when nobody has anything to do. */
final class Town implements AutoCloseable {
    static final ModelSpec MODEL = new ModelSpec(ModelSpec.Architecture.MLP, 4, 4, 4);
    static final Amount STAKE = Amount.ofTokens(2_000);

    private static final int PEOPLE = 24;
    private static final long QUIET_MILLIS = 60;

    final ActorSystem system = ActorSystem.create(
            "town",
            ConfigFactory.parseString("pekko.fail-mixed-versions = off")
                    .withFallback(ConfigFactory.defaultReference()));
    final Materializer materializer = Materializer.createMaterializer(system);
    final ExecutorService executor = Executors.newFixedThreadPool(2);
    final SoftmaxTrainer trainer = new SoftmaxTrainer();
    final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    final AtomicBoolean fresh = new AtomicBoolean(true);
    final Genesis genesis;
    final InMemoryNetwork network;
    final NetworkClient client;
    final ProcessId project;
    final List<Participant> participants = new ArrayList<>();

    WorkListener listener = (who, role, event) -> {};

    Town(int rounds, int solvers, int coordinators) {
        var allocations = new TreeMap<Identity, Amount>();
        for (int i = 0; i < PEOPLE; i++) {
            allocations.put(key(i).identity(), Amount.ofTokens(10_000));
        }
        genesis = FirstGenesis.of("town", 1_000_000, allocations, key(PEOPLE).identity(), List.of());
        network = new InMemoryNetwork(genesis, materializer);
        client = new NetworkClient(network, materializer);
        project = found(rounds, solvers, coordinators);
    }

    static SigningKey key(int person) {
        return Ed25519Key.ofSeed(Hash.digest("person " + person).toArray());
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private ProcessId found(int rounds, int solvers, int coordinators) {
        SigningKey owner = key(0);
        BlobId initial =
                get(client.putBlob(Parameters.of(trainer.initial(MODEL, 0)).encode()));
        // Enough data, steps and batch that no draw of batches leaves an honest solver without a score (τ = 0.01 nats).
        var recipe = Recipes.toProject(new Recipe(MODEL, 7, 60, 64, 500_000));
        var terms = new ProjectTerms(
                "stripes",
                recipe,
                initial,
                rounds,
                Amount.ofTokens(100),
                solvers,
                coordinators,
                5,
                new PhaseTimes(60_000, 60_000, 60_000, 60_000, 60_000, 60_000));
        ProcessId account = ProcessId.owned(
                Kind.ACCOUNT, genesis.networkId(), owner.identity().address());
        var receipt = get(client.submit(owner, account, new AccountCommand.CreateProject(terms)));
        ProcessId id = ProcessId.created(Kind.PROJECT, account, receipt.slot(), 0);
        get(client.submit(owner, account, new AccountCommand.Transfer(id.hash(), Amount.ofTokens(1_000))));
        return id;
    }

    /** Images with one bright row, which is the class, under noise. */
    static Examples stripes(long seed, int count) {
        var random = new SplittableRandom(seed);
        byte[] labels = new byte[count];
        byte[] pixels = new byte[count * 16];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(4);
            for (int p = 0; p < 16; p++) {
                pixels[i * 16 + p] = (byte) (random.nextInt(100) + (p / 4 == labels[i] ? 120 : 0));
            }
        }
        return Examples.of(4, 4, 4, 255, labels, pixels);
    }

    static Examples truth(int round, int attempt, List<BlobId> revealed) {
        return stripes(1_000L * round + attempt, 64);
    }

    WorkEngine engine() {
        return engine(new Folder());
    }

    WorkEngine engine(WorkStore store) {
        return new WorkEngine(client, trainer, store, executor, fresh::get, (who, role, event) -> {
            events.add(role.label() + " " + who.brief() + " " + event);
            listener.on(who, role, event);
        });
    }

    /** Proposer 1, aggregator 2, solvers from 3 on, coordinators from 13 on. */
    Participant proposer(WorkEngine engine, int person, Behaviour behaviour) {
        return added(engine.proposer(key(person), project, STAKE, Town::truth, behaviour));
    }

    Participant aggregator(WorkEngine engine, int person) {
        return added(engine.aggregator(key(person), project, STAKE));
    }

    Participant solver(WorkEngine engine, int person, Behaviour behaviour) {
        return added(engine.solver(key(person), project, STAKE, stripes(person, 400), behaviour));
    }

    Participant coordinator(WorkEngine engine, int person, Behaviour behaviour) {
        return added(engine.coordinator(key(person), project, STAKE, behaviour));
    }

    private Participant added(Participant participant) {
        participants.add(participant);
        return participant;
    }

    ProjectState.Founded state() {
        return (ProjectState.Founded) network.state(project);
    }

    Member member(Role role, int person) {
        return Tables.at(state().roster(), new MemberKey(role, key(person).identity()));
    }

    /** Lets time pass, whenever all are idle, until the project is complete or has paused. */
    void run() {
        run(state -> state.stage() instanceof Stage.Complete || state.stage() instanceof Stage.Paused);
    }

    /** Lets time pass, whenever all are idle, until the project is like that. */
    void run(java.util.function.Predicate<ProjectState.Founded> until) {
        var clock = Executors.newSingleThreadScheduledExecutor();
        try {
            long[] seen = {-1, System.nanoTime()};
            var done = new java.util.concurrent.CompletableFuture<Void>();
            clock.scheduleWithFixedDelay(
                    () -> {
                        try {
                            if (until.test(state())) {
                                done.complete(null);
                                return;
                            }
                            // In this order: what a watcher was given wakes its participant before it asks for more.
                            boolean quiet = network.allCaughtUp()
                                    && participants.stream().allMatch(Participant::idle)
                                    && network.allCaughtUp();
                            if (!quiet || network.entries() != seen[0]) {
                                seen[0] = network.entries();
                                seen[1] = System.nanoTime();
                            } else if (System.nanoTime() - seen[1] > QUIET_MILLIS * 1_000_000) {
                                network.tickNext();
                            }
                        } catch (RuntimeException | Error e) {
                            done.completeExceptionally(e);
                        }
                    },
                    5,
                    5,
                    TimeUnit.MILLISECONDS);
            done.get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the project stands at " + state().stage() + "\n" + String.join("\n", events), e);
        } catch (Exception e) {
            throw new AssertionError(String.join("\n", events), e);
        } finally {
            clock.shutdownNow();
        }
    }

    /** Waits until the project is like that, while time stands still. */
    void await(java.util.function.Predicate<ProjectState.Founded> until) {
        var over = new java.util.concurrent.CompletableFuture<Void>();
        try (var unused = watching(() -> {
            if (until.test(state())) {
                over.complete(null);
            }
        })) {
            over.get(90, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the project stands at " + state().stage() + "\n" + String.join("\n", events), e);
        }
    }

    private static AutoCloseable watching(Runnable look) {
        var clock = Executors.newSingleThreadScheduledExecutor();
        var unused = clock.scheduleWithFixedDelay(look, 5, 5, TimeUnit.MILLISECONDS);
        return clock::shutdownNow;
    }

    Optional<String> event(String... parts) {
        return events.stream()
                .filter(e -> java.util.Arrays.stream(parts).allMatch(e::contains))
                .findFirst();
    }

    @Override
    public void close() {
        participants.forEach(Participant::close);
        executor.shutdownNow();
        system.terminate();
    }

    /** A work folder in memory. */
    static final class Folder implements WorkStore {
        final Map<String, byte[]> files = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> load(String key) {
            return Optional.ofNullable(files.get(key)).map(byte[]::clone);
        }

        @Override
        public void save(String key, byte[] content) {
            files.putIfAbsent(key, content.clone());
        }
    }
}
