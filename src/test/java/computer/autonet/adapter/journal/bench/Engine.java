package computer.autonet.adapter.journal.bench;

import java.util.concurrent.CompletionStage;

/** A journal engine under measurement. */
interface Engine extends AutoCloseable {
    /** Completes when the event is on disk. */
    CompletionStage<Void> append(String id, long number, byte[] event);

    /** Reads all events of an id and returns how many there are. */
    long replay(String id) throws Exception;
}
