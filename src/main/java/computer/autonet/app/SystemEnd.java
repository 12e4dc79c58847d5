package computer.autonet.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an actor system that somebody waits for, in bounded time. Where packets are lost in one direction only, Pekko's
 * remoting can wait for ever for connections that it closed. Its processes have stopped by then, so after the time that the
 * last phase of the shutdown has, the system counts as ended; what is left of it ends with the JVM.
 */
final class SystemEnd {
    private static final Logger LOG = LoggerFactory.getLogger(SystemEnd.class);

    private SystemEnd() {}

    /** Completes once, when the system has ended or has had its time to. */
    static CompletableFuture<Done> of(ActorSystem<?> system) {
        var ended = new CompletableFuture<Done>();
        system.getWhenTerminated().thenAccept(ended::complete);
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        String last = CoordinatedShutdown.PhaseActorSystemTerminate();
        long patienceMillis = shutdown.timeout(last).toMillis();
        shutdown.addTask(last, "autonet-ending", () -> {
            CompletableFuture.delayedExecutor(patienceMillis, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (ended.complete(Done.getInstance())) {
                            LOG.warn(
                                    "the actor system has not ended within {} ms of its last phase; giving it up",
                                    patienceMillis);
                        }
                    });
            return CompletableFuture.completedFuture(Done.getInstance());
        });
        return ended;
    }
}
