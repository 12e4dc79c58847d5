package computer.autonet.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC client that knows nothing of Autonet: {@code buf curl}, as npm installs it, which learns services and types from the
 * server's reflection.
 *
 * @param server such as {@code http://127.0.0.1:9090}
 */
record BufCurl(String server) {
    private static final Path PROGRAM =
            Path.of("contracts/node_modules/@bufbuild/buf-linux-x64/bin/buf").toAbsolutePath();

    private static final long LIMIT_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** What came of a call: the messages of a good one, or the error of a bad one. */
    record Said(int status, String out, String error) {
        JsonNode answer() throws IOException {
            if (status != 0) {
                throw new AssertionError("status " + status + ": " + error);
            }
            return JSON.readTree(out);
        }

        /** All messages of a stream. */
        List<JsonNode> answers() throws IOException {
            if (status != 0) {
                throw new AssertionError("status " + status + ": " + error);
            }
            return JSON.readerFor(JsonNode.class).<JsonNode>readValues(out).readAll();
        }

        /** The error as buf prints it: code, message, details. */
        JsonNode refusal() throws JsonProcessingException {
            if (status == 0) {
                throw new AssertionError("accepted: " + out);
            }
            return JSON.readTree(error);
        }
    }

    /** @param headers each {@code name: value} */
    Said call(String method, String request, String... headers) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-d", "@-"));
        for (String header : headers) {
            arguments.addAll(List.of("-H", header));
        }
        arguments.add(server + "/" + method);
        return run(request, arguments);
    }

    /** The methods that the server tells of. */
    List<String> methods() throws IOException, InterruptedException {
        return run("", List.of("--list-methods", server)).out().lines().toList();
    }

    /** The first message of a stream that has no end. */
    JsonNode first(String method, String request) throws IOException, InterruptedException {
        Process call = start(List.of("-d", request, server + "/" + method));
        try (var messages = JSON.readerFor(JsonNode.class).<JsonNode>readValues(call.getInputStream())) {
            return messages.next();
        } finally {
            call.destroyForcibly().waitFor();
        }
    }

    private static Said run(String input, List<String> arguments) throws IOException, InterruptedException {
        Process call = start(arguments);
        try (var in = call.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        // An error is a line or two, and fits into the pipe while the answer is read.
        String out = new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(call.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!call.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            call.destroyForcibly();
            throw new AssertionError("no end in " + LIMIT_SECONDS + " s: " + arguments);
        }
        return new Said(call.exitValue(), out, error);
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(PROGRAM.toString(), "curl", "--protocol", "grpc", "--http2-prior-knowledge"));
        command.addAll(List.of("--timeout", LIMIT_SECONDS + "s"));
        command.addAll(arguments);
        return new ProcessBuilder(command).start();
    }
}
