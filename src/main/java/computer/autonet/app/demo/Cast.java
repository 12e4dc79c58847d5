package computer.autonet.app.demo;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.codec.KnownVersions;
import computer.autonet.engine.work.Behaviour;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who takes part in a demo. Keys follow from the demo's seed, so that a seed gives the same draws again; such keys are
 * for a network of one's own and nothing else.
 */
final class Cast {
    private static final Amount OWNER_FUNDS = Amount.ofTokens(1_000_000);

    private final long seed;
    private final List<Player> players = new ArrayList<>();

    /** One participant. */
    record Player(String name, Role role, Behaviour behaviour, Ed25519Key key, int index) {
        Identity identity() {
            return key.identity();
        }

        /** Twice the minimum, so that a charge for one silence does not end the part. */
        Amount stake() {
            return role.minimumStake().plus(role.minimumStake());
        }

        String behaviourLabel() {
            return behaviour == Behaviour.HONEST
                    ? "honest"
                    : behaviour.label(role).replaceFirst(".*:", "");
        }
    }

    /** An adversary as the flag names it. */
    record Adversary(Role role, Behaviour behaviour) {}

    Cast(long seed, int solvers, int coordinators, List<Adversary> adversaries) {
        this.seed = seed;
        add(Role.PROPOSER, 1, adversaries);
        add(Role.SOLVER, solvers, adversaries);
        add(Role.COORDINATOR, coordinators, adversaries);
        add(Role.AGGREGATOR, 1, adversaries);
    }

    private void add(Role role, int honest, List<Adversary> adversaries) {
        for (int i = 0; i < honest; i++) {
            String name = role.label() + "-" + (i + 1);
            players.add(new Player(name, role, Behaviour.HONEST, key(name), i));
        }
        int index = 0;
        for (Adversary adversary : adversaries) {
            if (adversary.role() == role) {
                String name = role.label() + "-" + (honest + index + 1);
                players.add(new Player(name, role, adversary.behaviour(), key(name), index));
                index++;
            }
        }
    }

    private Ed25519Key key(String name) {
        return Ed25519Key.ofSeed(
                Hash.digest("autonet/demo/" + seed + "/" + name).toArray());
    }

    Ed25519Key owner() {
        return key("owner");
    }

    List<Player> players() {
        return List.copyOf(players);
    }

    int count(Role role) {
        return (int) players.stream().filter(p -> p.role() == role).count();
    }

    String nameOf(Identity identity) {
        return players.stream()
                .filter(p -> p.identity().equals(identity))
                .map(Player::name)
                .findFirst()
                .orElse(identity.brief());
    }

    /** A network in which everyone has what the part needs, and a week of lock time is a minute. */
    Genesis genesis() {
        SortedMap<Identity, Amount> allocations = new TreeMap<>();
        allocations.put(owner().identity(), OWNER_FUNDS);
        players.forEach(p -> allocations.put(p.identity(), p.stake().plus(p.stake())));
        return new Genesis(
                "demo-" + seed,
                KnownVersions.latest(),
                10_080,
                allocations,
                Tables.empty(),
                key("treasury").identity(),
                List.of(owner().identity()));
    }
}
