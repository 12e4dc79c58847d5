package computer.autonet.gateway;

import computer.autonet.protocol.process.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The limits on the messages within a request (GATE-08, GATE-17). A gRPC message is gathered in memory before it is read, so its
 * announced length is looked at first: the prefix is one byte of flags and four of length, then the message follows. A
 * compressed one is unpacked in memory, too, where it may be a thousand times as long; so it is unpacked once before, into
 * nothing, and no further than it may be. What has come of messages that are not whole yet is counted over all requests, and
 * none may take long to become whole: many callers who each send a part would fill the memory for ever.
 *
 * <p>Whoever stops reading a request early would have the HTTP/2 stream reset, and the caller would get that in place of
 * the refusal; so what is left of a request is thrown away here instead, up to a limit.
 */
final class FrameGuard extends GraphStage<FlowShape<ByteString, ByteString>> {
    private static final int PREFIX = 5;
    private static final int COMPRESSED = 1;
    private static final int SLACK = 1_024;
    private static final String TIMER = "whole";
    private static final long NOT_TIMED = -1;

    /** Four times the largest message, so that one that is a little too large gets its own refusal. */
    static final int MAX_MESSAGE = 1 << 20;

    /** A full batch of the largest inputs would be 16 MiB; this admits 512 of them. */
    static final int MAX_BATCH_MESSAGE = 8 << 20;

    /** Thrown away at most; a caller that sends more without looking at its answer is cut off. */
    private static final long MAX_DRAINED = 64L << 20;

    private final Inlet<ByteString> in = Inlet.create("FrameGuard.in");
    private final Outlet<ByteString> out = Outlet.create("FrameGuard.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final int most;
    private final GatheringRoom room;

    FrameGuard(int most, GatheringRoom room) {
        this.most = most;
        this.room = room;
    }

    /** The request with its messages limited according to its method, and their parts by what is left of the room. */
    static HttpRequest limit(HttpRequest request, GatheringRoom room) {
        String path = request.getUri().path();
        int most = path.endsWith("/PutBlob")
                ? BlobTransfer.MAX_CHUNK + SLACK
                : path.endsWith("/Infer") ? MAX_BATCH_MESSAGE : MAX_MESSAGE;
        return request.transformEntityDataBytes(Flow.fromGraph(new FrameGuard(most, room)));
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private final Frames frames = new Frames(most);
        private boolean draining;
        private long drained;

        /** What this request has in the room. */
        private long held;

        /** How many messages were whole when the one that is timed began; -1 if none is. */
        private long timed = NOT_TIMED;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    arrived(grab(in));
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(in);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    drain();
                }
            });
        }

        private void arrived(ByteString bytes) {
            if (draining) {
                drained += bytes.size();
                if (drained > MAX_DRAINED) {
                    completeStage();
                } else {
                    pull(in);
                }
                return;
            }
            try {
                frames.pass(bytes);
                hold(frames.gathered());
                push(out, bytes);
            } catch (Problem no) {
                drain();
                fail(out, no);
            }
        }

        /** GATE-17: most messages come whole, and then nothing is held and nothing timed. */
        private void hold(long gathered) {
            if (!room.resize(held, gathered)) {
                throw room.full();
            }
            held = gathered;
            if (gathered == 0) {
                cancelTimer(TIMER);
                timed = NOT_TIMED;
            } else if (timed != frames.whole()) {
                timed = frames.whole();
                scheduleOnce(TIMER, room.patience());
            }
        }

        @Override
        public void onTimer(Object timer) {
            if (!hasBeenPulled(in)) {
                // It is we who take nothing.
                scheduleOnce(TIMER, room.patience());
                return;
            }
            drain();
            fail(out, room.tooSlow());
        }

        @Override
        public void postStop() {
            hold(0);
        }

        private void drain() {
            draining = true;
            hold(0);
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }
    }

    /** Where the bytes that have passed stand between prefixes. */
    static final class Frames {
        private final int most;
        private int prefix;
        private boolean compressed;
        private long length;
        private long rest;
        private long whole;

        /** What has passed of a compressed message. */
        private ByteString packed = ByteString.emptyByteString();

        Frames(int most) {
            this.most = most;
        }

        /** How many messages have passed. */
        long whole() {
            return whole;
        }

        /** How much has passed of the one that has not done so whole. */
        long gathered() {
            return rest > 0 ? PREFIX + length - rest : prefix;
        }

        void pass(ByteString bytes) {
            int at = 0;
            while (at < bytes.size()) {
                if (rest > 0) {
                    int skipped = (int) Math.min(rest, bytes.size() - at);
                    if (compressed) {
                        packed = packed.concat(bytes.slice(at, at + skipped));
                    }
                    at += skipped;
                    rest -= skipped;
                    if (rest == 0) {
                        whole++;
                        if (compressed) {
                            unpack();
                        }
                    }
                    continue;
                }
                if (prefix == 0) {
                    compressed = (bytes.apply(at) & COMPRESSED) != 0;
                    length = 0;
                } else {
                    length = length << 8 | Byte.toUnsignedLong(bytes.apply(at));
                }
                at++;
                prefix++;
                if (prefix == PREFIX) {
                    if (length > most) {
                        throw tooLarge(length + " bytes");
                    }
                    rest = length;
                    prefix = 0;
                    if (rest == 0) {
                        whole++;
                    }
                }
            }
        }

        private void unpack() {
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.toArray()))) {
                packed = ByteString.emptyByteString();
                if (unpacked.skip(most + 1L) > most) {
                    throw tooLarge("more than " + most + " bytes when it is unpacked");
                }
            } catch (IOException e) {
                throw Problem.of(
                        Code.MALFORMED,
                        "a compressed message of the request cannot be unpacked (" + e.getMessage() + ")",
                        "compress with gzip, or not at all");
            }
        }

        private Problem tooLarge(String size) {
            return Problem.of(
                    Code.TOO_LARGE,
                    "a message of the request has " + size,
                    "send at most " + most + " bytes in one message");
        }
    }
}
