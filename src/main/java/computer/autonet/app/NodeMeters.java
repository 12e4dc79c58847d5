package computer.autonet.app;

import computer.autonet.adapter.metrics.Metrics;
import computer.autonet.engine.awareness.Awareness;
import computer.autonet.engine.survival.Survival;
import computer.autonet.gateway.GatewayEndpoint;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What a node tells Prometheus about itself (docs/spec/node.md). */
record NodeMeters(
        GatewayEndpoint endpoint,
        Awareness awareness,
        Survival survival,
        BooleanSupplier serving,
        IntSupplier entities) {
    void register(Metrics metrics) {
        endpoint.observeSubmissions(outcome -> metrics.count("autonet.submissions", "outcome", outcome));
        metrics.gauge("autonet.submissions.in.flight", "Submissions under way", endpoint::submissionsInFlight);
        metrics.gauge(
                "autonet.cluster.members",
                "Members that are up",
                () -> awareness.surroundings().up());
        metrics.gauge(
                "autonet.cluster.unreachable",
                "Members that do not answer",
                () -> awareness.surroundings().unreachable());
        metrics.gauge("autonet.fresh", "1 while a majority is within reach", () -> awareness.fresh() ? 1 : 0);
        metrics.gauge("autonet.serving", "1 while gRPC health says SERVING", () -> serving.getAsBoolean() ? 1 : 0);
        metrics.gauge(
                "autonet.journal.answers",
                "1 if the journal answered its last probe",
                () -> survival.health().journalAnswers() ? 1 : 0);
        metrics.gauge(
                "autonet.blobs.bytes",
                "Taken by blobs",
                () -> survival.health().disk().blobBytes());
        metrics.gauge(
                "autonet.blobs.free.bytes",
                "Left on the blobs' disk",
                () -> survival.health().disk().freeBytes());
        metrics.gauge("autonet.entities", "Processes in this node's memory", entities::getAsInt);
    }
}
