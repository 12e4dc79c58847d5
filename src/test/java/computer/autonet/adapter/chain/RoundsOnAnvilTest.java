package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.chain.contract.Project;
import computer.autonet.adapter.chain.contract.ResultsRewards;
import computer.autonet.adapter.chain.contract.TaskContract;
import computer.autonet.base.Bytes;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.protocol.crypto.Secp256k1Key;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.utils.Numeric;

/**
 * The loop of DESIGN 5 through the contracts alone: two rounds of two solvers and three coordinators, one with a dispute
 * about its model, one with a forced error that a coordinator misses, and a parameter that the DAO sets. Every balance of
 * every participant is checked, and the sum of all.
 */
@Timeout(600)
class RoundsOnAnvilTest {
    private static final BigInteger ATN = LocalChain.ETHER;
    private static final BigInteger START = ATN.multiply(BigInteger.valueOf(3_000));
    private static final BigInteger BUDGET = ATN.multiply(BigInteger.valueOf(1_000));
    private static final BigInteger SUPPLY = ATN.multiply(BigInteger.valueOf(1_000_000));
    private static final int PROPOSER = 0;
    private static final int SOLVER = 1;
    private static final int COORDINATOR = 2;
    private static final int AGGREGATOR = 3;
    private static final int SHARE_SOLVER = 0;
    private static final int SHARE_COORDINATOR = 1;
    private static final int SHARE_PROPOSER = 2;
    private static final int SHARE_AGGREGATOR = 3;
    private static final long SCALE = 60;
    private static final Hash BATCH = Hash.digest("the blob of the aggregation's trace");
    private static final Hash MODEL = Hash.digest("the model");
    private static final Hash RECIPE = Hash.digest("the recipe");
    private static final List<Secp256k1Key> REFEREES = LocalChain.keys("referee", 3);

    @TempDir
    Path folder;

    private final Map<String, Player> players = new LinkedHashMap<>();
    /** What each participant should hold now. */
    private final Map<String, BigInteger> expected = new LinkedHashMap<>();

    /** The coordinators of each task, by seat. */
    private final Map<Hash, List<Player>> seatedIn = new HashMap<>();

    private Anvil anvil;
    private ChainConnection chain;
    private ContractAddresses at;
    private Project project;

    @BeforeEach
    void deploy() throws Exception {
        anvil = LocalChain.start(folder.resolve("chain"));
        chain = ChainConnection.open(anvil.rpc(), AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT);
        at = deployment();
        project = ownedProject();
    }

    @AfterEach
    void stop() {
        players.values().forEach(Player::close);
        if (anvil != null) {
            if (chain != null) {
                chain.close();
            }
            anvil.close();
        }
    }

    @Test
    void twoRoundsPayWhatTheyOwe() throws Exception {
        enrolEverybody();
        byte[] first = round(player("proposer"), null);
        dispute(first);
        allowSetterByVote();
        byte[] second = round(player("proposer"), player("setter"));

        anvil.passTime(8 * 24 * 3600 / SCALE);
        claimEverything(first);
        claimEverything(second);
        player("challenger");
        for (Player p : players.values()) {
            assertThat(p.token.balanceOf(p.address).send()).as(name(p)).isEqualTo(expected.get(name(p)));
        }
        assertNothingIsMissing();
    }

    // ------------------------------------------------------------------ the world

    private ContractAddresses deployment() {
        String builder = LocalChain.rich(anvil, "builder").getAddress();
        try (TransactionPipeline pipeline = TransactionPipeline.open(
                chain,
                LocalChain.credentials(LocalChain.key("builder")),
                TransactionPipeline.Settings.LOCAL,
                folder.resolve("builder"))) {
            Committee committee = LocalChain.committee(LocalChain.keys("signer", 4), BigInteger.ONE);
            return Deployment.deploy(
                    chain,
                    PipelinedTransactions.over(chain, pipeline),
                    new DeploymentTerms(
                            Hash.digest("constitution"),
                            Map.of(builder, SUPPLY),
                            SUPPLY,
                            BigInteger.ZERO,
                            committee,
                            LocalChain.committee(REFEREES, BigInteger.ONE),
                            Hash.digest("state"),
                            Hash.digest("log"),
                            SCALE));
        }
    }

    private Project ownedProject() throws Exception {
        Player owner = add("builder");
        // Only delegated tokens vote.
        owner.token.delegate(owner.address).send();
        Project made = Project.deploy(
                        chain.web3j(),
                        owner.sender,
                        Player.GAS,
                        new Project.ProjectTerms(
                                "Digits",
                                "DIG",
                                owner.address,
                                at.token(),
                                at.tasks(),
                                at.rewards(),
                                BigInteger.TEN,
                                SUPPLY))
                .send();
        made.setBudget(BUDGET, BigInteger.TWO, BigInteger.valueOf(3)).send();
        BigInteger funds = BUDGET.multiply(BigInteger.TWO);
        owner.token.approve(made.getContractAddress(), funds).send();
        made.fund(funds).send();
        return made;
    }

    private Player add(String name) {
        var made = new Player(name, anvil, chain, at, folder.resolve("keys"));
        players.put(name, made);
        return made;
    }

    private void enrolEverybody() throws Exception {
        Map<String, Integer> roles = new LinkedHashMap<>();
        roles.put("proposer", PROPOSER);
        roles.put("solver-a", SOLVER);
        roles.put("solver-b", SOLVER);
        roles.put("coordinator-a", COORDINATOR);
        roles.put("coordinator-b", COORDINATOR);
        roles.put("coordinator-c", COORDINATOR);
        roles.put("aggregator", AGGREGATOR);
        long[] stakes = {100, 50, 500, 1_000};
        for (var entry : roles.entrySet()) {
            Player p = gifted(entry.getKey());
            BigInteger stake = ATN.multiply(BigInteger.valueOf(stakes[entry.getValue()]));
            p.stake(entry.getValue(), stake);
            spend(p, stake);
            BigInteger capacity = entry.getValue() == SOLVER ? BigInteger.TWO : BigInteger.ONE;
            p.tasks
                    .enroll(project.getContractAddress(), BigInteger.valueOf(entry.getValue()), capacity)
                    .send();
        }
        gifted("setter");
        gifted("challenger");
        Player owner = player("builder");
        expected.put("builder", owner.token.balanceOf(owner.address).send());
    }

    private Player gifted(String name) throws Exception {
        Player p = add(name);
        player("builder").token.transfer(p.address, START).send();
        expected.put(name, START);
        return p;
    }

    // ------------------------------------------------------------------ a round

    /** One round to its publication. With a setter, seat 0 is a trap that coordinator c does not see. */
    private byte[] round(Player proposer, @Nullable Player setter) throws Exception {
        BigInteger number = progress().component2();
        Hash truthSalt = proposer.secret("truth" + number);
        Hash truth = Commitment.tagged("autonet/truth/1")
                .with(bytes(project.getContractAddress()))
                .with(number)
                .with(bytes(proposer.address))
                .with(Hash.digest("truth cipher"))
                .with(Hash.digest("truth"))
                .with(Hash.digest(truthSalt.toArray()))
                .hash();
        proposer.tasks
                .propose(project.getContractAddress(), RECIPE.toArray(), truth.toArray())
                .send();
        byte[] task = progress().component1();
        List<Player> solvers = solvers(task);
        assertThat(solvers).hasSize(2);
        Hash trap = null;
        if (setter != null) {
            trap = trap(task, solvers.get(0), setter);
            BigInteger bounty = ATN.multiply(BigInteger.TEN);
            setter.token.approve(at.traps(), bounty).send();
            setter.traps.place(trap.toArray(), bounty).send();
            // Blocks of one second share it, and a trap must be older than what it is about.
            anvil.passTime(2);
            spend(setter, bounty);
        }
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
        proposer.tasks
                .revealTruth(
                        task,
                        Hash.digest("truth cipher").toArray(),
                        Hash.digest("truth").toArray(),
                        truthSalt.toArray())
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
        List<Player> coordinators =
                ResultsRewards.getCoordinatorSeatedEvents(
                                proposer.tasks.drawCoordinators(task).send())
                        .stream()
                        .map(seated -> byAddress(seated.coordinator))
                        .toList();
        seatedIn.put(Hash.of(task), coordinators);
        assertThat(coordinators).hasSize(3);
        vote(task, solvers, coordinators, trap != null);
        if (setter != null && trap != null) {
            openTrap(task, solvers.get(0), setter, trap, coordinators);
        }
        publish(task, coordinators);
        return task;
    }

    private void vote(byte[] task, List<Player> solvers, List<Player> coordinators, boolean trapped) throws Exception {
        for (int i = 0; i < coordinators.size(); i++) {
            Player c = coordinators.get(i);
            Hash seal = sealOf(task, c, solvers, scores(c, trapped));
            c.rewards.sealVote(task, BigInteger.valueOf(i), seal.toArray()).send();
        }
        passUntil(player("builder").rewards.ballotOf(task).send().sealsClose);
        for (int i = 0; i < coordinators.size(); i++) {
            Player c = coordinators.get(i);
            c.rewards
                    .openVote(
                            task,
                            BigInteger.valueOf(i),
                            new ResultsRewards.Vote(
                                    scores(c, trapped),
                                    true,
                                    Hash.digest("evidence").toArray()),
                            c.secret("vote").toArray())
                    .send();
        }
        passUntil(player("builder").rewards.ballotOf(task).send().opensClose);
        player("builder").rewards.finalise(task).send();
    }

    /** Micro-nats. The trap at seat 0 is worth nothing, which coordinator c does not notice. */
    private List<BigInteger> scores(Player c, boolean trapped) {
        BigInteger first = BigInteger.valueOf(trapped && !name(c).equals("coordinator-c") ? 0 : 10_000);
        return List.of(first, BigInteger.valueOf(10_100));
    }

    private static Hash sealOf(byte[] task, Player c, List<Player> solvers, List<BigInteger> scores) {
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

    private void publish(byte[] task, List<Player> coordinators) throws Exception {
        Hash digest = Commitment.tagged("autonet/model/1")
                .with(AnvilSettings.LOCAL_CHAIN)
                .with(bytes(at.rewards()))
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
        player("aggregator")
                .tasks
                .publish(
                        task,
                        MODEL.toArray(),
                        extent().toArray(),
                        new TaskContract.ModelCertificate(BigInteger.valueOf(7), r, vs))
                .send();
    }

    // ------------------------------------------------------------------ the forced error

    private Hash trap(byte[] task, Player decoy, Player setter) {
        return Commitment.tagged("autonet/trap/1")
                .with(AnvilSettings.LOCAL_CHAIN)
                .with(bytes(at.traps()))
                .with(Hash.of(task))
                .with(bytes(decoy.address))
                .with(bytes(setter.address))
                .with(Hash.digest(setter.secret("trap").toArray()))
                .hash();
    }

    private void openTrap(byte[] task, Player decoy, Player setter, Hash trap, List<Player> coordinators)
            throws Exception {
        Player missed = player("coordinator-c");
        BigInteger before = slashable(missed);
        setter.traps
                .open(task, BigInteger.ZERO, setter.secret("trap").toArray(), decoy.key.signDigest(trap.toArray()))
                .send();
        assertThat(slashable(missed))
                .isEqualTo(before.multiply(BigInteger.valueOf(9)).divide(BigInteger.TEN));
        for (Player c : coordinators) {
            BigInteger owed = c.traps.owedWei(c.address).send();
            assertThat(owed.signum()).as(name(c)).isEqualTo(c == missed ? 0 : 1);
            if (owed.signum() > 0) {
                c.traps.withdraw().send();
                earn(c, owed);
            }
        }
    }

    private BigInteger slashable(Player p) throws Exception {
        return p.staking
                .slashableStake(p.address, BigInteger.valueOf(COORDINATOR))
                .send();
    }

    // ------------------------------------------------------------------ the dispute

    /** A challenge of the model, dissected to one step, which the referees dismiss: the aggregator gets half the bond. */
    private void dispute(byte[] task) throws Exception {
        Player challenger = player("challenger");
        Player aggregator = player("aggregator");
        BigInteger bond = challenger.disputes.termsOf(at.rewards()).send().bondWei;
        for (Player side : List.of(challenger, aggregator)) {
            side.token.approve(at.disputes(), bond).send();
        }
        challenger.disputes.challenge(at.rewards(), task).send();
        aggregator
                .disputes
                .defend(BigInteger.ZERO, BigInteger.TWO, BATCH.toArray(), new byte[0])
                .send();
        List<byte[]> middle = List.of(Hash.digest("half way").toArray());
        aggregator.disputes.dissect(BigInteger.ZERO, middle).send();
        challenger.disputes.select(BigInteger.ZERO, BigInteger.ONE, middle).send();
        BigInteger dismissed = BigInteger.TWO;
        byte[] digest =
                challenger.disputes.rulingDigest(BigInteger.ZERO, dismissed).send();
        challenger
                .disputes
                .rule(
                        BigInteger.ZERO,
                        dismissed,
                        LocalChain.committee(REFEREES, BigInteger.ONE)
                                .ruling(LocalChain.signatures(REFEREES.subList(1, 3), digest)))
                .send();
        aggregator.disputes.claim().send();
        spend(challenger, bond);
        earn(aggregator, bond.shiftRight(1));
    }

    // ------------------------------------------------------------------ the DAO

    /** Traps may be set only by whom the DAO allows: a proposal, its vote, and the timelock. */
    private void allowSetterByVote() throws Exception {
        Player owner = player("builder");
        String call = owner.traps.setSetter(player("setter").address, true).encodeFunctionCall();
        List<String> targets = List.of(at.traps());
        List<BigInteger> values = List.of(BigInteger.ZERO);
        List<byte[]> calls = List.of(Numeric.hexStringToByteArray(call));
        byte[] verdict = Hash.digest("no conflict").toArray();
        owner.dao
                .proposeWithVerdict(targets, values, calls, "let the setter set traps", verdict)
                .send();
        String description =
                owner.dao.describe("let the setter set traps", verdict).send();
        byte[] hash = org.web3j.crypto.Hash.sha3(description.getBytes(StandardCharsets.UTF_8));
        BigInteger id = owner.dao.getProposalId(targets, values, calls, hash).send();
        passUntil(owner.dao.proposalSnapshot(id).send().add(BigInteger.ONE));
        owner.dao.castVote(id, BigInteger.ONE).send();
        passUntil(owner.dao.proposalDeadline(id).send().add(BigInteger.ONE));
        owner.dao.queue(targets, values, calls, hash).send();
        passUntil(owner.dao.proposalEta(id).send());
        owner.dao.execute(targets, values, calls, hash, BigInteger.ZERO).send();
        assertThat(owner.traps.setters(player("setter").address).send()).isTrue();
    }

    // ------------------------------------------------------------------ money

    private void claimEverything(byte[] task) throws Exception {
        BigInteger paid = BigInteger.ZERO;
        paid = paid.add(claim(task, player("proposer"), SHARE_PROPOSER, 0));
        paid = paid.add(claim(task, player("aggregator"), SHARE_AGGREGATOR, 0));
        assertThat(paid).isEqualTo(BUDGET.multiply(BigInteger.valueOf(15)).divide(BigInteger.valueOf(100)));
        List<Player> solvers = solvers(task);
        for (int i = 0; i < solvers.size(); i++) {
            paid = paid.add(claim(task, solvers.get(i), SHARE_SOLVER, i));
        }
        List<Player> coordinators = seatedIn.getOrDefault(Hash.of(task), List.of());
        for (int i = 0; i < coordinators.size(); i++) {
            paid = paid.add(claim(task, coordinators.get(i), SHARE_COORDINATOR, i));
        }
        assertThat(paid).isLessThanOrEqualTo(BUDGET);
    }

    private BigInteger claim(byte[] task, Player p, int share, int seat) throws Exception {
        BigInteger amount = p.rewards
                .amountOf(task, BigInteger.valueOf(share), BigInteger.valueOf(seat))
                .send();
        if (amount.signum() > 0) {
            p.rewards
                    .claim(task, BigInteger.valueOf(share), BigInteger.valueOf(seat))
                    .send();
            earn(p, amount);
        }
        return amount;
    }

    private void assertNothingIsMissing() throws Exception {
        Player any = player("builder");
        BigInteger sum = BigInteger.ZERO;
        for (Player p : players.values()) {
            sum = sum.add(any.token.balanceOf(p.address).send());
        }
        for (String holder : List.of(
                at.staking(),
                at.tasks(),
                at.rewards(),
                at.traps(),
                at.disputes(),
                at.bridge(),
                at.timelock(),
                project.getContractAddress())) {
            sum = sum.add(any.token.balanceOf(holder).send());
        }
        assertThat(sum).isEqualTo(SUPPLY).isEqualTo(any.token.totalSupply().send());
        assertThat(any.token.balanceOf(at.rewards()).send())
                .as("everything that was owed is claimed")
                .isZero();
        BigInteger treasury = any.token.balanceOf(at.timelock()).send();
        assertThat(treasury)
                .as("at least half of the slash")
                .isGreaterThanOrEqualTo(ATN.multiply(BigInteger.valueOf(25)));
    }

    private void earn(Player p, BigInteger amount) {
        expected.merge(name(p), amount, BigInteger::add);
    }

    private void spend(Player p, BigInteger amount) {
        expected.merge(name(p), amount.negate(), BigInteger::add);
    }

    // ------------------------------------------------------------------ looking things up

    private org.web3j.tuples.generated.Tuple3<byte[], BigInteger, byte[]> progress() throws Exception {
        return player("builder").tasks.progressOf(project.getContractAddress()).send();
    }

    private List<Player> solvers(byte[] task) throws Exception {
        var found = new ArrayList<Player>();
        for (Object seat : player("builder").tasks.solversOf(task).send()) {
            found.add(byAddress(((TaskContract.SolverSeat) seat).solver));
        }
        return found;
    }

    private void passUntil(BigInteger time) throws Exception {
        long now = chain.web3j()
                .ethGetBlockByNumber(org.web3j.protocol.core.DefaultBlockParameterName.LATEST, false)
                .send()
                .getBlock()
                .getTimestamp()
                .longValueExact();
        anvil.passTime(Math.max(1, time.longValueExact() - now));
    }

    private static Hash extent() {
        return Commitment.tagged("autonet/extent/1").with(2).with(BATCH).hash();
    }

    private static Bytes bytes(String address) {
        return Bytes.of(Numeric.hexStringToByteArray(address));
    }

    private Player player(String name) {
        Player found = players.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no player " + name);
        }
        return found;
    }

    private Player byAddress(String address) {
        return players.values().stream()
                .filter(p -> p.address.equalsIgnoreCase(address))
                .findFirst()
                .orElseThrow();
    }

    private String name(Player p) {
        return players.entrySet().stream()
                .filter(e -> e.getValue() == p)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
