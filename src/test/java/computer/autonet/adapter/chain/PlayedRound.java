package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.chain.contract.ResultsRewards;
import computer.autonet.adapter.chain.contract.TaskContract;
import computer.autonet.base.Bytes;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.utils.Numeric;

/**
 * One round of DESIGN 5 as its participants play it, from the proposal to the last claim. With a setter, seat 0 is a trap that
 * coordinator c does not see.
 */
final class PlayedRound {
    static final Hash BATCH = Hash.digest("the blob of the aggregation's trace");
    private static final Hash MODEL = Hash.digest("the model");
    private static final Hash RECIPE = Hash.digest("the recipe");
    private static final int SHARE_SOLVER = 0;
    private static final int SHARE_COORDINATOR = 1;
    private static final int SHARE_PROPOSER = 2;
    private static final int SHARE_AGGREGATOR = 3;

    private final PlayedNetwork network;
    private final byte[] task;
    private final List<Player> solvers;
    private final @Nullable Player setter;
    private List<Player> coordinators = List.of();

    private PlayedRound(PlayedNetwork network, @Nullable Player setter) throws Exception {
        this.network = network;
        this.setter = setter;
        this.task = propose();
        this.solvers = drawnSolvers();
    }

    /** Plays it to the publication of its model. */
    static PlayedRound play(PlayedNetwork network, @Nullable Player setter) throws Exception {
        var round = new PlayedRound(network, setter);
        Hash trap = round.placeTrap();
        round.commit();
        round.reveal();
        round.drawCoordinators();
        round.vote(trap != null);
        round.openTrap(trap);
        round.publish();
        return round;
    }

    byte[] task() {
        return task;
    }

    // ------------------------------------------------------------------ work

    private byte[] propose() throws Exception {
        Player proposer = network.player("proposer");
        BigInteger number = progress().component2();
        Hash truth = Commitment.tagged("autonet/truth/1")
                .with(bytes(network.project.getContractAddress()))
                .with(number)
                .with(bytes(proposer.address))
                .with(Hash.digest("truth cipher"))
                .with(Hash.digest("truth"))
                .with(Hash.digest(truthSalt(number).toArray()))
                .hash();
        proposer.tasks
                .propose(network.project.getContractAddress(), RECIPE.toArray(), truth.toArray())
                .send();
        return progress().component1();
    }

    private Hash truthSalt(BigInteger number) {
        return network.player("proposer").secret("truth" + number);
    }

    private org.web3j.tuples.generated.Tuple3<byte[], BigInteger, byte[]> progress() throws Exception {
        return network.player("builder")
                .tasks
                .progressOf(network.project.getContractAddress())
                .send();
    }

    private List<Player> drawnSolvers() throws Exception {
        var found = new ArrayList<Player>();
        for (Object seat : network.player("builder").tasks.solversOf(task).send()) {
            found.add(network.byAddress(((TaskContract.SolverSeat) seat).solver));
        }
        assertThat(found).hasSize(2);
        return found;
    }

    private void commit() throws Exception {
        for (int i = 0; i < solvers.size(); i++) {
            Player solver = solvers.get(i);
            Hash commitment = Commitment.tagged("autonet/update/1")
                    .with(Hash.of(task))
                    .with(bytes(solver.address))
                    .with(solver.secret("cipher"))
                    .with(solver.secret("plain"))
                    .with(Hash.digest(solver.secret("salt").toArray()))
                    .with(extent())
                    .hash();
            solver.tasks
                    .commit(task, BigInteger.valueOf(i), commitment.toArray())
                    .send();
        }
    }

    private void reveal() throws Exception {
        network.player("proposer")
                .tasks
                .revealTruth(
                        task,
                        Hash.digest("truth cipher").toArray(),
                        Hash.digest("truth").toArray(),
                        truthSalt(progress().component2()).toArray())
                .send();
        for (int i = 0; i < solvers.size(); i++) {
            Player solver = solvers.get(i);
            solver.tasks
                    .revealSolution(
                            task,
                            BigInteger.valueOf(i),
                            new TaskContract.SolutionOpening(
                                    solver.secret("cipher").toArray(),
                                    solver.secret("plain").toArray(),
                                    solver.secret("salt").toArray(),
                                    extent().toArray()))
                    .send();
        }
    }

    // ------------------------------------------------------------------ judgement

    private void drawCoordinators() throws Exception {
        coordinators =
                ResultsRewards.getCoordinatorSeatedEvents(network.player("proposer")
                                .tasks
                                .drawCoordinators(task)
                                .send())
                        .stream()
                        .map(seated -> network.byAddress(seated.coordinator))
                        .toList();
        assertThat(coordinators).hasSize(3);
    }

    private void vote(boolean trapped) throws Exception {
        ResultsRewards rewards = network.player("builder").rewards;
        for (int i = 0; i < coordinators.size(); i++) {
            Player c = coordinators.get(i);
            Hash seal = sealOf(c, scores(c, trapped));
            c.rewards.sealVote(task, BigInteger.valueOf(i), seal.toArray()).send();
        }
        network.passUntil(rewards.ballotOf(task).send().sealsClose);
        for (int i = 0; i < coordinators.size(); i++) {
            Player c = coordinators.get(i);
            var vote = new ResultsRewards.Vote(
                    scores(c, trapped), true, Hash.digest("evidence").toArray());
            c.rewards
                    .openVote(
                            task, BigInteger.valueOf(i), vote, c.secret("vote").toArray())
                    .send();
        }
        network.passUntil(rewards.ballotOf(task).send().opensClose);
        rewards.finalise(task).send();
    }

    /** Micro-nats. The trap at seat 0 is worth nothing, which coordinator c does not notice. */
    private List<BigInteger> scores(Player c, boolean trapped) {
        boolean seen = trapped && !network.name(c).equals("coordinator-c");
        return List.of(BigInteger.valueOf(seen ? 0 : 10_000), BigInteger.valueOf(10_100));
    }

    private Hash sealOf(Player c, List<BigInteger> scores) {
        var hashes = new ArrayList<Hash>();
        for (int j = 0; j < solvers.size(); j++) {
            hashes.add(Commitment.tagged("autonet/score/1")
                    .with(bytes(solvers.get(j).address))
                    .with(scores.get(j))
                    .hash());
        }
        return Commitment.tagged("autonet/vote/1")
                .with(Hash.of(task))
                .with(bytes(c.address))
                .withAll(hashes)
                .withAll(List.of())
                .with(1)
                .with(Hash.digest("evidence"))
                .with(Hash.digest(c.secret("vote").toArray()))
                .hash();
    }

    private void publish() throws Exception {
        Hash digest = Commitment.tagged("autonet/model/1")
                .with(AnvilSettings.LOCAL_CHAIN)
                .with(bytes(network.at.rewards()))
                .with(Hash.of(task))
                .with(MODEL)
                .with(extent())
                .hash();
        var r = new ArrayList<byte[]>();
        var vs = new ArrayList<byte[]>();
        for (Player c : coordinators) {
            byte[] signature = c.key.signDigest(digest.toArray());
            r.add(Arrays.copyOfRange(signature, 0, 32));
            byte[] packed = Arrays.copyOfRange(signature, 32, 64);
            packed[0] |= (byte) ((signature[64] - 27) << 7);
            vs.add(packed);
        }
        var certificate = new TaskContract.ModelCertificate(BigInteger.valueOf(7), r, vs);
        network.player("aggregator")
                .tasks
                .publish(task, MODEL.toArray(), extent().toArray(), certificate)
                .send();
    }

    // ------------------------------------------------------------------ the forced error

    private @Nullable Hash placeTrap() throws Exception {
        if (setter == null) {
            return null;
        }
        Hash trap = Commitment.tagged("autonet/trap/1")
                .with(AnvilSettings.LOCAL_CHAIN)
                .with(bytes(network.at.traps()))
                .with(Hash.of(task))
                .with(bytes(solvers.get(0).address))
                .with(bytes(setter.address))
                .with(Hash.digest(setter.secret("trap").toArray()))
                .hash();
        BigInteger bounty = PlayedNetwork.tokens(10);
        setter.token.approve(network.at.traps(), bounty).send();
        setter.traps.place(trap.toArray(), bounty).send();
        // Blocks of one second share it, and a trap must be older than what it is about.
        network.anvil.passTime(2);
        network.spend(setter, bounty);
        return trap;
    }

    /** Who voted for the trap loses a tenth of its stake, and the others share the bounty. */
    private void openTrap(@Nullable Hash trap) throws Exception {
        if (setter == null || trap == null) {
            return;
        }
        Player missed = network.player("coordinator-c");
        BigInteger before = slashable(missed);
        setter.traps
                .open(
                        task,
                        BigInteger.ZERO,
                        setter.secret("trap").toArray(),
                        solvers.get(0).key.signDigest(trap.toArray()))
                .send();
        assertThat(slashable(missed))
                .isEqualTo(before.multiply(BigInteger.valueOf(9)).divide(BigInteger.TEN));
        for (Player c : coordinators) {
            BigInteger owed = c.traps.owedWei(c.address).send();
            assertThat(owed).as(network.name(c)).isEqualTo(c == missed ? BigInteger.ZERO : PlayedNetwork.tokens(5));
            if (owed.signum() > 0) {
                c.traps.withdraw().send();
                network.earn(c, owed);
            }
        }
    }

    private static BigInteger slashable(Player p) throws Exception {
        return p.staking
                .slashableStake(p.address, BigInteger.valueOf(PlayedNetwork.COORDINATOR))
                .send();
    }

    // ------------------------------------------------------------------ pay

    /** Everybody takes its share; the sum is what the round cost. */
    BigInteger claimEverything() throws Exception {
        BigInteger paid = claim(network.player("proposer"), SHARE_PROPOSER, 0)
                .add(claim(network.player("aggregator"), SHARE_AGGREGATOR, 0));
        assertThat(paid)
                .as("10 % and 5 %")
                .isEqualTo(PlayedNetwork.BUDGET.multiply(BigInteger.valueOf(15)).divide(BigInteger.valueOf(100)));
        for (int i = 0; i < solvers.size(); i++) {
            paid = paid.add(claim(solvers.get(i), SHARE_SOLVER, i));
        }
        for (int i = 0; i < coordinators.size(); i++) {
            paid = paid.add(claim(coordinators.get(i), SHARE_COORDINATOR, i));
        }
        assertThat(paid).isLessThanOrEqualTo(PlayedNetwork.BUDGET);
        return paid;
    }

    private BigInteger claim(Player p, int share, int seat) throws Exception {
        BigInteger amount = p.rewards
                .amountOf(task, BigInteger.valueOf(share), BigInteger.valueOf(seat))
                .send();
        if (amount.signum() > 0) {
            p.rewards
                    .claim(task, BigInteger.valueOf(share), BigInteger.valueOf(seat))
                    .send();
            network.earn(p, amount);
        }
        return amount;
    }

    private static Hash extent() {
        return Commitment.tagged("autonet/extent/1").with(2).with(BATCH).hash();
    }

    private static Bytes bytes(String address) {
        return Bytes.of(Numeric.hexStringToByteArray(address));
    }
}
