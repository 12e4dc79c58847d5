package computer.autonet.gateway;

import computer.autonet.base.Bytes;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.process.ProcessView;
import computer.autonet.protocol.process.Receipt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Processes that do as the test says. */
final class ScriptedLog implements Log {
    volatile Function<Bytes, CompletionStage<Receipt>> submit =
            message -> CompletableFuture.failedFuture(new AssertionError());
    volatile Function<ProcessId, CompletionStage<ProcessView>> query =
            id -> CompletableFuture.failedFuture(new AssertionError());

    @Override
    public CompletionStage<Receipt> submit(Bytes message) {
        return submit.apply(message);
    }

    @Override
    public CompletionStage<ProcessView> query(ProcessId process, Optional<Identity> sender) {
        return query.apply(process);
    }

    @Override
    public Source<Bytes, NotUsed> watch(ProcessId process, long fromSlot) {
        return Source.<Bytes>maybe().mapMaterializedValue(any -> NotUsed.getInstance());
    }

    @Override
    public Source<Bytes, NotUsed> entries(ProcessId process, long fromSlot) {
        return Source.empty();
    }

    @Override
    public Source<ProcessId, NotUsed> processIds() {
        return Source.empty();
    }
}
