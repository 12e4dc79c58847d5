package computer.autonet.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** DRAW-06: each seed against its row in docs/spec, hashed here without the code that the rules use. */
class HashedSeedsTest {
    private static final Seeds SEEDS = new HashedSeeds();
    private static final Hash SEED = Hash.digest("seed");
    private static final Hash REFERENCE = Hash.digest("reference");
    private static final Hash SALT = Hash.digest("salt");
    private static final ProcessId PROJECT = new ProcessId(Kind.PROJECT, Hash.digest("project"));
    private static final ProcessId TASK = new ProcessId(Kind.TASK, Hash.digest("task"));

    private static byte[] word(long number) {
        return ByteBuffer.allocate(32).putLong(24, number).array();
    }

    private static byte[] tag(String name) {
        return Hash.digest(name).toArray();
    }

    @Test
    void draw06EveryPurposeHasASeedOfItsOwn() {
        assertThat(SEEDS.first(PROJECT))
                .isEqualTo(Hash.digest(tag("autonet/project/1"), PROJECT.hash().toArray()));
        assertThat(SEEDS.next(SEED, REFERENCE, SALT))
                .isEqualTo(Hash.digest(tag("autonet/seed/1"), SEED.toArray(), REFERENCE.toArray(), SALT.toArray()));
        assertThat(SEEDS.proposers(PROJECT, 3))
                .isEqualTo(
                        Hash.digest(tag("autonet/proposers/1"), PROJECT.hash().toArray(), word(3)));
        assertThat(SEEDS.solvers(SEED, REFERENCE))
                .isEqualTo(Hash.digest(tag("autonet/solvers/1"), SEED.toArray(), REFERENCE.toArray()));
        assertThat(SEEDS.aggregators(SALT)).isEqualTo(SALT);
    }

    @Test
    void draw06ACommitteesSeedHasAllCommitmentsInTheOrderOfTheirSolvers() {
        var one = new Identity(Hash.ofHex("11".repeat(32)));
        var two = new Identity(Hash.ofHex("22".repeat(32)));
        var commitments = Tables.copyOf(Map.of(two, Hash.digest("two"), one, Hash.digest("one")));
        Hash closed = Hash.digest(
                one.address().toArray(),
                Hash.digest("one").toArray(),
                two.address().toArray(),
                Hash.digest("two").toArray());
        assertThat(SEEDS.committee(TASK, SALT, commitments, 2))
                .isEqualTo(Hash.digest(
                        tag("autonet/committee/1"), TASK.hash().toArray(), SALT.toArray(), closed.toArray(), word(2)));
    }
}
