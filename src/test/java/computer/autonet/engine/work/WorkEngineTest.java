package computer.autonet.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.protocol.project.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkEngineTest {
    @Test
    void work05HonestParticipantsFinishTwoRoundsAndAllEarn() {
        try (var town = new Town(2, 3, 3)) {
            WorkEngine engine = town.engine();
            town.proposer(engine, 1, Behaviour.HONEST);
            town.aggregator(engine, 2);
            for (int i = 3; i < 6; i++) {
                town.solver(engine, i, Behaviour.HONEST);
            }
            for (int i = 13; i < 16; i++) {
                town.coordinator(engine, i, Behaviour.HONEST);
            }
            town.participants.forEach(p -> assertThat(p.identity()).isNotNull());
            town.run();

            assertThat(town.state().stage()).isInstanceOf(Stage.Complete.class);
            assertThat(town.state().models()).hasSize(2).doesNotHaveDuplicates();
            assertThat(town.state().summaries())
                    .allSatisfy(round -> assertThat(round.voided()).isEmpty());
            assertThat(town.event("Troubled")).isEmpty();
        }
    }
}
