package computer.autonet.gateway;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.v1.Model;
import computer.autonet.v1.ProjectState;
import computer.autonet.v1.RoundSummary;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The published models of projects, read from the projects' states: each round publishes one (GATE-10). */
final class Models {
    private final Queries queries;

    Models(Queries queries) {
        this.queries = queries;
    }

    CompletionStage<List<Model>> list(computer.autonet.v1.ProcessId project) {
        ProcessId id = Queries.idOf(Kind.PROJECT, project);
        return queries.state(id, ProjectState.class)
                .thenApply(found -> models(id, found.domain().getFounded()));
    }

    /** @param round 0 asks for the latest */
    CompletionStage<Model> find(computer.autonet.v1.ProcessId project, int round) {
        return list(project).thenApply(models -> {
            if (round < 0 || round > models.size() || models.isEmpty()) {
                throw Problem.of(
                        Status.Code.NOT_FOUND,
                        "NO_SUCH_MODEL",
                        models.isEmpty()
                                ? "the project has published no model"
                                : "round " + round + " has published no model, the last one is " + models.size(),
                        models.isEmpty()
                                ? "ask again when a round is published: project show tells how far it is"
                                : "wait for the round, or ask for round 0, the latest");
            }
            return models.get((round == 0 ? models.size() : round) - 1);
        });
    }

    private static List<Model> models(ProcessId project, ProjectState.Founded state) {
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < state.getModelsCount(); i++) {
            int round = i + 1;
            var model = Model.newBuilder()
                    .setProject(Ids.toProto(project))
                    .setRound(round)
                    .setId(state.getModels(i))
                    .setRecipe(state.getTerms().getRecipe());
            for (RoundSummary summary : state.getSummariesList()) {
                if (summary.getRound() == round && !summary.getModel().isEmpty()) {
                    model.setTask(summary.getTask());
                }
            }
            models.add(model.build());
        }
        return models;
    }
}
