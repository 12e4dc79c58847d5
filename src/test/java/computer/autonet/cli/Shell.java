package computer.autonet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.data.BuiltInImages;
import computer.autonet.adapter.keystore.Pkcs12KeyFiles;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.client.InMemoryNetwork;
import computer.autonet.port.KeyFiles;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.v1.GatewayService;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.SystemMaterializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A user's terminal beside a network in memory: runs command lines and keeps what they print. */
final class Shell implements AutoCloseable {
    static final GatewayOptions.Address NOWHERE = new GatewayOptions.Address("memory", 1);

    /** A token of a chain, of which alice begins with 1000 smallest units. */
    static final String GOLD = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

    final ActorSystem system = ActorSystem.create(
            "shell",
            ConfigFactory.parseString("pekko.fail-mixed-versions = off\npekko.http.server.enable-http2 = on")
                    .withFallback(ConfigFactory.defaultReference()));
    final InMemoryNetwork network;
    final Genesis genesis;

    private final Path folder;
    private final Equipment equipment;
    private final AtomicInteger opened = new AtomicInteger();

    /** What a command left: its exit status and both streams. */
    record Ran(int exit, String out, String err) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("stdout is no JSON: " + out, e);
            }
        }
    }

    @Command(name = "autonet")
    static final class Root {}

    Shell(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("password"), "a long password\n");
        var files = new Pkcs12KeyFiles();
        var store = files.create(folder.resolve("keys.p12"), "a long password".toCharArray());
        var allocations = new TreeMap<Identity, Amount>();
        for (String name : List.of("alice", "bob")) {
            var key = Ed25519Key.ofSeed(Hash.digest(name).toArray());
            store.add(name, key);
            allocations.put(key.identity(), Amount.ofTokens(10_000));
        }
        var treasury = Ed25519Key.ofSeed(Hash.digest("treasury").toArray()).identity();
        var gold = new TreeMap<Asset, SortedMap<Identity, Amount>>();
        gold.put(Asset.parse(GOLD), new TreeMap<>(Map.of(identity("alice"), new Amount(BigInteger.valueOf(1_000)))));
        genesis = FirstGenesis.of("shell", 1_000_000, allocations, gold, treasury, List.of());
        var materializer = SystemMaterializer.get(system).materializer();
        network = new InMemoryNetwork(genesis, materializer);
        Connector connector = (address, timeout) -> new Session(network, materializer, address, timeout, () -> {});
        equipment = new Equipment(
                new Counted(files, opened),
                () -> new PyTorchTrainer(folder.resolve("engine")),
                new BuiltInImages(),
                connector);
    }

    Identity identity(String name) {
        return Ed25519Key.ofSeed(Hash.digest(name).toArray()).identity();
    }

    /** Runs with the keystore of this shell. */
    Ran run(String... arguments) {
        return run(equipment, arguments);
    }

    /** As a terminal would that is connected over gRPC. */
    Ran runOverGrpc(String... arguments) {
        return run(Equipment.of(equipment.keyFiles(), equipment.trainer(), equipment.images()), arguments);
    }

    /** With this instead of the network's own gateway. */
    Ran runAgainst(GatewayService gateway, String... arguments) {
        var materializer = SystemMaterializer.get(system).materializer();
        Connector connector = (address, timeout) -> new Session(gateway, materializer, address, timeout, () -> {});
        return run(new Equipment(equipment.keyFiles(), equipment.trainer(), equipment.images(), connector), arguments);
    }

    /** How often the commands so far have opened a keystore. */
    int opened() {
        return opened.get();
    }

    /** Keystores as they are, counted. */
    private record Counted(KeyFiles files, AtomicInteger count) implements KeyFiles {
        @Override
        public Store open(Path file, char[] password) {
            count.incrementAndGet();
            return files.open(file, password);
        }

        @Override
        public Store create(Path file, char[] password) {
            return files.create(file, password);
        }
    }

    CommandLine commands() {
        return ClientCommands.mount(new CommandLine(new Root()), equipment);
    }

    private Ran run(Equipment with, String... arguments) {
        return run(with, new StringWriter(), arguments);
    }

    /** Into a pipe that nobody reads, until the command ends. */
    int runUnread(String... arguments) {
        return run(
                        equipment,
                        new FilterWriter(Writer.nullWriter()) {
                            @Override
                            public void write(String text, int from, int length) throws IOException {
                                throw new IOException("Broken pipe");
                            }
                        },
                        arguments)
                .exit();
    }

    private Ran run(Equipment with, Writer out, String... arguments) {
        var err = new StringWriter();
        var command = ClientCommands.mount(new CommandLine(new Root()), with)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        if (needsKeystore(arguments)) {
            all.add("--keystore=" + folder.resolve("keys.p12"));
            all.add("--password-file=" + folder.resolve("password"));
        }
        return new Ran(command.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static boolean needsKeystore(String... arguments) {
        List<String> all = List.of(arguments);
        return all.stream().noneMatch(a -> a.startsWith("--keystore"))
                && !all.contains("--help")
                && (all.contains("--as")
                        || (all.size() > 1
                                && List.of("key", "account", "mandate").contains(all.get(0))));
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
