package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.account.Lock;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorState;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Recipe;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverState;
import computer.autonet.protocol.task.TaskState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One seed: parties of every role, two projects, faults for a while and then none, and what must hold at the end. */
final class Scenario {
    record Trade(int arrived, int returned, int swept) {
        Trade plus(Trade other) {
            return new Trade(arrived + other.arrived, returned + other.returned, swept + other.swept);
        }
    }

    private static final long FAULTS_MILLIS = 40_000;
    private static final long END_MILLIS = 3_600_000;

    private final World world;
    private final List<Party> parties = new ArrayList<>();
    private final Party owner;
    private final Vandal vandal;
    private final Set<ProcessId> projects = new TreeSet<>();
    private final int wantedProjects;
    private boolean calm;
    private int seen;

    Scenario(long seed) {
        var identities = new ArrayList<Identity>();
        for (int i = 0; i < 14; i++) {
            identities.add(new Identity(Hash.digest("party " + i)));
        }
        boolean peaceful = seed % 10 == 0;
        this.world = new World(
                seed,
                identities,
                Amount.ofTokens(10_000),
                identities.subList(0, 3),
                peaceful ? World.Faults.NONE : World.Faults.MANY);
        for (int i = 0; i < identities.size(); i++) {
            parties.add(new Party(world, identities.get(i), peaceful ? Party.Vices.NONE : vices()));
        }
        this.owner = parties.get(0);
        this.vandal = new Vandal(world, parties.get(13), identities);
        this.wantedProjects = 1 + world.random.nextInt(2);
    }

    private Party.Vices vices() {
        return switch (world.random.nextInt(4)) {
            case 0 -> new Party.Vices(8, 0, 0, 0);
            case 1 -> new Party.Vices(3, 15, 30, 1);
            case 2 -> new Party.Vices(25, 5, 50, 1);
            default -> Party.Vices.NONE;
        };
    }

    World world() {
        return world;
    }

    void run() {
        found();
        for (Party party : parties) {
            everySoOften(() -> party.play(projects));
        }
        everySoOften(this::hold);
        everySoOften(this::trade);
        everySoOften(this::trade);
        everySoOften(() -> {
            if (!calm) {
                vandal.play(projects);
                parties.get(world.random.nextInt(parties.size())).repeatSomething();
            }
        });
        long start = world.nowMillis();
        while (world.step(start + FAULTS_MILLIS)) {
            // every step checks its invariants
        }
        calm = true;
        world.calm();
        while (!isOver()) {
            if (world.nowMillis() > start + END_MILLIS) {
                throw new AssertionError("an attempt does not end: " + stages());
            }
            long next = world.nowMillis() + 500;
            while (world.step(next)) {
                // every step checks its invariants
            }
        }
        afterwards();
    }

    /** Somebody sends something other than ATN to somebody, or to a project, which has no use for it. */
    private void trade() {
        if (calm) {
            return;
        }
        Party from = parties.get(world.random.nextInt(parties.size()));
        List<ProcessId> all = List.copyOf(projects);
        Hash to = all.isEmpty() || world.chance(50)
                ? parties.get(world.random.nextInt(parties.size())).identity.address()
                : all.get(world.random.nextInt(all.size())).hash();
        Asset asset = world.chance(50) ? World.GOLD : World.SILVER;
        // Sometimes all that anybody has, so that balances come to nothing and are refused.
        Amount amount = Amount.ofTokens(world.chance(10) ? 10_000 : 1 + world.random.nextInt(100));
        from.act(world.account(from.identity), new AccountCommand.Transfer(to, amount, asset));
    }

    private void everySoOften(Runnable action) {
        world.after(30 + world.random.nextLong(470), () -> {
            action.run();
            everySoOften(action);
        });
    }

    // What the owner and the participants want before rounds can begin

    private ProjectTerms terms() {
        return new ProjectTerms(
                "simulated",
                new Recipe("mlp", 8, 8, 10, 1, 100, 32, 10_000),
                BlobId.of(new byte[] {1}),
                1 + world.random.nextInt(3),
                Amount.ofTokens(50).plus(new Amount(BigInteger.valueOf(world.random.nextInt(1_000)))),
                1 + world.random.nextInt(3),
                3,
                1 + world.random.nextInt(3),
                new PhaseTimes(2_000, 2_000, 1_500, 2_500, 2_000, 2_000));
    }

    private void found() {
        for (int i = 0; i < 13; i++) {
            int index = i;
            world.after(world.random.nextLong(3_000), () -> prepare(parties.get(index), index));
        }
    }

    /** 0 owns; 1 and 2 propose (2 solves too); 3 to 6 solve; 7 to 11 coordinate; 11 and 12 aggregate. */
    private void prepare(Party party, int index) {
        List<ProcessId> all = List.copyOf(projects);
        if (!all.isEmpty() && all.size() >= wantedProjects) {
            if (index >= 2 && index <= 6) {
                party.act(
                        world.owned(Kind.SOLVER, party.identity.address()),
                        new SolverCommand.Declare(1 + world.random.nextInt(2), all));
            }
            if (index >= 7 && index <= 11) {
                party.act(world.owned(Kind.COORDINATOR, party.identity.address()), new CoordinatorCommand.Enlist(all));
            }
            for (ProcessId project : all) {
                for (Role role : roles(index)) {
                    if (lacks(party, project, role)) {
                        Amount stake = role.minimumStake().plus(Amount.ofTokens(world.random.nextInt(100)));
                        party.act(world.account(party.identity), new AccountCommand.Stake(project, role, stake));
                    }
                }
            }
        }
        if (!calm) {
            world.after(100 + world.random.nextLong(1_500), () -> prepare(party, index));
        }
    }

    private boolean lacks(Party party, ProcessId project, Role role) {
        return world.read(world.account(party.identity), AccountState.class).stream()
                .flatMap(account -> account.locks().values().stream())
                .noneMatch(lock -> lock.project().equals(project) && lock.role() == role);
    }

    private static List<Role> roles(int index) {
        return switch (index) {
            case 1 -> List.of(Role.PROPOSER);
            case 2 -> List.of(Role.PROPOSER, Role.SOLVER);
            case 3, 4, 5, 6 -> List.of(Role.SOLVER);
            case 7, 8, 9, 10 -> List.of(Role.COORDINATOR);
            case 11 -> List.of(Role.COORDINATOR, Role.AGGREGATOR);
            case 12 -> List.of(Role.AGGREGATOR);
            default -> List.of();
        };
    }

    /** The owner founds, funds, resumes and sometimes closes. */
    private void hold() {
        ProcessId account = world.account(owner.identity);
        var journal = world.host(account).journal;
        while (seen < journal.size()) {
            for (Event event : journal.get(seen++).draft().events()) {
                if (event instanceof AccountEvent.ProjectFounded founded) {
                    projects.add(founded.project());
                }
            }
        }
        if (projects.size() < wantedProjects) {
            owner.act(account, new AccountCommand.CreateProject(terms()));
        } else if (!calm) {
            for (ProcessId project : projects) {
                var state = world.read(project, ProjectState.Founded.class);
                if (world.chance(20)) {
                    owner.act(account, new AccountCommand.Transfer(project.hash(), Amount.ofTokens(60)));
                } else if (state.isPresent() && state.get().stage() instanceof Stage.Paused) {
                    owner.act(project, world.chance(10) ? new ProjectCommand.Close() : new ProjectCommand.Resume());
                }
            }
            if (world.chance(2)) {
                owner.act(
                        world.owned(Kind.CONSTITUTION, world.genesis.networkId()),
                        new ConstitutionCommand.ProposeAmendment("a", "b", ""));
            }
        }
    }

    // The end

    private boolean isOver() {
        return world.isQuiet()
                && projects.size() >= wantedProjects
                && projects.stream()
                        .allMatch(project -> world.read(project, ProjectState.Founded.class)
                                .filter(state -> isIdle(state.stage()))
                                .isPresent());
    }

    private static boolean isIdle(Stage stage) {
        return stage instanceof Stage.Complete || stage instanceof Stage.Paused || stage instanceof Stage.Gathering;
    }

    private List<String> stages() {
        return world.hosts.values().stream()
                .map(host -> host.domain() instanceof ProjectState.Founded f
                        ? f.stage().toString()
                        : "")
                .filter(stage -> !stage.isEmpty())
                .toList();
    }

    private void afterwards() {
        var sums = new TreeMap<Asset, Amount>();
        var scored = new HashSet<Object>();
        for (Host<?, ?, ?> host : world.all()) {
            host.verify();
            if (host.domain() instanceof AccountState account) {
                account.totals().forEach((asset, amount) -> sums.merge(asset, amount, Amount::plus));
                assertThat(account.holds()).as("no reward stays set aside").isEmpty();
                account.locks().forEach((number, lock) -> assertBacked(host, number, lock));
            } else if (host.domain() instanceof SolverState solver) {
                assertThat(solver.assignments()).as("no solver stays assigned").isEmpty();
            } else if (host.domain() instanceof CoordinatorState coordinator) {
                assertThat(coordinator.seats())
                        .as("no coordinator stays seated")
                        .isEmpty();
            } else if (host.domain() instanceof AggregatorState aggregator) {
                assertThat(aggregator.job()).as("no aggregation stays open").isEmpty();
            } else if (host.domain() instanceof TaskState task) {
                assertThat(task)
                        .as("a task ends, or nobody created it")
                        .isInstanceOfAny(TaskState.Decided.class, TaskState.Void.class, TaskState.Unopened.class);
                if (task instanceof TaskState.Decided decided) {
                    var evidence = decided.evidence();
                    assertThat(scored.add(List.of(evidence.terms().project(), evidence.truth())))
                            .as("no truth scores twice")
                            .isTrue();
                }
            } else if (host.domain() instanceof ProjectState.Founded project) {
                project.roster().forEach((key, member) -> assertLocked(host.id, key, member));
                assertThat(project.roster().values().stream().filter(Member::leaving))
                        .as("who wanted to leave has left")
                        .isEmpty();
            }
        }
        assertThat(world.invariants.inFlight().values()).containsOnly(BigInteger.ZERO);
        assertThat(sums).as("issued = accounts").isEqualTo(world.genesis.issued());
        parties.forEach(Party::checkReceipts);
    }

    private void assertBacked(Host<?, ?, ?> account, long number, Lock lock) {
        boolean member = world.read(lock.project(), ProjectState.Founded.class).stream()
                .flatMap(state -> state.roster().values().stream())
                .anyMatch(m -> m.lock() == number && m.stake().equals(lock.amount()));
        assertThat(member || lock.released())
                .as("lock %s of %s backs a member or is free", number, account.id)
                .isTrue();
    }

    private void assertLocked(ProcessId project, MemberKey key, Member member) {
        AccountState account =
                world.read(world.account(key.identity()), AccountState.class).orElseThrow();
        Lock lock = account.locks().get(member.lock());
        assertThat(lock).as("%s is staked", key).isNotNull();
        assertThat(lock.project()).isEqualTo(project);
        assertThat(lock.role()).isEqualTo(key.role());
        assertThat(lock.amount()).isEqualTo(member.stake());
        assertThat(lock.released()).isFalse();
    }

    /** How often something other than ATN arrived, came back, and was swept out of an escrow. */
    Trade traded() {
        int arrived = 0;
        int returned = 0;
        int swept = 0;
        for (Host<?, ?, ?> host : world.all()) {
            for (Host.Stored stored : host.journal) {
                Draft draft = stored.draft();
                boolean other = draft.events().stream().anyMatch(Scenario::isOfAnotherAsset);
                if (other && draft.input() instanceof Input.FromProcess from) {
                    if (from.payload() instanceof Payload.Bounce) {
                        returned++;
                    } else if (((Payload.Ask) from.payload()).command() instanceof AccountCommand.Sweep) {
                        swept++;
                    } else {
                        arrived++;
                    }
                }
            }
        }
        return new Trade(arrived, returned, swept);
    }

    private static boolean isOfAnotherAsset(Event event) {
        return event instanceof AccountEvent.Credited credited
                        && !credited.asset().isAtn()
                || event instanceof AccountEvent.Sent sent && !sent.asset().isAtn();
    }

    int published() {
        return projects.stream()
                .mapToInt(p -> world.read(p, ProjectState.Founded.class)
                        .orElseThrow()
                        .models()
                        .size())
                .sum();
    }

    int voided() {
        return projects.stream()
                .mapToInt(p -> (int) world.read(p, ProjectState.Founded.class).orElseThrow().summaries().stream()
                        .filter(summary -> summary.voided().isPresent())
                        .count())
                .sum();
    }
}
