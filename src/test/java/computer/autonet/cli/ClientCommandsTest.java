package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GatewayServiceHandlerFactory;
import computer.autonet.v1.Model;
import computer.autonet.v1.Recipe;
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
import org.apache.pekko.stream.SystemMaterializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Command lines as a user types them, against a network in memory. */
class ClientCommandsTest {
    @TempDir
    Path temp;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(temp);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Shell.Ran ok(String... arguments) {
        Shell.Ran ran = shell.run(arguments);
        assertThat(ran.exit()).as("%s%n%s", ran.out(), ran.err()).isZero();
        return ran;
    }

    private String project() {
        Shell.Ran created = ok(
                "project", "create", "--as", "alice", "--name", "digits", "--rounds", "2", "--fund", "500", "--json");
        return created.json().get("project").asText();
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(ClientCommandsTest::leaves);
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
    void cli01AMandateIsGrantedUsedListedAndRevoked() {
        String bob = shell.identity("bob").toString();
        String shop = "ab".repeat(32);
        var granted = ok("mandate", "grant", "--as", "alice", "--to", bob, "--cap", "10", "--only-to", shop, "--json");
        assertThat(granted.json().get("mandate").asLong()).isEqualTo(1);
        String[] pay = {"mandate", "pay", "--as", "bob", "--for", "alice", "--mandate", "1", "--to", shop, "7.5"};
        ok(pay);
        Shell.Ran again = shell.run(pay);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).startsWith("BEYOND_MANDATE: the mandate leaves 2.5 ATN, needed 7.5");
        var listed =
                ok("mandate", "list", "alice", "--json").json().get("mandates").get(0);
        assertThat(listed.get("spent").asText()).isEqualTo("7.5");
        assertThat(listed.get("holder").asText()).isEqualTo(bob);
        ok("mandate", "revoke", "--as", "bob", "--for", "alice", "1");
        assertThat(shell.run(pay).err()).startsWith("NO_SUCH_MANDATE: ");
        assertThat(ok("mandate", "list", "alice", "--json").json().get("mandates"))
                .isEmpty();
        assertThat(shell.run("mandate").err()).contains("grant, list, pay or revoke");
        assertThat(shell.run("mandate", "pay", "--as", "bob", "--mandate", "1", "--to", shop, "1")
                        .err())
                .contains("--for OWNER");
    }

    @Test
    void cli01AHolderFoundsAndFundsAProjectThatIsTheOwners() {
        ok("mandate", "grant", "--as", "alice", "--to", "bob", "--cap", "50", "--may", "transfer,create_project");
        String[] create = {
            "project",
            "create",
            "--as",
            "bob",
            "--for",
            "alice",
            "--mandate",
            "1",
            "--name",
            "theirs",
            "--fund",
            "50",
            "--json"
        };
        String project = ok(create).json().get("project").asText();
        assertThat(ok("project", "show", project, "--json").json().get("owner").asText())
                .isEqualTo(shell.identity("alice").toString());
        assertThat(ok("account", "show", project, "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("50");
        assertThat(shell.run("project", "create", "--as", "bob", "--for", "alice", "--name", "x")
                        .err())
                .startsWith("USAGE: ");
    }

    @Test
    void cli02AProjectWhoseFundsAreNotThereIsNotFounded() {
        Shell.Ran ran = shell.run("project", "create", "--as", "alice", "--name", "rich", "--fund", "99999");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("INSUFFICIENT_FUNDS: ", "nothing was founded");
        assertThat(ok("account", "show", "alice", "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("10000");
        assertThat(shell.network.processes()).noneMatch(process -> process.kind() == Kind.PROJECT);
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
    void aCommandThatNamesSeveralIdentitiesOpensTheKeystoreOnce() {
        int before = shell.opened();
        ok("mandate", "grant", "--as", "alice", "--to", "bob", "--only-to", "alice", "--cap", "1");
        assertThat(shell.opened()).isEqualTo(before + 1);
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
    @Timeout(60)
    void aWatchThatNobodyReadsEnds() {
        assertThat(shell.runUnread("project", "watch", project())).isZero();
    }

    @Test
    @Timeout(60)
    void aWatchThatBeginsAfterTheEndOfItsProjectEnds() {
        String project = project();
        ok("project", "close", "--as", "alice", project);
        long last = ok("project", "watch", project).out().lines().count();
        assertThat(ok("project", "watch", project, "--from", last + "").out()).isEmpty();
    }

    @Test
    void whatHintsNameCanBeTypedAsItStands() {
        assertThat(Program.word("./a/b-1:2")).isEqualTo("./a/b-1:2");
        assertThat(Program.word("my data")).isEqualTo("'my data'");
        assertThat(Program.word("Ann's")).isEqualTo("'Ann'\\''s'");
    }

    @Test
    void keysAreMadeListedShownAndExported() {
        ok("key", "create", "carol", "--type", "secp256k1");
        assertThat(ok("key", "list").out()).containsSubsequence("identities", "alice", "bob", "carol");
        var shown = ok("key", "show", "carol", "--json").json();
        assertThat(shown.get("type").asText()).isEqualTo("secp256k1");
        assertThat(shown.get("ethereum").asText()).matches("0x[0-9a-f]{40}");
        assertThat(ok("key", "export", "carol").out()).startsWith("-----BEGIN PUBLIC KEY-----\n");
        Shell.Ran taken = shell.run("key", "create", "carol");
        assertThat(taken.exit()).isEqualTo(2);
        assertThat(taken.err()).startsWith("NAME_TAKEN: ");
        assertThat(taken.out()).isEmpty();
    }

    @Test
    void aKeystoreThatIsMissingOrClosedSaysWhatToDo() throws IOException {
        Shell.Ran missing = shell.run("key", "list", "--keystore=" + temp.resolve("none.p12"));
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).startsWith("FILE_MISSING: ").contains("autonet key create");
        Path wrong = Files.writeString(temp.resolve("wrong"), "wrong\n");
        Shell.Ran closed =
                shell.run("key", "list", "--keystore=" + temp.resolve("keys.p12"), "--password-file=" + wrong);
        assertThat(closed.exit()).isEqualTo(2);
        assertThat(closed.err()).startsWith("PASSWORD_WRONG: ");
        Path fresh = temp.resolve("deep/er/keys.p12");
        ok("key", "create", "dora", "--keystore=" + fresh, "--password-file=" + wrong);
        assertThat(fresh).exists();
    }

    @Test
    void moneyMovesAndRefusalsAreTheNetworks() {
        var sent = ok("account", "transfer", "--as", "alice", "--to", "bob", "12.5", "--json")
                .json();
        assertThat(sent.get("sent").asText()).isEqualTo("12.5");
        assertThat(sent.get("slot").asLong()).isZero();
        assertThat(ok("account", "show", "bob").out()).containsPattern("balance +10012.5 ATN");
        assertThat(ok("account", "show", shell.identity("alice").toString(), "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("9987.5");
        Shell.Ran poor = shell.run("account", "transfer", "--as", "alice", "--to", "bob", "99999");
        assertThat(poor.exit()).isEqualTo(2);
        assertThat(poor.err()).startsWith("INSUFFICIENT_FUNDS: balance 9987.5 ATN, needed 99999 ATN; ");
        assertThat(shell.run("account", "withdraw", "--as", "bob", "7").err()).startsWith("NO_SUCH_LOCK: ");
    }

    private List<String> assetsOf(String owner) {
        List<String> assets = new ArrayList<>();
        ok("account", "show", owner, "--json")
                .json()
                .get("assets")
                .forEach(row -> assets.add(
                        row.get("balance").asText() + " " + row.get("asset").asText()));
        return assets;
    }

    @Test
    void acc17AnotherAssetMovesFromTheCommandLine() {
        String gold = Asset.parse(Shell.GOLD).toString();
        assertThat(assetsOf("alice")).containsExactly("1000 " + gold);
        assertThat(assetsOf("bob")).isEmpty();
        String[] transfer = {"account", "transfer", "--as", "alice", "--to", "bob", "--asset", Shell.GOLD};
        var sent = ok(Stream.concat(Stream.of(transfer), Stream.of("400", "--json"))
                        .toArray(String[]::new))
                .json();
        assertThat(sent.get("sent").asText()).isEqualTo("400");
        assertThat(sent.get("asset").asText()).isEqualTo(gold);
        assertThat(assetsOf("alice")).containsExactly("600 " + gold);
        assertThat(assetsOf("bob")).containsExactly("400 " + gold);
        Shell.Ran shown = ok("account", "show", "bob");
        assertThat(shown.out()).containsPattern("balance +10000 ATN").containsPattern(gold + " +400\n");

        assertThat(shell.run("account", "transfer", "--as", "bob", "--to", "alice", "--asset", gold, "401")
                        .err())
                .startsWith("INSUFFICIENT_FUNDS: balance 400 of asset " + gold + ", needed 401 of asset " + gold
                        + "; add 1 of asset " + gold);
        assertThat(shell.run("account", "transfer", "--as", "bob", "--to", "alice", "--asset", gold, "1.5")
                        .err())
                .startsWith("AMOUNT_INVALID: '1.5' is no amount of asset " + gold);
        Shell.Ran unheard = shell.run("account", "transfer", "--as", "bob", "--to", "alice", "--asset", "gold", "1");
        assertThat(unheard.exit()).isEqualTo(2);
        assertThat(unheard.err()).startsWith("ASSET_INVALID: 'gold' names no asset; write ATN");

        ok("account", "transfer", "--as", "bob", "--to", "alice", "--asset", gold, "400");
        assertThat(assetsOf("bob")).isEmpty();
    }

    @Test
    void acc18AMandateOverAnotherAssetIsGrantedAndUsedFromTheCommandLine() {
        String gold = Asset.parse(Shell.GOLD).toString();
        var granted =
                ok("mandate", "grant", "--as", "alice", "--to", "bob", "--asset", Shell.GOLD, "--cap", "70", "--json");
        assertThat(granted.json().get("asset").asText()).isEqualTo(gold);
        List<String> pay = List.of("mandate", "pay", "--as", "bob", "--for", "alice", "--mandate", "1", "--to", "bob");
        assertThat(ok(Stream.concat(pay.stream(), Stream.of("--asset", gold, "60", "--json"))
                                .toArray(String[]::new))
                        .json()
                        .get("sent")
                        .asText())
                .isEqualTo("60");
        assertThat(assetsOf("bob")).containsExactly("60 " + gold);
        assertThat(shell.run(Stream.concat(pay.stream(), Stream.of("1")).toArray(String[]::new))
                        .err())
                .startsWith("BEYOND_MANDATE: mandate 1 is over asset " + gold + ", not ATN");
        var listed =
                ok("mandate", "list", "alice", "--json").json().get("mandates").get(0);
        assertThat(listed.get("asset").asText()).isEqualTo(gold);
        assertThat(listed.get("cap").asText()).isEqualTo("70");
        assertThat(listed.get("spent").asText()).isEqualTo("60");
    }

    @Test
    void acc11WhatAProjectGotOfAnotherAssetReturnsToItsOwnerAndAnExportAddsUp() {
        String gold = Asset.parse(Shell.GOLD).toString();
        ok("account", "transfer", "--as", "alice", "--to", "bob", "--asset", gold, "300");
        String project = project();
        ok("account", "transfer", "--as", "bob", "--to", project, "--asset", gold, "25");
        assertThat(assetsOf(project)).containsExactly("25 " + gold);
        ok("project", "close", "--as", "alice", project);
        assertThat(assetsOf(project)).isEmpty();
        assertThat(assetsOf("alice")).containsExactly("725 " + gold);

        Path folder = temp.resolve("export");
        ok("export", "--out", folder.toString());
        var verified = ok("verify", folder.toString(), "--json").json();
        assertThat(verified.get("issued").asText()).isEqualTo("20000");
        assertThat(verified.get("assets").get(0).get("asset").asText()).isEqualTo(gold);
        assertThat(verified.get("assets").get(0).get("issued").asText()).isEqualTo("1000");
        assertThat(verified.get("assets").get(0).get("found").asText()).isEqualTo("1000");
        assertThat(ok("verify", folder.toString()).out()).containsPattern(gold + " +1000 +1000\n");
    }

    @Test
    void aProjectIsFoundedFundedJoinedShownLeftAndClosed() {
        String project = project();
        assertThat(shell.network.blob(ProjectCommands.founded(session(), ProcessId.parse(project))
                        .terms()
                        .initialModel()
                        .hash()))
                .isNotNull();
        assertThat(ok("account", "show", project, "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("500");
        ok("project", "fund", "--as", "bob", project, "20");
        ok("account", "stake", "--as", "bob", "--project", project, "--role", "solver", "60");
        assertThat(ok("account", "show", "bob").out()).containsPattern("60 ATN");
        String shown = ok("project", "show", project).out();
        assertThat(shown)
                .containsPattern("stage +waiting for participants")
                .containsPattern("escrow +520 ATN")
                .containsPattern("model +mlp 8x8 -> 10")
                .containsPattern("solver +" + shell.identity("bob").brief() + " +60 ATN");
        assertThat(shell.run("project", "resume", "--as", "bob", project).exit())
                .isEqualTo(2);
        ok("project", "leave", "--as", "bob", "--role", "solver", project);
        assertThat(ok("project", "show", project, "--json").json().get("members"))
                .isEmpty();
        ok("project", "close", "--as", "alice", project);
        assertThat(shell.run("project", "fund", "--as", "bob", project, "20").err())
                .startsWith("PROJECT_COMPLETE: ");
        var lines = ok("project", "watch", project, "--json").out().lines().toList();
        assertThat(lines.get(0)).startsWith("{\"slot\":0,").contains("\"events\":[\"Founded\"]");
        assertThat(lines.get(lines.size() - 1)).contains("Completed");
        assertThat(ok("project", "watch", project, "--no-follow", "--from", "1")
                        .out()
                        .lines())
                .hasSize(lines.size() - 1);
    }

    private Session session() {
        return new Session(
                shell.network,
                SystemMaterializer.get(shell.system).materializer(),
                Shell.NOWHERE,
                Duration.ofSeconds(10),
                () -> {});
    }

    @Test
    void whatCannotBeFoundedIsRefusedBeforeAnythingIsSent() {
        Shell.Ran shape = shell.run("project", "create", "--as", "alice", "--name", "x", "--dataset", "cats");
        assertThat(shape.exit()).isEqualTo(2);
        assertThat(shape.err()).startsWith("DATASET_UNKNOWN: ").contains("28x28x10");
        Shell.Ran rounds = shell.run("project", "create", "--as", "alice", "--name", "x", "--rounds", "5000");
        assertThat(rounds.err()).contains("INVALID_ARGUMENT: 5000 rounds; ask for 1 to 1000");
        assertThat(shell.network.entries()).isZero();
        String nobody = new ProcessId(Kind.PROJECT, shell.genesis.networkId()).toString();
        assertThat(shell.run("project", "show", nobody).err()).startsWith("NO_SUCH_PROJECT: ");
        assertThat(shell.run("task", "show", "task:" + shell.genesis.networkId())
                        .err())
                .startsWith("NO_SUCH_TASK: ");
    }

    private byte[] publish(String project) {
        byte[] parameters = Parameters.of(1, 2, 3).encode();
        shell.network.publish(
                Model.newBuilder()
                        .setProject(Ids.toProto(ProcessId.parse(project)))
                        .setRound(1)
                        .setId(ByteString.copyFrom(BlobId.of(parameters).hash().toArray()))
                        .setRecipe(Recipe.newBuilder()
                                .setModel("mlp")
                                .setRows(8)
                                .setCols(8)
                                .setClasses(10))
                        .build(),
                parameters);
        return parameters;
    }

    @Test
    void modelsAreListedFetchedAndAsked() throws IOException {
        String project = project();
        assertThat(ok("model", "list", project).out()).contains("models: none");
        assertThat(shell.run("model", "get", project, "--out", "x").exit()).isEqualTo(2);
        byte[] parameters = publish(project);
        assertThat(ok("model", "list", project).out())
                .contains(BlobId.of(parameters).hash().brief());
        Path file = temp.resolve("model.bin");
        ok("model", "get", project, "--round", "1", "--out", file.toString());
        assertThat(file).hasBinaryContent(parameters);

        var predictions = ok("infer", "--project", project, "--input", "digits:0,3-5", "--json")
                .json();
        assertThat(predictions.get("predictions")).hasSize(4);
        assertThat(predictions.get("predictions").get(0).get("truth").asInt()).isBetween(0, 9);
        assertThat(predictions.get("right").asText()).endsWith(" of 4");

        String row = "0,0,1" + ",0".repeat(61);
        Path csv = Files.writeString(temp.resolve("in.csv"), row + "\n" + row + "\n");
        assertThat(ok("infer", "--project", project, "--input", csv.toString()).out())
                .containsPattern("1 +2 +0.9100");
        Path json = Files.writeString(temp.resolve("in.json"), "[[" + row + "]]");
        assertThat(ok("infer", "--project", project, "--input", json.toString()).out())
                .containsPattern("0 +2 +0.9100");
        Files.writeString(csv, "0,1\n");
        assertThat(shell.run("infer", "--project", project, "--input", csv.toString())
                        .err())
                .startsWith("INPUT_INVALID: input 0 has 2 values; the model reads 64");
        Files.writeString(csv, row.replace("1", "7") + "\n");
        assertThat(shell.run("infer", "--project", project, "--input", csv.toString())
                        .err())
                .contains("holds 7.0");
        assertThat(shell.run("infer", "--project", project, "--input", "digits:1797")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void cli03AnExportIsVerifiedWithoutANodeAndATamperedOneEndsWithOne() throws IOException {
        String project = project();
        ok("account", "stake", "--as", "bob", "--project", project, "--role", "solver", "60");
        Path folder = temp.resolve("export");
        var exported = ok("export", "--out", folder.toString(), "--json").json();
        assertThat(exported.get("processes").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(exported.get("absentBlobs").asInt()).isZero();
        Shell.Ran holds = ok("verify", folder.toString());
        assertThat(holds.out()).containsPattern("holds +true").containsPattern("found +20000 ATN");
        assertThat(holds.err()).contains("checked " + exported.get("entries").asInt() + " entries");

        Path log = folder.resolve("log").resolve(project.replace(':', '-'));
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 1] ^= 1;
        Files.write(log, bytes);
        Shell.Ran broken = shell.run("verify", folder.toString(), "--json");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.json().get("holds").asBoolean()).isFalse();
        assertThat(broken.json().get("problem").asText()).startsWith(project + " slot ");
        assertThat(broken.json().has("found")).as("a sum that was not made").isFalse();
        assertThat(broken.err()).contains("DOES_NOT_HOLD: " + project);

        Shell.Ran none = shell.run("verify", temp.resolve("none").toString());
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("EXPORT_UNUSABLE: ");
        assertThat(shell.run("export", "--out", folder.toString()).err()).contains("name a new folder");
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
