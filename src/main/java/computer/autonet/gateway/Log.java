package computer.autonet.gateway;

import computer.autonet.base.Bytes;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.process.ProcessView;
import computer.autonet.protocol.process.Receipt;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What the gateway asks of the processes of the network, wherever they live. A stage or a stream that fails carries a
 * {@link Problem}, or something unexpected.
 */
public interface Log {
    /** Has a signed message recorded, or returns the receipt of when it was. */
    CompletionStage<Receipt> submit(Bytes message);

    /**
     * The state of a process now.
     *
     * @param sender whose last nonce there is to be told
     */
    CompletionStage<ProcessView> query(ProcessId process, Optional<Identity> sender);

    /** The entries from a slot on as they are stored, then each new one, without end. */
    Source<Bytes, NotUsed> watch(ProcessId process, long fromSlot);

    /** The entries from a slot on that stand now, as they are stored. */
    Source<Bytes, NotUsed> entries(ProcessId process, long fromSlot);

    /** Every process that has an entry. */
    Source<ProcessId, NotUsed> processIds();
}
