package computer.autonet.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetTest {
    private static final String ADDRESS = "5FbDB2315678afecb367f032d93F642f64180aa3";
    private static final Asset TOKEN = new Asset(Hash.ofHex("0".repeat(24) + ADDRESS));

    @Test
    void atnIsTheZeroTokenAndAnAddressIsPaddedOnTheLeft() {
        assertThat(Asset.parse("ATN")).isEqualTo(Asset.ATN).hasToString("ATN");
        assertThat(Asset.ATN.token().toArray()).containsOnly(0).hasSize(32);
        assertThat(Asset.parse("0x" + ADDRESS)).isEqualTo(TOKEN);
        assertThat(TOKEN).as("as wallets show it").hasToString("0x" + ADDRESS.toLowerCase(Locale.ROOT));
        assertThat(Asset.parse(TOKEN.token().toHex())).isEqualTo(TOKEN);
        assertThat(Asset.parse("0x" + TOKEN.token().toHex())).isEqualTo(TOKEN);
        var gold = new Asset(Hash.digest("gold"));
        assertThat(gold).hasToString(Hash.digest("gold").toHex());
        for (Asset asset : List.of(Asset.ATN, TOKEN, gold)) {
            assertThat(Asset.parse(asset.toString())).isEqualTo(asset);
        }
        assertThat(new TreeSet<>(List.of(TOKEN, Asset.ATN)).first()).isEqualTo(Asset.ATN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "atn",
                "gold",
                "5FbDB2315678afecb367f032d93F642f64180aa3",
                "0x5FbDB2315678afecb367f032d93F642f64180aa",
                "0x5FbDB2315678afecb367f032d93F642f64180aa3 ",
                "0x0000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void whatNamesNoAssetIsRefusedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> Asset.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ATN");
    }

    @Test
    void amountsOfAtnAreInTokensAndOfAnythingElseInSmallestUnits() {
        assertThat(Asset.ATN.parseAmount("12.5").units()).isEqualTo(new BigInteger("12500000000000000000"));
        assertThat(TOKEN.parseAmount("1250").units()).isEqualTo(BigInteger.valueOf(1_250));
        var amount = new Amount(BigInteger.valueOf(1_250));
        assertThat(TOKEN.write(amount)).isEqualTo("1250");
        assertThat(TOKEN.describe(amount)).isEqualTo("1250 of asset " + TOKEN);
        assertThat(Asset.ATN.describe(Amount.ofTokens(2))).isEqualTo("2 ATN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "01", "1e3", "340282366920938463463374607431768211456"})
    void whatIsNoNumberOfSmallestUnitsIsRefused(String text) {
        assertThatThrownBy(() -> TOKEN.parseAmount(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
