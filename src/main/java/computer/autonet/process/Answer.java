package computer.autonet.process;

import computer.autonet.base.Bytes;

/** What the host of a process answers to whoever submits or queries. */
public sealed interface Answer extends WireMessage {
    /** The message is entry {@code slot}. */
    record Receipted(String process, long slot, long timestampMillis, Bytes entryHash) implements Answer {}

    /**
     * Nothing was recorded.
     *
     * @param code name of a {@link computer.autonet.protocol.process.Code}
     */
    record Refused(String code, String detail, String remedy) implements Answer {}

    /** The whole state in its canonical encoding. */
    record Told(Bytes state) implements Answer {}
}
