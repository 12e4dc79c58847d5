package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.Vote;
import computer.autonet.v1.AnyCommand;
import computer.autonet.v1.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the decoders refuse that a parser of protobuf takes. */
class StrictDecodingTest {
    private static final Identity ALICE = new Identity(Hash.digest("alice"));
    private static final ProcessId ACCOUNT = ProcessId.owned(Kind.ACCOUNT, Hash.digest("network"), ALICE.address());

    private static final UnknownFieldSet FOREIGN = UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    /** A field that nobody reads could carry anything past whoever signs or judges the rest. */
    @Test
    void aForeignFieldIsRefusedAtEveryDepth() {
        var vote = new Vote(true, Tables.with(Tables.empty(), ALICE, 7L), List.of(), Hash.digest("evidence"));
        var open = (computer.autonet.v1.TaskCommand.OpenVote) message(new TaskCommand.OpenVote(vote, Hash.digest("s")));
        var inPair = open.toBuilder();
        inPair.getVoteBuilder().getScoresBuilder(0).setUnknownFields(FOREIGN);
        refusesForeign(Kind.TASK, "OpenVote", inPair.build());

        var project = ProcessId.created(Kind.PROJECT, ACCOUNT, 3, 0);
        var stake = (computer.autonet.v1.AccountCommand.Stake)
                message(new AccountCommand.Stake(project, Role.SOLVER, Amount.ofTokens(50)));
        var inId = stake.toBuilder();
        inId.getProjectBuilder().setUnknownFields(FOREIGN);
        refusesForeign(Kind.ACCOUNT, "Stake", inId.build());
    }

    private static Message message(Command command) {
        AnyCommand any = KindCodec.anyCommand(command);
        var kind = (Message) any.getAllFields().values().iterator().next();
        return (Message) kind.getAllFields().values().iterator().next();
    }

    private static void refusesForeign(Kind kind, String action, Message message) {
        assertThatThrownBy(() -> KindCodec.of(kind).command(action, Bytes.of(message.toByteArray())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("unknown fields");
    }

    @Test
    void anEntryOfNegativeNumbersIsCorrupt() throws InvalidProtocolBufferException {
        var draft = new Draft(
                0, 0, 0, Optional.of(Versions.FIRST), new Input.Tick(1), List.of(), Optional.empty(), 0, List.of());
        Entry sound = Entry.parseFrom(
                EntryCodec.seal(ACCOUNT, draft, ACCOUNT.hash()).stored().toArray());
        for (Entry entry : List.of(
                sound.toBuilder().setSlot(-1).build(),
                sound.toBuilder().setEpoch(-1).build(),
                sound.toBuilder().setTimestampMillis(-1).build())) {
            assertThatThrownBy(() -> EntryCodec.read(ACCOUNT, Bytes.of(entry.toByteArray())))
                    .isInstanceOf(CorruptEntryException.class);
        }
    }
}
