package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loop of DESIGN 5 through the contracts alone: two rounds of two solvers and three coordinators, the first with a
 * dispute about its model, the second with a forced error that a coordinator misses and is slashed for; a decision of the
 * DAO between them, and a withdrawal by proof after them. The balance of every participant and of every contract is checked.
 */
@Timeout(600)
class RoundsOnAnvilTest {
    @TempDir
    Path folder;

    private PlayedNetwork network;

    @BeforeEach
    void deploy() throws Exception {
        network = new PlayedNetwork(folder);
    }

    @AfterEach
    void stop() {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void twoRoundsADisputeADecisionAndAWithdrawalPayWhatTheyOwe() throws Exception {
        network.enrolEverybody();
        var settlement = new PlayedSettlement(network);
        Player setter = network.player("setter");

        PlayedRound first = PlayedRound.play(network, null);
        BigInteger bond = settlement.dispute(first.task());
        settlement.decide(setter, PlayedNetwork.tokens(2));
        PlayedRound second = PlayedRound.play(network, setter);
        network.anvil.passTime(8 * 24 * 3600 / PlayedNetwork.SCALE);
        BigInteger paid = first.claimEverything().add(second.claimEverything());
        BigInteger deposit = PlayedNetwork.tokens(10);
        BigInteger withdrawn = PlayedNetwork.tokens(4);
        settlement.withdrawByProof(network.player("challenger"), deposit, network.player("solver-a"), withdrawn);

        for (Player p : network.players.values()) {
            String name = network.name(p);
            assertThat(network.held(p.address)).as(name).isEqualTo(network.expected(name));
        }
        assertContractsHold(paid, bond, deposit.subtract(withdrawn));
    }

    private void assertContractsHold(BigInteger paid, BigInteger bond, BigInteger inBridge) throws Exception {
        BigInteger slashed = PlayedNetwork.tokens(50);
        BigInteger funds = PlayedNetwork.BUDGET.multiply(BigInteger.TWO);
        ContractAddresses at = network.at;
        Map<String, BigInteger> holdings = new LinkedHashMap<>();
        // One proposer, two solvers, three coordinators, one aggregator.
        holdings.put(
                at.staking(),
                PlayedNetwork.tokens(100 + 2 * 50 + 3 * 500 + 1_000).subtract(slashed));
        holdings.put(at.timelock(), slashed);
        // The treasury's half of the lost bond waits until the DAO fetches it.
        holdings.put(at.disputes(), bond.subtract(bond.shiftRight(1)));
        holdings.put(network.project.getContractAddress(), funds.subtract(paid));
        holdings.put(at.bridge(), inBridge);
        for (String empty :
                new String[] {at.rewards(), at.tasks(), at.traps(), at.shards(), at.emission(), at.dao(), at.token()}) {
            holdings.put(empty, BigInteger.ZERO);
        }
        BigInteger sum = BigInteger.ZERO;
        for (var holding : holdings.entrySet()) {
            assertThat(network.held(holding.getKey()))
                    .as("contract %s", holding)
                    .isEqualTo(holding.getValue());
            sum = sum.add(holding.getValue());
        }
        for (String name : new HashSet<>(network.players.keySet())) {
            sum = sum.add(network.expected(name));
        }
        assertThat(sum)
                .as("nothing is made and nothing is lost")
                .isEqualTo(PlayedNetwork.SUPPLY)
                .isEqualTo(network.player("builder").token.totalSupply().send());
    }
}
