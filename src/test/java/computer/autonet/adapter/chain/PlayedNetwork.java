package computer.autonet.adapter.chain;

import computer.autonet.adapter.chain.contract.Project;
import computer.autonet.base.Hash;
import computer.autonet.protocol.crypto.Secp256k1Key;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * All contracts on a chain of their own, a project with funds, and participants of whom it is kept account what each should
 * hold.
 */
final class PlayedNetwork implements AutoCloseable {
    static final BigInteger ATN = LocalChain.ETHER;
    static final BigInteger BUDGET = ATN.multiply(BigInteger.valueOf(1_000));
    static final BigInteger SUPPLY = ATN.multiply(BigInteger.valueOf(1_000_000));
    static final List<Secp256k1Key> REFEREES = LocalChain.keys("referee", 3);
    static final List<Secp256k1Key> SIGNERS = LocalChain.keys("signer", 4);
    static final Committee SEATED = LocalChain.committee(SIGNERS, BigInteger.ONE);
    static final int COORDINATOR = 2;
    static final long SCALE = 60;
    private static final int PROPOSER = 0;
    private static final int SOLVER = 1;
    private static final int AGGREGATOR = 3;
    private static final BigInteger START = ATN.multiply(BigInteger.valueOf(3_000));
    private static final long[] STAKES = {100, 50, 500, 1_000};

    final Anvil anvil;
    final ChainConnection chain;
    final ContractAddresses at;
    final Project project;
    final Map<String, Player> players = new LinkedHashMap<>();
    private final Map<String, BigInteger> expected = new LinkedHashMap<>();
    private final Path folder;

    PlayedNetwork(Path folder) throws Exception {
        this.folder = folder;
        this.anvil = LocalChain.start(folder.resolve("chain"));
        this.chain = ChainConnection.open(anvil.rpc(), AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT);
        this.at = deployment();
        this.project = ownedProject();
    }

    private ContractAddresses deployment() {
        String builder = LocalChain.rich(anvil, "builder").getAddress();
        try (TransactionPipeline pipeline = TransactionPipeline.open(
                chain,
                LocalChain.credentials(LocalChain.key("builder")),
                TransactionPipeline.Settings.LOCAL,
                folder.resolve("builder"))) {
            return Deployment.deploy(
                    chain,
                    PipelinedTransactions.over(chain, pipeline),
                    new DeploymentTerms(
                            Hash.digest("constitution"),
                            Map.of(builder, SUPPLY),
                            SUPPLY,
                            BigInteger.ZERO,
                            SEATED,
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

    void enrolEverybody() throws Exception {
        Map<String, Integer> roles = new LinkedHashMap<>();
        roles.put("proposer", PROPOSER);
        roles.put("solver-a", SOLVER);
        roles.put("solver-b", SOLVER);
        roles.put("coordinator-a", COORDINATOR);
        roles.put("coordinator-b", COORDINATOR);
        roles.put("coordinator-c", COORDINATOR);
        roles.put("aggregator", AGGREGATOR);
        for (var entry : roles.entrySet()) {
            Player p = gifted(entry.getKey());
            BigInteger stake = ATN.multiply(BigInteger.valueOf(STAKES[entry.getValue()]));
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

    void earn(Player p, BigInteger amount) {
        expected.merge(name(p), amount, BigInteger::add);
    }

    void spend(Player p, BigInteger amount) {
        expected.merge(name(p), amount.negate(), BigInteger::add);
    }

    /** What this participant should hold now. */
    BigInteger expected(String name) {
        return expected.getOrDefault(name, BigInteger.ZERO);
    }

    BigInteger held(String address) throws Exception {
        return player("builder").token.balanceOf(address).send();
    }

    static BigInteger tokens(long amount) {
        return ATN.multiply(BigInteger.valueOf(amount));
    }

    /** Lets the chain's time come to this second. */
    void passUntil(BigInteger time) throws Exception {
        long now = chain.web3j()
                .ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false)
                .send()
                .getBlock()
                .getTimestamp()
                .longValueExact();
        anvil.passTime(Math.max(1, time.longValueExact() - now));
    }

    Player player(String name) {
        Player found = players.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no player " + name);
        }
        return found;
    }

    Player byAddress(String address) {
        return players.values().stream()
                .filter(p -> p.address.equalsIgnoreCase(address))
                .findFirst()
                .orElseThrow();
    }

    String name(Player p) {
        return players.entrySet().stream()
                .filter(e -> e.getValue() == p)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        players.values().forEach(Player::close);
        chain.close();
        anvil.close();
    }
}
