package computer.autonet.gateway;

import io.grpc.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;

/** The secret that whoever may act for this node can read: fresh at every start, in a file of mode 0600 (GATE-13). */
public final class OperatorToken {
    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] expected;
    private final Path file;

    private OperatorToken(byte[] expected, Path file) {
        this.expected = expected;
        this.file = file;
    }

    /** Draws a token and replaces the file by one that holds it and nothing else. */
    public static OperatorToken create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Path absolute = file.toAbsolutePath();
        Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?>[] ownerOnly =
                absolute.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (FileChannel out =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer content = ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII));
            while (content.hasRemaining()) {
                out.write(content);
            }
        }
        Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new OperatorToken((SCHEME + token).getBytes(StandardCharsets.US_ASCII), absolute);
    }

    /** Answers UNAUTHENTICATED in place of the handler's answer to whoever lacks the token. */
    Function<HttpRequest, CompletionStage<HttpResponse>> guard(
            Function<HttpRequest, CompletionStage<HttpResponse>> handler, ClassicActorSystemProvider system) {
        return request -> {
            if (!OperatorEndpoint.serves(request.getUri().path()) || shown(request)) {
                return handler.apply(request);
            }
            request.discardEntityBytes(system);
            Problem problem = Problem.of(
                    Status.Code.UNAUTHENTICATED,
                    "TOKEN_MISSING_OR_WRONG",
                    "the call shows no token of this run of the node",
                    "send the metadata 'authorization: Bearer TOKEN' with the content of " + file.getFileName()
                            + " in the node's data directory");
            return Statuses.response(request, problem, system)
                    .orElseGet(() -> CompletableFuture.completedFuture(
                            HttpResponse.create().withStatus(401)));
        };
    }

    /** Compares in constant time, so that the answer's delay tells nothing about the token. */
    private boolean shown(HttpRequest request) {
        String value = request.getHeader("authorization").map(HttpHeader::value).orElse("");
        return MessageDigest.isEqual(expected, value.getBytes(StandardCharsets.UTF_8));
    }
}
