package computer.autonet.engine.work;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.learning.AggregationRule;
import computer.autonet.protocol.learning.FedAvg;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.scoring.EvidenceDigest;
import computer.autonet.protocol.scoring.Losses;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.Update;
import computer.autonet.protocol.task.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a coordinator does with revealed updates: loads the weights and measures them on the truth (WORK-08). */
final class Measurement {
    private final Desk desk;
    private final AggregationRule rule = new FedAvg();

    Measurement(Desk desk) {
        this.desk = desk;
    }

    CompletionStage<Vote> vote(TaskState.Evidence evidence) {
        ModelSpec model = Recipes.model(evidence.terms().recipe());
        return desk.truth(evidence)
                .thenComposeAsync(
                        truth -> truth.filter(t -> fits(t, model))
                                .map(t -> measure(evidence, model, t))
                                .orElseGet(() -> CompletableFuture.completedFuture(blind(evidence))),
                        desk.executor());
    }

    private static boolean fits(Examples truth, ModelSpec model) {
        return truth.rows() == model.rows() && truth.cols() == model.cols() && truth.classes() == model.classes();
    }

    /** WORK-09: the vote on a truth that nobody can read. */
    private Vote blind(TaskState.Evidence evidence) {
        desk.tell(new WorkEvent.Sealed(evidence.terms().round(), 0, 0, Tables.empty(), List.of()));
        return new Vote(false, Tables.empty(), List.of(), EvidenceDigest.of(new int[0], new int[0], Tables.empty()));
    }

    private CompletionStage<Vote> measure(TaskState.Evidence evidence, ModelSpec model, Examples truth) {
        int count = desk.trainer().parameterCount(model);
        List<Update> updates = List.copyOf(evidence.solutions().values());
        return desk.model(evidence.terms().base())
                .thenCompose(base -> InOrder.each(updates, update -> desk.update(update, count))
                        .thenComposeAsync(
                                read -> {
                                    var readable = new TreeMap<Identity, Parameters>();
                                    List<Identity> unreadable = new ArrayList<>();
                                    for (int i = 0; i < updates.size(); i++) {
                                        Identity solver = updates.get(i).solver();
                                        Optional<Parameters> parameters = read.get(i);
                                        parameters.ifPresentOrElse(
                                                p -> readable.put(solver, p), () -> unreadable.add(solver));
                                    }
                                    unreadable.sort(null);
                                    return measure(evidence, model, truth, base, readable, unreadable);
                                },
                                desk.executor()));
    }

    private CompletionStage<Vote> measure(
            TaskState.Evidence evidence,
            ModelSpec model,
            Examples truth,
            Parameters base,
            SortedMap<Identity, Parameters> updates,
            List<Identity> unreadable) {
        int round = evidence.terms().round();
        List<Identity> solvers = List.copyOf(updates.keySet());
        int models = 2 + solvers.size();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            order.add(i);
        }
        return InOrder.each(
                        order,
                        i -> CompletableFuture.supplyAsync(
                                        () -> {
                                            desk.tell(new WorkEvent.Measuring(round, i + 1, models));
                                            return i == 0
                                                    ? base
                                                    : i == 1
                                                            ? rule.aggregate(base, updates)
                                                            : rule.without(solvers.get(i - 2), base, updates);
                                        },
                                        desk.executor())
                                .thenCompose(parameters -> desk.trainer().measure(model, parameters.toArray(), truth)))
                .thenApplyAsync(measured -> judge(round, solvers, measured, unreadable), desk.executor());
    }

    private Vote judge(int round, List<Identity> solvers, List<Trainer.Measured> measured, List<Identity> unreadable) {
        var losses = new TreeMap<Identity, Long>();
        var classes = new TreeMap<Identity, int[]>();
        for (int j = 0; j < solvers.size(); j++) {
            losses.put(solvers.get(j), Losses.quantise(measured.get(j + 2).loss()));
            classes.put(solvers.get(j), classes(measured.get(j + 2)));
        }
        Trainer.Measured base = measured.get(0);
        Trainer.Measured all = measured.get(1);
        SortedMap<Identity, Long> scores = new Losses(Losses.quantise(all.loss()), losses).scores();
        desk.tell(new WorkEvent.Sealed(round, base.accuracy(), all.accuracy(), scores, unreadable));
        return new Vote(true, scores, unreadable, EvidenceDigest.of(classes(base), classes(all), classes));
    }

    private static int[] classes(Trainer.Measured measured) {
        byte[] predicted = measured.predicted();
        int[] classes = new int[predicted.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = Byte.toUnsignedInt(predicted[i]);
        }
        return classes;
    }
}
