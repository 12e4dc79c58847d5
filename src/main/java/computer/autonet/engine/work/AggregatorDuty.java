package computer.autonet.engine.work;

import computer.autonet.protocol.aggregator.AggregatorState;
import java.util.concurrent.CompletionStage;

/** The aggregator's part: the average, in its turn (WORK-10). */
final class AggregatorDuty implements Duty {
    private final Desk desk;
    private final Averages averages;

    AggregatorDuty(Desk desk) {
        this.desk = desk;
        this.averages = new Averages(desk);
    }

    @Override
    public CompletionStage<Void> perform(Situation situation) {
        if (situation.job().isEmpty()) {
            return NOTHING;
        }
        AggregatorState.Job job = situation.job().get();
        return job.aggregator().equals(desk.me()) && job.submitted().isEmpty()
                ? averages.submit(situation, job.terms())
                : NOTHING;
    }
}
