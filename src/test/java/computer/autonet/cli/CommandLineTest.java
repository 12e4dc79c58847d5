package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GatewayServiceHandlerFactory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What all command lines share: help, the words and exit status of failures, and the wire. */
class CommandLineTest extends AtAShell {
    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(CommandLineTest::leaves);
    }

    @Test
    void cli01EveryCommandHasHelpWithAnExampleAndJson() {
        List<String> names = new ArrayList<>();
        leaves(shell.commands()).forEach(command -> {
            String name = command.getCommandSpec().qualifiedName();
            names.add(name);
            String help = command.getUsageMessage();
            assertThat(help).as(name).contains("Example: " + name).contains("--json");
            List<String> words = new ArrayList<>(List.of(name.split(" ")).subList(1, name.split(" ").length));
            words.add("--help");
            Shell.Ran ran = shell.run(words.toArray(String[]::new));
            assertThat(ran.exit()).as(name).isZero();
            assertThat(ran.out()).as(name).contains("Example: " + name);
        });
        assertThat(names).hasSize(25);
    }

    @Test
    void cli02MisuseIsTheUsersFaultAndSaysWhereHelpIs() {
        Shell.Ran ran = shell.run("project", "show");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("USAGE: ").contains("; see autonet project show --help");
        assertThat(shell.run("account").err()).contains("show, transfer, stake or withdraw");
        assertThat(shell.run("project", "show", "project:12").err()).startsWith("ID_INVALID: ");
        assertThat(shell.run("project", "show", "account:" + shell.identity("bob"))
                        .err())
                .contains("is no project");
        assertThat(shell.run("account", "transfer", "--as", "alice", "--to", "bob", "much")
                        .err())
                .startsWith("AMOUNT_INVALID: ");
        assertThat(shell.run("account", "show", "alice", "--gateway", "here").err())
                .startsWith("GATEWAY_INVALID: ");
    }

    @Test
    void cli02AnUnreachableGatewayIsNotTheUsersFault() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Shell.Ran ran = shell.runOverGrpc("account", "show", "alice", "--gateway", "127.0.0.1:" + port);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualToIgnoringNewLines("UNAVAILABLE: nothing answers at 127.0.0.1:" + port
                        + "; start a node with autonet node --config FILE, or name another with --gateway HOST:PORT");
    }

    @Test
    void cli02AnActWithoutAnAnswerIsNotToBeRepeatedBlindly() {
        var deaf = (GatewayService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {GatewayService.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(shell.network, arguments);
                    return method.getName().equals("submit") ? new CompletableFuture<>() : answer;
                });
        Shell.Ran ran =
                shell.runAgainst(deaf, "account", "transfer", "--as", "alice", "--to", "bob", "5", "--timeout", "1");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("OUTCOME_UNKNOWN: ")
                .contains("before you repeat it")
                .hasLineCount(1);
        assertThat(ok("account", "show", "bob").out()).as("it was applied").containsPattern("balance +10005 ATN");
    }

    @Test
    void cli02AFolderThatCannotBeUsedIsToldInALine() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "no folder");
        Path password = temp.resolve("password");
        for (Shell.Ran ran : List.of(
                shell.run(
                        "key",
                        "create",
                        "eve",
                        "--keystore=" + file.resolve("sub/k.p12"),
                        "--password-file=" + password),
                shell.run("export", "--out", file.resolve("sub").toString()))) {
            assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
            assertThat(ran.err()).contains(file.toString()).doesNotContain("\tat ", "INTERNAL");
        }
    }

    @Test
    void whatHintsNameCanBeTypedAsItStands() {
        assertThat(Program.word("./a/b-1:2")).isEqualTo("./a/b-1:2");
        assertThat(Program.word("my data")).isEqualTo("'my data'");
        assertThat(Program.word("Ann's")).isEqualTo("'Ann'\\''s'");
    }

    @Test
    void theSameCommandsWorkOverGrpc() throws Exception {
        ServerBinding binding = Http.get(shell.system)
                .newServerAt("127.0.0.1", 0)
                .bind(GatewayServiceHandlerFactory.create(shell.network, shell.system))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        String gateway = "--gateway=127.0.0.1:" + binding.localAddress().getPort();
        Shell.Ran created = shell.runOverGrpc(
                "project", "create", "--as", "alice", "--name", "wire", "--model", "cnn", "--json", gateway);
        assertThat(created.exit()).as(created.err()).isZero();
        String project = created.json().get("project").asText();
        Shell.Ran shown = shell.runOverGrpc("project", "show", project, gateway);
        assertThat(shown.out()).containsPattern("model +cnn 8x8 -> 10");
        Shell.Ran refused = shell.runOverGrpc("account", "transfer", "--as", "bob", "--to", "alice", "99999", gateway);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).startsWith("INSUFFICIENT_FUNDS: ");
        Shell.Ran exported =
                shell.runOverGrpc("export", "--out", temp.resolve("wire").toString(), gateway);
        assertThat(exported.exit()).as(exported.err()).isZero();
        assertThat(shell.run("verify", temp.resolve("wire").toString()).exit()).isZero();
        binding.terminate(Duration.ofSeconds(5)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
