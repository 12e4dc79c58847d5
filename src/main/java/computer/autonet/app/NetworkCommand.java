package computer.autonet.app;

import computer.autonet.adapter.keystore.Pkcs12Keys;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.cli.OutputOptions;
import computer.autonet.cli.Report;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.KnownVersions;
import computer.autonet.protocol.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./autonet network}: beginnings of networks. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        description = "Make the beginning of a network.",
        subcommandsRepeatable = false)
public final class NetworkCommand {
    /** What each node of a made network can work at, by the names of its keys. */
    static final List<String> IDENTITIES =
            List.of("proposer", "aggregator", "solver-1", "solver-2", "coordinator-1", "coordinator-2");

    /** Enough to stake twice the minimum of every role for ten projects. */
    private static final Amount FUNDS = Amount.ofTokens(20_000);

    private static final String OWNER = "owner";
    private static final String TREASURY = "treasury";

    private static final Amount OWNER_FUNDS = Amount.ofTokens(1_000_000);

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Writes a genesis file, a keystore for an owner of projects and one per node, each with its "
                    + "password beside it, and network.conf, which the nodes' settings include.",
            footer = {
                "Example: autonet network create --out deploy/local/network --nodes a,b,c",
                "         autonet network create --out net --allocate owner:0x...:1000000"
            })
    int create(
            @Mixin OutputOptions output,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "DIR",
                            description = "A folder that is not there yet.")
                    Path out,
            @Option(
                            names = "--nodes",
                            paramLabel = "NAMES",
                            split = ",",
                            defaultValue = "a,b,c",
                            description = "Names of its nodes (default: ${DEFAULT-VALUE}).")
                    List<String> nodes,
            @Option(
                            names = "--name",
                            paramLabel = "TEXT",
                            defaultValue = "local",
                            description = "For people (default: ${DEFAULT-VALUE}).")
                    String name,
            @Option(
                            names = "--allocate",
                            paramLabel = "HOLDER:ASSET:AMOUNT",
                            description = "More to begin with; repeatable. HOLDER: owner, treasury, NODE/NAME (such as "
                                    + "a/solver-1) or an address. ASSET: ATN, the 0x-address of a token's contract, or "
                                    + "64 digits. AMOUNT: in ATN, or in smallest units of another asset.")
                    @Nullable
                    List<String> more,
            @Option(
                            names = "--time-divisor",
                            paramLabel = "N",
                            defaultValue = "10080",
                            description = "By how much the times of locks are shortened; 1 on a public network "
                                    + "(default: ${DEFAULT-VALUE}: a week is a minute).")
                    long timeDivisor)
            throws IOException {
        if (Files.exists(out)) {
            throw new UserError(
                    "NETWORK_EXISTS",
                    out + " is there",
                    "name another folder, or remove it with the data of its nodes");
        }
        if (timeDivisor < 1) {
            throw new UserError("TIME_DIVISOR_INVALID", "--time-divisor " + timeDivisor, "give 1 or more");
        }
        requireNames(nodes);
        List<Endowment> endowments =
                more == null ? List.of() : more.stream().map(Endowment::parse).toList();
        // With made-up keys first, so that what cannot be allocated is told before anything is made.
        var unused = genesis(name, timeDivisor, madeUp(nodes), endowments);
        Files.createDirectories(out);
        SortedMap<String, Identity> holders = new TreeMap<>();
        for (String common : List.of(OWNER, TREASURY)) {
            holders.put(common, identity(keystore(out, common), common));
        }
        for (String node : nodes) {
            Pkcs12Keys keys = keystore(out, node);
            for (String identity : IDENTITIES) {
                holders.put(node + "/" + identity, identity(keys, identity));
            }
        }
        Genesis genesis = genesis(name, timeDivisor, holders, endowments);
        Identity owner = Tables.at(holders, OWNER);
        Files.writeString(out.resolve("genesis.json"), GenesisCodec.toJson(genesis));
        Files.writeString(
                out.resolve("network.conf"),
                "# What all nodes of this network share.\n"
                        + "autonet.genesis = \"" + out.resolve("genesis.json") + "\"\n"
                        + "autonet.sponsors = [\"" + owner + "\"]\n");
        output.print(new Report()
                .with("network", genesis.networkId())
                .with("genesis", out.resolve("genesis.json"))
                .with("owner", owner)
                .with("keystore", out.resolve("owner.p12"))
                .with("nodes", String.join(",", nodes)));
        return 0;
    }

    /** Each node has a keystore of its name beside those of the owner and the treasury. */
    private static void requireNames(List<String> nodes) {
        for (String node : nodes) {
            boolean taken = node.equals(OWNER) || node.equals(TREASURY) || Collections.frequency(nodes, node) > 1;
            if (taken || !node.matches("[a-zA-Z0-9][a-zA-Z0-9_-]{0,31}")) {
                throw new UserError(
                        "NODE_NAME_INVALID",
                        "'" + node + "' cannot name a node" + (taken ? ": that name is taken" : ""),
                        "give each node a name of its own of at most 32 letters, digits, - and _, such as a,b,c");
            }
        }
    }

    private static SortedMap<String, Identity> madeUp(List<String> nodes) {
        SortedMap<String, Identity> holders = new TreeMap<>();
        List.of(OWNER, TREASURY).forEach(common -> holders.put(common, new Identity(Hash.digest(common))));
        for (String node : nodes) {
            IDENTITIES.forEach(identity -> {
                String holder = node + "/" + identity;
                holders.put(holder, new Identity(Hash.digest(holder)));
            });
        }
        return holders;
    }

    private static Genesis genesis(
            String name, long timeDivisor, SortedMap<String, Identity> holders, List<Endowment> endowments) {
        SortedMap<Identity, Amount> atn = new TreeMap<>();
        SortedMap<Asset, SortedMap<Identity, Amount>> others = new TreeMap<>();
        holders.forEach((holder, identity) -> {
            if (!holder.equals(TREASURY)) {
                atn.put(identity, holder.equals(OWNER) ? OWNER_FUNDS : FUNDS);
            }
        });
        try {
            endowments.forEach(endowment -> endowment.addTo(holders, atn, others));
            Identity owner = Tables.at(holders, OWNER);
            return new Genesis(
                    name,
                    KnownVersions.latest(),
                    timeDivisor,
                    atn,
                    others,
                    Tables.at(holders, TREASURY),
                    List.of(owner));
        } catch (IllegalArgumentException e) {
            throw new UserError("ALLOCATION_INVALID", String.valueOf(e.getMessage()), "mend --allocate", e);
        }
    }

    private static Pkcs12Keys keystore(Path out, String name) {
        return Keystore.open(out.resolve(name + ".p12"), out.resolve(name + ".password"));
    }

    private static Identity identity(Pkcs12Keys keys, String name) {
        return Keystore.signer(keys, name).identity();
    }
}
