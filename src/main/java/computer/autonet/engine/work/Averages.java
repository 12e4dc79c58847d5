package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.port.ModelSpec;
import computer.autonet.protocol.aggregator.AggregationTerms;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.learning.AggregationRule;
import computer.autonet.protocol.learning.FedAvg;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.task.Update;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The average of a round's accepted updates, as the aggregator submits and each certifier recomputes it (WORK-10). */
final class Averages {
    private final Desk desk;
    private final AggregationRule rule = new FedAvg();

    Averages(Desk desk) {
        this.desk = desk;
    }

    CompletionStage<Void> submit(Situation situation, AggregationTerms terms) {
        return computed(situation, terms)
                .thenCompose(model -> act(new AggregatorCommand.Submit(terms.reference(), model))
                        .thenAccept(receipt -> desk.tell(new WorkEvent.Submitted(terms.round(), model))));
    }

    CompletionStage<Void> certify(Situation situation, AggregationTerms terms) {
        return computed(situation, terms)
                .thenCompose(model -> act(new AggregatorCommand.Certify(terms.reference(), model))
                        .thenAccept(receipt -> desk.tell(new WorkEvent.Certified(terms.round(), model))));
    }

    private CompletionStage<Receipt> act(AggregatorCommand command) {
        return desk.network().network().thenCompose(info -> {
            ProcessId aggregator = info.owned(Kind.AGGREGATOR, desk.project().hash());
            return desk.submit(aggregator, command);
        });
    }

    private CompletionStage<BlobId> computed(Situation situation, AggregationTerms terms) {
        ModelSpec spec = Recipes.model(terms.recipe());
        int count = desk.trainer().parameterCount(spec);
        List<Update> updates = terms.updates();
        return desk.model(situation.project().base())
                .thenCompose(base -> InOrder.each(updates, update -> desk.update(update, count))
                        .thenComposeAsync(
                                read -> {
                                    var accepted = new TreeMap<Identity, Parameters>();
                                    for (int i = 0; i < updates.size(); i++) {
                                        Identity solver = updates.get(i).solver();
                                        accepted.put(
                                                solver,
                                                read.get(i)
                                                        .orElseThrow(() -> new IllegalStateException(
                                                                "the accepted update of " + solver.brief()
                                                                        + " cannot be read now; it is tried again")));
                                    }
                                    return desk.network()
                                            .putBlob(rule.aggregate(base, accepted)
                                                    .encode());
                                },
                                desk.executor()));
    }
}
