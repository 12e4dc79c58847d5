package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.process.Refusal;

/** What the host of a process answers to whoever submits or queries. */
public sealed interface Answer extends WireMessage {
    /** The message is entry {@code slot}. */
    record Receipted(String process, long slot, long timestampMillis, Bytes entryHash) implements Answer {
        static Receipted of(Receipt receipt) {
            return new Receipted(
                    receipt.process().toString(),
                    receipt.slot(),
                    receipt.timestampMillis(),
                    receipt.entryHash().bytes());
        }

        Receipt receipt() {
            return new Receipt(ProcessId.parse(process), slot, timestampMillis, Hash.of(entryHash.toArray()));
        }
    }

    /**
     * Nothing was recorded.
     *
     * @param code name of a {@link Code}
     */
    record Refused(String code, String detail, String remedy) implements Answer {
        static Refused of(Refusal refusal) {
            return new Refused(refusal.code().name(), refusal.detail(), refusal.remedy());
        }

        Refusal refusal() {
            return new Refusal(Code.valueOf(code), detail, remedy);
        }
    }

    /** A {@link ProcessView}. */
    record Told(long nextSlot, Bytes head, Bytes root, long lastNonce, Bytes domain) implements Answer {
        static Told of(ProcessView view) {
            return new Told(view.nextSlot(), view.head().bytes(), view.root().bytes(), view.lastNonce(), view.domain());
        }

        ProcessView view() {
            return new ProcessView(nextSlot, Hash.of(head.toArray()), Hash.of(root.toArray()), lastNonce, domain);
        }
    }
}
