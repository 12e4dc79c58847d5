package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.Payment;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.Vote;
import java.util.List;
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
                new Input.FromProcess(project, 9, 1, Hash.digest("entry"), 4, new Payload.Ask(charge)),
                List.of(
                        new AccountEvent.Named(ALICE.address()),
                        new AccountEvent.Sent(BOB.address(), Amount.ofTokens(1))),
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
