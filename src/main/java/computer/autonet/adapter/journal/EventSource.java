package computer.autonet.adapter.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * A stream of one id's events in their order. A live one waits at the end for the journal's signal instead of asking again
 * and again; it holds at most one page, and reads the next one when that is used up.
 */
final class EventSource extends GraphStage<SourceShape<EventLog.Event>> {
    private final EventLog log;
    private final Executor readers;
    private final String persistenceId;
    private final long from;
    private final long to;
    private final int page;
    private final boolean live;
    private final Outlet<EventLog.Event> out = Outlet.create("EventSource.out");

    EventSource(EventLog log, Executor readers, String persistenceId, long from, long to, int page, boolean live) {
        this.log = log;
        this.readers = readers;
        this.persistenceId = persistenceId;
        this.from = from;
        this.to = to;
        this.page = page;
        this.live = live;
    }

    @Override
    public SourceShape<EventLog.Event> shape() {
        return SourceShape.of(out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private record Answer(
            List<EventLog.Event> events, @Nullable Throwable failure) {}

    private final class Logic extends GraphStageLogic {
        private final ArrayDeque<EventLog.Event> ready = new ArrayDeque<>();
        private final AsyncCallback<Answer> answered = createAsyncCallback(this::onAnswer);
        private final AsyncCallback<Long> appended = createAsyncCallback(this::onAppend);
        private Appends.@Nullable Registration registration;
        private long next = from;
        private boolean reading;
        /** Something was appended since the read under way began, so an empty answer is not the end. */
        private boolean signalled;

        private Logic() {
            super(shape());
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    serve();
                }
            });
        }

        @Override
        public void preStart() {
            if (live) {
                registration = log.onAppend(persistenceId, () -> appended.invoke(0L));
            }
        }

        @Override
        public void postStop() {
            if (registration != null) {
                registration.close();
            }
        }

        private void serve() {
            EventLog.Event event = ready.poll();
            if (event != null) {
                push(out, event);
                next = event.sequenceNr() + 1;
            }
            if (next > to) {
                completeStage();
            } else if (event == null && !reading) {
                read();
            }
        }

        private void read() {
            reading = true;
            signalled = false;
            long first = next;
            CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return log.read(persistenceId, first, to, page);
                                } catch (IOException e) {
                                    throw new CompletionException(e);
                                }
                            },
                            readers)
                    .whenComplete((events, failure) ->
                            answered.invoke(new Answer(failure == null ? events : List.of(), failure)));
        }

        private void onAnswer(Answer answer) {
            reading = false;
            if (answer.failure() != null) {
                failStage(answer.failure());
                return;
            }
            ready.addAll(answer.events());
            if (!ready.isEmpty()) {
                if (isAvailable(out)) {
                    serve();
                }
            } else if (!live) {
                completeStage();
            } else if (signalled) {
                read();
            }
        }

        private void onAppend(long ignored) {
            signalled = true;
            if (isAvailable(out) && ready.isEmpty() && !reading) {
                read();
            }
        }
    }
}
