package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Genesis files with and without other assets than ATN. */
class GenesisCodecTest {
    private static final Identity ALICE = new Identity(Hash.digest("alice"));
    private static final Identity BOB = new Identity(Hash.digest("bob"));
    private static final Asset GOLD = new Asset(Hash.digest("gold"));

    private static Genesis genesis(SortedMap<Asset, SortedMap<Identity, Amount>> assets) {
        var atn = new TreeMap<>(Map.of(ALICE, Amount.parseTokens("12.5")));
        return FirstGenesis.of("codec", 1, atn, assets, BOB, List.of());
    }

    private static Genesis withGold() {
        var seven = new Amount(BigInteger.valueOf(7));
        return genesis(new TreeMap<>(Map.of(GOLD, new TreeMap<>(Map.of(ALICE, seven, BOB, seven)))));
    }

    @Test
    void gen01AFileGivesBackTheNetworkThatItWasWrittenFrom() {
        for (Genesis genesis : List.of(genesis(new TreeMap<>()), withGold())) {
            Genesis back = GenesisCodec.fromJson(GenesisCodec.toJson(genesis));
            assertThat(back.networkId()).isEqualTo(genesis.networkId());
            assertThat(back.issued()).isEqualTo(genesis.issued());
        }
        assertThat(GenesisCodec.toJson(genesis(new TreeMap<>())))
                .as("a file without other assets is what it was")
                .doesNotContain("assets");
    }

    @Test
    void gen04WhatSomebodyBeginsWithStandsOnce() {
        String json = GenesisCodec.toJson(withGold());
        String one = "\"amount\": \"7\"";
        assertThat(json).contains(one);
        wrong(json.replace(one, "\"amount\": \"7.5\""), "smallest units");
        wrong(json.replace(one, "\"amount\": \"0\""), "above zero");
        wrong(json.replace(GOLD.toString(), "ATN"), "other asset than ATN");
        wrong(json.replace(GOLD.toString(), "0".repeat(64)), "ATN is written ATN");
        String twice = "{ \"asset\": \"" + GOLD + "\", \"amount\": \"1\" }, { \"asset\": \"0x" + GOLD + "\"";
        wrong(json.replace("{\n      \"asset\": \"" + GOLD + "\"", twice), "twice");
        wrong(json.replace(BOB.toString(), ALICE.toString()), "twice");
    }

    @Test
    void gen05AFileNamesTheVersionsAndNobodyGuessesThem() {
        String json = GenesisCodec.toJson(genesis(new TreeMap<>()));
        String rules = ",\n  \"rulesVersion\": 1";
        String constitution = ",\n  \"constitutionVersion\": 1";
        assertThat(json).contains(rules).contains(constitution);
        wrong(json.replace(rules, ""), "write \"rulesVersion\": 1, \"constitutionVersion\": 1 into one");
        wrong(json.replace(constitution, ""), "write \"rulesVersion\": 1, \"constitutionVersion\": 1 into one");
        wrong(json.replace(rules, ",\n  \"rulesVersion\": -1"), "version -1 of the rules");
    }

    @Test
    void aFileThatIsNoJsonIsRefusedInOneLineWithoutTheParsersName() {
        assertThatThrownBy(() -> GenesisCodec.fromJson("{ not json"))
                .isInstanceOfSatisfying(
                        CodecException.class,
                        refused -> assertThat(refused.getMessage())
                                .startsWith("the genesis file cannot be read: ")
                                .doesNotContain("Exception", "http")
                                .hasLineCount(1));
    }

    private static void wrong(String json, String what) {
        assertThatThrownBy(() -> GenesisCodec.fromJson(json))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(what);
    }
}
