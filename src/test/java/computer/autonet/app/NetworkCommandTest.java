package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Identity;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.KnownVersions;
import computer.autonet.protocol.genesis.Genesis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code network create} writes, and what it refuses before it writes anything. */
class NetworkCommandTest {
    private static final String TOKEN = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

    @TempDir
    Path folder;

    private int create(String... allocations) {
        List<String> line = new ArrayList<>(List.of("network", "create", "--out", out() + "", "--nodes", "a"));
        for (String allocation : allocations) {
            line.add("--allocate");
            line.add(allocation);
        }
        return Main.run(line.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("network");
    }

    private Genesis genesis() throws IOException {
        return GenesisCodec.fromJson(Files.readString(out().resolve("genesis.json")));
    }

    @Test
    void gen04WhatIsAllocatedOfOtherAssetsStandsInTheGenesisFile() throws IOException {
        String stranger = "ab".repeat(32);
        assertThat(create(
                        "a/solver-1:" + TOKEN + ":250",
                        "a/solver-1:" + TOKEN + ":50",
                        "owner:ATN:0.5",
                        "treasury:" + TOKEN + ":7",
                        stranger + ":" + TOKEN + ":9"))
                .isZero();
        Genesis genesis = genesis();
        Asset token = Asset.parse(TOKEN);
        assertThat(genesis.issued().get(token)).isEqualTo(new Amount(BigInteger.valueOf(316)));
        assertThat(genesis.assetsOf(genesis.treasury()))
                .containsExactly(Map.entry(token, new Amount(BigInteger.valueOf(7))));
        assertThat(genesis.assetsOf(Identity.ofHex(stranger))).hasSize(1);
        assertThat(genesis.allocations()).doesNotContainKeys(genesis.treasury(), Identity.ofHex(stranger));
        assertThat(genesis.allocations().values()).contains(Amount.parseTokens("1000000.5"));
        assertThat(GenesisCodec.fromJson(GenesisCodec.toJson(genesis))).isEqualTo(genesis);
    }

    @Test
    void proc15Gen05ANodeOfANetworkOfAnUnknownVersionSaysWhatToTake() throws IOException {
        assertThat(create()).isZero();
        Path file = out().resolve("genesis.json");
        assertThat(NodeCommand.genesis(file.toString()).versions()).isEqualTo(KnownVersions.latest());
        Files.writeString(file, Files.readString(file).replaceFirst("(\"rulesVersion\":) \\d+", "$1 999"));
        assertThatThrownBy(() -> NodeCommand.genesis(file.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("VERSION_UNKNOWN: " + file + ": it names version 999 of the rules")
                .hasMessageEndingWith("; take a release of Autonet that has version 999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner:ATN",
                "owner:gold:1",
                "owner:" + TOKEN + ":1.5",
                "owner:" + TOKEN + ":0",
                "b/solver-1:" + TOKEN + ":1",
                "owner:ATN:10000000000000000",
                "owner:" + TOKEN + ":10000000000000000000000000000000000"
            })
    void gen04WhatCannotBeAllocatedIsRefusedBeforeAnythingIsMade(String allocation) {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(create(allocation)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("ALLOCATION_INVALID: ");
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "a,treasury", "a,a", "a/b", "..", ""})
    void aNodeThatWouldShareAKeystoreOrHasNoNameIsRefusedBeforeAnythingIsMade(String nodes) {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run("network", "create", "--out", folder.resolve("net") + "", "--nodes", nodes))
                    .isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("NODE_NAME_INVALID: ");
        assertThat(folder.resolve("net")).doesNotExist();
    }
}
