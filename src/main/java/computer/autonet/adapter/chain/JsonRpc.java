package computer.autonet.adapter.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** JSON-RPC over HTTP, for what web3j has no method for. */
final class JsonRpc {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final AtomicLong ids = new AtomicLong();
    private final URI url;

    JsonRpc(URI url) {
        this.url = url;
    }

    /**
     * The result of a call.
     *
     * @param timeout how long to wait for it
     * @throws ChainException with {@link Problem#UNREACHABLE} or {@link Problem#REQUEST_REFUSED}
     */
    JsonNode call(String method, List<?> parameters, Duration timeout) {
        try {
            byte[] body = JSON.writeValueAsBytes(
                    Map.of("jsonrpc", "2.0", "id", ids.incrementAndGet(), "method", method, "params", parameters));
            var request = HttpRequest.newBuilder(url)
                    .timeout(timeout)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            JsonNode answer = JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
            if (answer.hasNonNull("error")) {
                throw new ChainException(
                        Problem.REQUEST_REFUSED,
                        method + " was refused: "
                                + answer.get("error").path("message").asText(),
                        "see whether the node at " + url + " serves this method");
            }
            return answer.path("result");
        } catch (IOException e) {
            throw ChainConnection.unreachable(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChainConnection.unreachable(url, e);
        }
    }
}
