package computer.autonet.gateway;

import computer.autonet.protocol.process.Code;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * The limit on the messages within a request (GATE-08). A gRPC message is gathered in memory before it is read, so its
 * announced length is looked at first: the prefix is one byte of flags and four of length, then the message follows.
 */
final class FrameGuard {
    private static final int PREFIX = 5;
    private static final int SLACK = 1_024;

    /** Four times the largest message, so that one that is a little too large gets its own refusal. */
    static final int MAX_MESSAGE = 1 << 20;

    /** A full batch of the largest inputs would be 16 MiB; this admits 512 of them. */
    static final int MAX_BATCH_MESSAGE = 8 << 20;

    private FrameGuard() {}

    /** The request with its messages limited according to its method. */
    static HttpRequest limit(HttpRequest request) {
        String path = request.getUri().path();
        int most = path.endsWith("/PutBlob")
                ? BlobTransfer.MAX_CHUNK + SLACK
                : path.endsWith("/Infer") ? MAX_BATCH_MESSAGE : MAX_MESSAGE;
        return request.transformEntityDataBytes(flow(most));
    }

    private static Flow<ByteString, ByteString, ?> flow(int most) {
        return Flow.<ByteString>create().statefulMapConcat(() -> {
            var frames = new Frames(most);
            return bytes -> {
                frames.pass(bytes);
                return List.of(bytes);
            };
        });
    }

    /** Where the bytes that have passed stand between prefixes. */
    static final class Frames {
        private final int most;
        private int prefix;
        private long length;
        private long rest;

        Frames(int most) {
            this.most = most;
        }

        void pass(ByteString bytes) {
            int at = 0;
            while (at < bytes.size()) {
                if (rest > 0) {
                    int skipped = (int) Math.min(rest, bytes.size() - at);
                    at += skipped;
                    rest -= skipped;
                    continue;
                }
                length = prefix == 0 ? 0 : length << 8 | Byte.toUnsignedLong(bytes.apply(at));
                at++;
                prefix++;
                if (prefix == PREFIX) {
                    if (length > most) {
                        throw Problem.of(
                                Code.TOO_LARGE,
                                "a message of the request has " + length + " bytes",
                                "send at most " + most + " bytes in one message");
                    }
                    rest = length;
                    prefix = 0;
                }
            }
        }
    }
}
