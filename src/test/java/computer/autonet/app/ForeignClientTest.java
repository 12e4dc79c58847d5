package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import computer.autonet.base.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GATE-12: a gRPC client that nobody of us wrote, on a whole node as it is started, with nothing but the server's reflection. */
class ForeignClientTest {
    private static final long LIMIT_SECONDS = 60;
    private static final String GATEWAY = "autonet.v1.GatewayService/";
    private static final String OPERATOR = "autonet.v1.OperatorService/";

    @TempDir
    static Path folder;

    private static @Nullable Forked node;
    private static BufCurl gateway = new BufCurl("");
    private static BufCurl operator = new BufCurl("");

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                BufCurl.isInstalled(),
                "left out: buf, a foreign gRPC client, is not installed; run npm ci in contracts/");
        Path made = folder.resolve("network");
        assertThat(Main.run("network", "create", "--out", made + "", "--nodes", "a", "--name", "foreign"))
                .isZero();
        Path config = Files.writeString(folder.resolve("a.conf"), """
                include required("network/network.conf")
                autonet {
                  data-dir = "%s"
                  cluster.port = 0
                  gateway.port = 0
                  operator.port = 0
                  keystore { file = "%s", password-file = "%s" }
                }
                """.formatted(
                        folder.resolve("data"), made.resolve("a.p12"), made.resolve("a.password")));
        Forked started = Forked.start(folder.resolve("a.txt"), List.of(), "node", "--config", config.toString());
        node = started;
        gateway = new BufCurl("http://" + started.await("gateway", LIMIT_SECONDS));
        operator = new BufCurl("http://" + started.await("operator", LIMIT_SECONDS));
        started.await("joined", LIMIT_SECONDS);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (node != null) {
            node.close();
        }
    }

    private static String token() throws IOException {
        return "authorization: Bearer "
                + Files.readString(folder.resolve("data/operator-token")).strip();
    }

    private static JsonNode proposer() throws Exception {
        for (JsonNode identity : operator.call(OPERATOR + "ListIdentities", "{}", token())
                .answer()
                .get("identities")) {
            if (identity.get("name").asText().equals("proposer")) {
                return identity;
            }
        }
        throw new AssertionError("no proposer in the keystore");
    }

    private static String transfer(String to, String amount) {
        return "{\"as\": \"proposer\", \"transfer\": {\"to\": \"" + to + "\", \"amount\": \"" + amount + "\"}}";
    }

    /** Twice: a refusal has the status's code and, in its details, what a program and what a person needs. */
    private static void assertRefused(BufCurl.Said said, String code, String reason) throws Exception {
        JsonNode refusal = said.refusal();
        assertThat(refusal.get("code").asText()).isEqualTo(code);
        assertThat(refusal.get("message").asText()).isNotBlank();
        JsonNode detail = refusal.get("details").get(0);
        assertThat(detail.get("type").asText()).isEqualTo("google.rpc.ErrorInfo");
        var info = com.google.rpc.ErrorInfo.parseFrom(
                Base64.getMimeDecoder().decode(detail.get("value").asText()));
        assertThat(info.getReason()).isEqualTo(reason);
        assertThat(info.getDomain()).isEqualTo("autonet.computer");
        assertThat(info.getMetadataOrThrow("remedy")).isNotBlank();
    }

    @Test
    void gate12ReflectionTellsOfEveryServiceAndHealthSaysServing() throws Exception {
        assertThat(gateway.methods())
                .contains(GATEWAY + "Submit", GATEWAY + "Watch", GATEWAY + "Infer", "grpc.health.v1.Health/Check");
        assertThat(operator.methods()).contains(OPERATOR + "Act", OPERATOR + "ListIdentities");
        assertThat(gateway.first("grpc.health.v1.Health/Watch", "{}")
                        .get("status")
                        .asText())
                .isEqualTo("SERVING");
        assertThat(gateway.call("grpc.health.v1.Health/Check", "{}")
                        .answer()
                        .get("status")
                        .asText())
                .isEqualTo("SERVING");
    }

    @Test
    void aTypedQueryIsAnswered() throws Exception {
        JsonNode network = gateway.call(GATEWAY + "GetNetwork", "{}").answer();
        assertThat(network.get("name").asText()).isEqualTo("foreign");
        assertThat(network.get("principles")).hasSize(6);
        String address = proposer().get("address").asText();
        JsonNode account = gateway.call(GATEWAY + "GetAccount", "{\"owner\": \"" + address + "\"}")
                .answer()
                .get("account");
        assertThat(account.get("balance").asText()).matches("[1-9][0-9]{18,}");
        assertRefused(
                gateway.call(
                        GATEWAY + "GetProject",
                        "{\"project\": {\"kind\": \"KIND_PROJECT\", \"hash\": \"" + address + "\"}}"),
                "not_found",
                "NO_SUCH_PROCESS");
    }

    @Test
    void gate01ABadMessageIsRefusedWithItsReasonAndRemedy() throws Exception {
        assertRefused(gateway.call(GATEWAY + "Submit", "{\"message\": \"AAAA\"}"), "invalid_argument", "MALFORMED");
        assertRefused(gateway.call(GATEWAY + "Submit", "{}"), "invalid_argument", "MALFORMED");
    }

    @Test
    void gate09ABlobIsPutInPiecesAndComesBackByItsHash() throws Exception {
        String first = Base64.getEncoder().encodeToString("put in ".getBytes(StandardCharsets.UTF_8));
        String second = Base64.getEncoder().encodeToString("two pieces".getBytes(StandardCharsets.UTF_8));
        JsonNode put = gateway.call(
                        GATEWAY + "PutBlob", "{\"chunk\": \"" + first + "\"}{\"chunk\": \"" + second + "\"}")
                .answer();
        byte[] content = "put in two pieces".getBytes(StandardCharsets.UTF_8);
        String id = Base64.getEncoder().encodeToString(Hash.digest(content).toArray());
        assertThat(put.get("id").asText()).isEqualTo(id);
        assertThat(put.get("size").asInt()).isEqualTo(content.length);

        var whole = new StringBuilder();
        for (JsonNode piece :
                gateway.call(GATEWAY + "GetBlob", "{\"id\": \"" + id + "\"}").answers()) {
            whole.append(
                    new String(Base64.getDecoder().decode(piece.get("chunk").asText()), StandardCharsets.UTF_8));
        }
        assertThat(whole).hasToString("put in two pieces");
    }

    @Test
    void gate13TheOperatorActsForTheTokensHolderAndForNobodyElse() throws Exception {
        String payee = Base64.getEncoder().encodeToString(Hash.digest("payee").toArray());
        String balance = "{\"owner\": \"" + payee + "\"}";
        for (String header : List.of("x-nothing: 1", token() + "0", "authorization: Bearer wrong")) {
            assertRefused(
                    operator.call(OPERATOR + "Act", transfer(payee, "7"), header),
                    "unauthenticated",
                    "TOKEN_MISSING_OR_WRONG");
        }
        JsonNode receipt = operator.call(OPERATOR + "Act", transfer(payee, "7"), token())
                .answer()
                .get("receipt");
        assertThat(receipt.get("process").get("kind").asText()).isEqualTo("KIND_ACCOUNT");

        // What the act became is watched where its receipt says that it stands, and then at the payee's.
        String process = receipt.get("process").toString();
        assertThat(gateway.first(GATEWAY + "Watch", "{\"process\": " + process + "}")
                        .get("entry")
                        .asText())
                .isNotBlank();
        JsonNode head = gateway.call(GATEWAY + "GetAccount", balance).answer().get("head");
        gateway.first(GATEWAY + "Watch", "{\"process\": " + head.get("process") + "}");
        assertThat(gateway.call(GATEWAY + "GetAccount", balance)
                        .answer()
                        .get("account")
                        .get("balance")
                        .asText())
                .isEqualTo("7");
    }
}
