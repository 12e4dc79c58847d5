package computer.autonet.protocol.rules;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Origin;
import computer.autonet.protocol.process.Outgoing;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One process under its rules alone: asks, keeps what is accepted, and shows what goes out. */
final class Bench<S, C extends Command, E extends Event> {
    static final Identity ALICE = identity("alice");
    static final Identity BOB = identity("bob");
    /** Alice has 300 at genesis. */
    static final Asset GOLD = new Asset(Hash.digest("gold"));

    /** Bob has 40 at genesis, and nothing else. */
    static final Asset SILVER = new Asset(Hash.digest("silver"));

    static final Genesis GENESIS = genesis(List.of(identity("g1"), identity("g2"), identity("g3")));
    static final Refusal NO = new Refusal(Code.WRONG_PHASE, "no", "stop");

    final Rules<S, C, E> rules;
    final ProcessId id;
    S state;
    long slot;
    long nowMillis = 1_000;
    List<Outgoing> sent = List.of();

    Bench(Rules<S, C, E> rules, ProcessId id) {
        this.rules = rules;
        this.id = id;
        this.state = rules.initial(id, GENESIS);
    }

    static Identity identity(String name) {
        return new Identity(Hash.digest(name));
    }

    static BlobId blob(String name) {
        return new BlobId(Hash.digest(name));
    }

    static Genesis genesis(List<Identity> guardians) {
        var grants = new TreeMap<Identity, Amount>();
        grants.put(ALICE, Amount.ofTokens(2_000));
        var assets = new TreeMap<Asset, SortedMap<Identity, Amount>>();
        assets.put(GOLD, new TreeMap<>(Map.of(ALICE, Amount.ofTokens(300))));
        assets.put(SILVER, new TreeMap<>(Map.of(BOB, Amount.ofTokens(40))));
        return FirstGenesis.of("bench", 1, grants, assets, identity("treasury"), guardians);
    }

    static ProcessId owned(Kind kind, Hash owner) {
        return ProcessId.owned(kind, GENESIS.networkId(), owner);
    }

    static ProcessId account(Identity who) {
        return owned(Kind.ACCOUNT, who.address());
    }

    static ProcessId process(Kind kind, String name) {
        return new ProcessId(kind, Hash.digest(name));
    }

    static ProjectTerms terms() {
        return terms("mlp", 2, 1, Amount.ofTokens(100));
    }

    static ProjectTerms terms(String model, int rounds, int attempts, Amount reward) {
        return new ProjectTerms(
                "p",
                new Recipe(model, 8, 8, 10, 1, 100, 32, 1_000),
                blob("initial"),
                rounds,
                reward,
                1,
                3,
                attempts,
                new PhaseTimes(1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
    }

    private Context context(Origin origin) {
        return new Context(id, origin, slot, nowMillis, GENESIS);
    }

    Decision<E> ask(Identity signer, C command) {
        return keep(rules.decide(state, command, context(new Origin.Signer(signer))));
    }

    Decision<E> ask(ProcessId source, C command) {
        return keep(rules.decide(state, command, context(new Origin.Process(source, 0, 0))));
    }

    void bounce(ProcessId source, Command ours) {
        keep(rules.onBounce(state, ours, NO, context(new Origin.Process(source, 0, 0))));
    }

    void deadline() {
        nowMillis = rules.deadlineMillis(state).orElseThrow();
        keep(rules.onDeadline(state, context(new Origin.Clock())));
    }

    private Decision<E> keep(Decision<E> decision) {
        if (decision instanceof Decision.Accepted<E> accepted) {
            for (E event : accepted.events()) {
                state = rules.evolve(state, event);
            }
            sent = accepted.outbox();
            slot++;
        }
        return decision;
    }

    List<Command> sent() {
        var commands = new ArrayList<Command>();
        sent.forEach(out -> commands.add(((Payload.Ask) out.payload()).command()));
        return commands;
    }

    <T> List<T> sent(Class<T> type) {
        return sent().stream().filter(type::isInstance).map(type::cast).toList();
    }

    static void accepted(Decision<?> decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
    }

    static void refused(Decision<?> decision, Code code) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        var refusal = ((Decision.Refused<?>) decision).refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.remedy()).as("a refusal says what to do").isNotBlank();
    }
}
