package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.account.Mandate;
import computer.autonet.protocol.account.Payment;
import computer.autonet.protocol.account.Right;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.Vote;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindCodecTest {
    private static final Identity ALICE = new Identity(Hash.digest("alice"));
    private static final Identity BOB = new Identity(Hash.digest("bob"));
    private static final ProcessId ACCOUNT = ProcessId.owned(Kind.ACCOUNT, Hash.digest("network"), ALICE.address());

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyRecordOfEveryKindHasItsMessage(Kind kind) {
        assertThat(KindCodec.of(kind).kind()).isEqualTo(kind);
    }

    @Test
    void aCommandSurvivesTheWayThroughItsBody() {
        var scores = new TreeMap<Identity, Long>();
        scores.put(ALICE, 10_000L);
        scores.put(BOB, 0L);
        var vote = new Vote(true, scores, List.of(), Hash.digest("evidence"));
        var command = new TaskCommand.OpenVote(vote, Hash.digest("salt"));
        Optional<?> back = KindCodec.of(Kind.TASK).command("OpenVote", KindCodec.body(command));
        assertThat(back).hasValueSatisfying(c -> assertThat(c).isEqualTo(command));
    }

    private static final Asset GOLD = new Asset(Hash.digest("gold"));

    private static Optional<?> command(AccountCommand command) {
        return KindCodec.of(Kind.ACCOUNT).command(command.getClass().getSimpleName(), KindCodec.body(command));
    }

    @Test
    void acc17EveryAssetSurvivesTheWayThroughABodyAndAtnHasTheBytesItHadWhenItWasAlone() {
        var atn = new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(1));
        assertThat(KindCodec.body(atn).toHex())
                .isEqualTo("0a20" + BOB + "1213" + "31" + "30".repeat(18))
                .as("to and amount, nothing else");
        List<AccountCommand> commands = List.of(
                atn,
                new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(1), GOLD),
                new AccountCommand.TransferUnder(3, BOB.address(), Amount.ofTokens(1), GOLD),
                new AccountCommand.Credit(BOB.address(), Amount.ofTokens(1), GOLD),
                new AccountCommand.GrantMandate(
                        new Mandate(BOB, List.of(Right.TRANSFER), Optional.empty(), Amount.ZERO, 0, 1, 0, GOLD), 0));
        for (AccountCommand command : commands) {
            assertThat(command(command))
                    .hasValueSatisfying(back -> assertThat(back).isEqualTo(command));
        }
    }

    @Test
    void acc17AnAssetHasOneFormOnly() {
        Bytes whole = KindCodec.body(new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(1)));
        assertThatThrownBy(() -> transferOf(whole, "1a20" + "00".repeat(32)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("ATN is written with no bytes");
        assertThatThrownBy(() -> transferOf(whole, "1a14" + "11".repeat(20)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("pad an address on the left");
        assertThat(transferOf(whole, "1a20" + GOLD)).isPresent();
    }

    private static Optional<?> transferOf(Bytes body, String asset) {
        return KindCodec.of(Kind.ACCOUNT).command("Transfer", Bytes.ofHex(body.toHex() + asset));
    }

    @Test
    void acc16AStateHasNoOtherFormForAtnAndKeepsNoZeros() {
        var genesis = FirstGenesis.of(
                "codec",
                1,
                new TreeMap<>(Map.of(ALICE, Amount.ofTokens(1))),
                new TreeMap<>(Map.of(GOLD, new TreeMap<>(Map.of(ALICE, Amount.ofTokens(7))))),
                BOB,
                List.of());
        ProcessId id = ProcessId.owned(Kind.ACCOUNT, genesis.networkId(), ALICE.address());
        var state = KindCodec.of(Kind.ACCOUNT)
                .kernel(genesis, new ConstitutionGuard())
                .initial(id);
        assertThat(StateCodec.decode(id, StateCodec.encode(state))).isEqualTo(state);

        var account = (AccountState) state.domain();
        for (var wrong : List.of(Map.of(Asset.ATN, Amount.ofTokens(1)), Map.of(GOLD, Amount.ZERO))) {
            assertThatThrownBy(() -> new AccountState(
                            account.owner(),
                            account.balance(),
                            account.locks(),
                            account.holds(),
                            0,
                            account.mandates(),
                            1,
                            new TreeMap<>(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Within what a frame between nodes carries, with the entry's envelope. */
    @Test
    void acc16AnEscrowThatIsFullIsSweptInOneEntryOfBoundedSize() {
        var most = new Amount(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE));
        List<Event> events = new ArrayList<>();
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i <= AccountRules.MAX_ASSETS; i++) {
            Asset asset = i == 0 ? Asset.ATN : new Asset(Hash.digest("asset " + i));
            events.add(new AccountEvent.Sent(BOB.address(), most, asset));
            var credit = new AccountCommand.Credit(BOB.address(), most, asset);
            parcels.add(new Parcel(ACCOUNT, Long.MAX_VALUE - i, new Payload.Ask(credit)));
        }
        var project = ProcessId.created(Kind.PROJECT, ACCOUNT, 3, 0);
        var sweep = new Payload.Ask(new AccountCommand.Sweep(BOB.address()));
        var input = new Input.FromProcess(project, 9, 1, Hash.digest("entry"), 4, sweep);
        var draft = new Draft(7, 1, 1_700_000_000_000L, Optional.empty(), input, events, Optional.empty(), 0, parcels);
        SealedEntry sealed = EntryCodec.seal(ACCOUNT, draft, Hash.digest("previous"));
        assertThat(sealed.stored().size()).isLessThan(128 * 1024);
        assertThat(EntryCodec.read(ACCOUNT, sealed.stored())).isEqualTo(sealed);
    }

    @Test
    void anUnknownActionIsNothingAndAForeignFieldIsRefused() {
        assertThat(KindCodec.of(Kind.TASK).command("Transfer", Bytes.EMPTY)).isEmpty();
        assertThatThrownBy(() -> KindCodec.of(Kind.TASK).command("Commit", Bytes.ofHex("1a0101")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("unknown fields");
        assertThatThrownBy(() -> KindCodec.of(Kind.TASK).command("Commit", Bytes.EMPTY))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void anEntryReadsBackAsItWasSealedAndAFlippedByteIsSeen() {
        var project = ProcessId.created(Kind.PROJECT, ACCOUNT, 3, 0);
        var charge = new AccountCommand.Charge(
                2, Amount.ofTokens(5), List.of(new Payment(BOB.address(), Amount.ofTokens(1))));
        var refusal = new Refusal(Code.NO_SUCH_LOCK, "there is no lock 2", "list the locks");
        var draft = new Draft(
                7,
                1,
                1_700_000_000_000L,
                Optional.empty(),
                new Input.FromProcess(project, 9, 1, Hash.digest("entry"), 4, new Payload.Ask(charge)),
                List.of(
                        new AccountEvent.Named(ALICE.address()),
                        new AccountEvent.Credited(Amount.ofTokens(2), GOLD),
                        new AccountEvent.Sent(BOB.address(), Amount.ofTokens(1), Asset.ATN)),
                Optional.of(refusal),
                12,
                List.of(
                        new Parcel(project, 1, new Payload.Bounce(charge, refusal)),
                        new Parcel(
                                project,
                                2,
                                new Payload.Ask(new ProjectCommand.Seated(Hash.digest("ref"), BOB, Tables.empty())))));
        SealedEntry sealed = EntryCodec.seal(ACCOUNT, draft, Hash.digest("previous"));
        assertThat(EntryCodec.read(ACCOUNT, sealed.stored())).isEqualTo(sealed);

        byte[] bytes = sealed.stored().toArray();
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> EntryCodec.read(ACCOUNT, Bytes.of(flipped)))
                    .as("byte %s", i)
                    .isInstanceOf(CorruptEntryException.class);
        }
    }
}
