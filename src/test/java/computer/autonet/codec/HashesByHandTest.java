package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Applied;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What docs/spec/process.md says is hashed, put together here byte by byte without any of our code, and what that gives
 * for ever: an implementation in another language has these to start from.
 */
class HashesByHandTest {
    private static final Identity ALICE = new Identity(Hash.digest("alice"));
    private static final Identity BOB = new Identity(Hash.digest("bob"));
    private static final Hash NETWORK = Hash.digest("network");
    private static final ProcessId ACCOUNT = ProcessId.owned(Kind.ACCOUNT, NETWORK, ALICE.address());
    private static final ProcessId OTHER = ProcessId.owned(Kind.ACCOUNT, NETWORK, BOB.address());

    private static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(join(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** A number as 32 bytes, big-endian. */
    private static byte[] word(long number) {
        return hex(String.format("%064x", number));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    // The two forms of a protobuf field that are used here, each after its number.

    private static byte[] number(int field, long value) {
        return join(varint(field << 3), varint(value));
    }

    private static byte[] bytes(int field, byte[]... content) {
        byte[] all = join(content);
        return join(varint(field << 3 | 2), varint(all.length), all);
    }

    private static byte[] varint(long value) {
        var out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 127) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] processId(int kind, byte[] hash) {
        return join(number(1, kind), bytes(2, hash));
    }

    @Test
    void proc02IdsAreTheHashesThatThePageSays() {
        byte[] owned = sha256(
                sha256(text("autonet/process/owned/1")), word(2), sha256(text("network")), sha256(text("alice")));
        assertThat(hex(owned)).isEqualTo("d99212b3a9d1b03166db62916269806693a87442c17e605281d0a1e3fba50952");
        assertThat(ACCOUNT.hash().toHex()).isEqualTo(hex(owned));

        byte[] created = sha256(sha256(text("autonet/process/created/1")), word(3), owned, word(5), word(1));
        assertThat(hex(created)).isEqualTo("eea2cffe9b1879ef6421a7cd6581de8d3c6efdec4f151fd439d003a1f52fd916");
        assertThat(ProcessId.created(Kind.PROJECT, ACCOUNT, 5, 1).hash().toHex())
                .isEqualTo(hex(created));
    }

    @Test
    void proc13Proc14AnEntrysHashIsThatOfItsPlaceAndOfItsStoredParts() {
        var credit = new AccountCommand.Credit(ALICE.address(), Amount.ofTokens(2));
        var draft = new Draft(
                0,
                7,
                1_800_000_000_000L,
                Optional.of(Versions.FIRST),
                new Input.FromProcess(OTHER, 4, 1, Hash.digest("entry"), 1, new Payload.Ask(credit)),
                List.of(new AccountEvent.Credited(Amount.ofTokens(2), Asset.ATN)),
                Optional.empty(),
                0,
                List.of(new Parcel(OTHER, 1, new Payload.Ask(credit))));
        SealedEntry sealed = EntryCodec.seal(ACCOUNT, draft, ACCOUNT.hash());

        byte[] two = text("2" + "0".repeat(18));
        byte[] self = ACCOUNT.hash().toArray();
        byte[] source = processId(2, OTHER.hash().toArray());
        // AnyCommand.account.credit{owner, amount}
        byte[] ask = bytes(1, bytes(1, bytes(5, bytes(1, sha256(text("alice"))), bytes(2, two))));
        byte[] input = join(
                number(1, 1),
                number(2, 1),
                bytes(
                        5,
                        bytes(1, source),
                        number(2, 4),
                        number(3, 1),
                        bytes(4, sha256(text("entry"))),
                        number(5, 1),
                        bytes(6, ask)));
        // AnyEvent.account.credited{amount}
        byte[] events = bytes(1, bytes(1, bytes(3, bytes(1, two))));
        byte[] outbox = bytes(1, bytes(1, source), number(2, 1), bytes(3, ask));
        byte[] hash = sha256(
                sha256(text("autonet/entry/1")),
                self,
                word(0),
                word(7),
                word(1_800_000_000_000L),
                sha256(input),
                sha256(events),
                sha256(outbox),
                self);
        assertThat(hex(hash)).isEqualTo("dc7e3bdaf1667b940ff5f79e369dd181abdaca4c6021581e0c806464df92dd93");
        assertThat(sealed.hash().toHex()).isEqualTo(hex(hash));

        byte[] stored = join(
                bytes(1, processId(2, self)),
                number(3, 7),
                number(4, 1_800_000_000_000L),
                bytes(5, input),
                bytes(6, events),
                bytes(7, outbox),
                bytes(8, self),
                bytes(9, hash));
        assertThat(sealed.stored()).isEqualTo(Bytes.of(stored));
    }

    @Test
    void proc14AStateRootIsTheHashOfTheSnapshotsFieldsInOrder() {
        var account = new AccountState(
                Optional.of(ALICE.address()),
                new Amount(BigInteger.valueOf(75)),
                Tables.empty(),
                Tables.empty(),
                0,
                Tables.empty(),
                1,
                Tables.empty());
        var state = new ProcessState<>(
                ACCOUNT,
                Versions.FIRST,
                3,
                7,
                1_800_000_000_000L,
                Hash.digest("head"),
                Tables.with(Tables.empty(), ALICE, 2L),
                Tables.with(
                        Tables.empty(),
                        Hash.digest("message"),
                        new Applied(2, 1_800_000_000_000L, Hash.digest("head"))),
                Tables.with(Tables.empty(), OTHER, 1L),
                Tables.with(Tables.empty(), OTHER, 2L),
                account);

        byte[] domain = join(bytes(1, sha256(text("alice"))), bytes(2, text("75")), number(7, 1));
        byte[] other = bytes(1, processId(2, OTHER.hash().toArray()));
        byte[] snapshot = join(
                bytes(1, processId(2, ACCOUNT.hash().toArray())),
                number(2, 1),
                number(3, 1),
                number(4, 3),
                number(5, 7),
                number(6, 1_800_000_000_000L),
                bytes(7, sha256(text("head"))),
                bytes(8, bytes(1, sha256(text("alice"))), number(2, 2)),
                bytes(
                        9,
                        bytes(1, sha256(text("message"))),
                        bytes(2, number(1, 2), number(2, 1_800_000_000_000L), bytes(3, sha256(text("head"))))),
                bytes(10, other, number(2, 1)),
                bytes(11, other, number(2, 2)),
                bytes(12, domain));
        assertThat(hex(sha256(snapshot))).isEqualTo("f666145f9b88e97262ab83df331026085febabe8301479bd93ddb8e688eac780");
        assertThat(StateCodec.root(state).toHex()).isEqualTo(hex(sha256(snapshot)));
    }
}
