package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.v1.HostSnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What names a version of the rules or the constitution that this program does not have is refused, wherever it comes from. */
class KnownVersionsTest {
    private static final Identity ALICE = new Identity(Hash.digest("alice"));
    private static final Versions LATEST = KnownVersions.latest();
    private static final List<Versions> UNKNOWN = List.of(
            new Versions(LATEST.rules() + 1, LATEST.constitution()),
            new Versions(LATEST.rules(), LATEST.constitution() + 1));

    private static Genesis genesis(Versions versions) {
        return new Genesis("known", versions, 1, Tables.empty(), Tables.empty(), ALICE, List.of());
    }

    private static ProcessId account(Genesis genesis) {
        return ProcessId.owned(Kind.ACCOUNT, genesis.networkId(), ALICE.address());
    }

    private static String named(Versions unknown) {
        return unknown.rules() > LATEST.rules()
                ? "version " + unknown.rules() + " of the rules"
                : "version " + unknown.constitution() + " of the constitution";
    }

    private static Bytes firstEntry(ProcessId process, Versions versions) {
        var draft =
                new Draft(0, 1, 1, Optional.of(versions), new Input.Tick(1), List.of(), Optional.empty(), 0, List.of());
        return EntryCodec.seal(process, draft, process.hash()).stored();
    }

    @Test
    void proc15ALogOfEveryVersionThatTheProgramHasIsRead() {
        for (int rules = 1; rules <= LATEST.rules(); rules++) {
            for (int constitution = 1; constitution <= LATEST.constitution(); constitution++) {
                var versions = new Versions(rules, constitution);
                ProcessId process = account(genesis(versions));
                assertThat(EntryCodec.read(process, firstEntry(process, versions))
                                .draft()
                                .versions())
                        .contains(versions);
            }
        }
    }

    @Test
    void proc15ALogOfAnUnknownVersionIsRefusedByName() {
        for (Versions unknown : UNKNOWN) {
            ProcessId process = account(genesis(unknown));
            assertThatThrownBy(() -> EntryCodec.read(process, firstEntry(process, unknown)))
                    .isInstanceOf(CorruptEntryException.class)
                    .hasMessageContaining(process.toString())
                    .hasMessageContaining(named(unknown))
                    .hasMessageContaining("take a release of Autonet");
        }
    }

    @Test
    void proc15AStateOfAnUnknownVersionIsRefusedByName() throws InvalidProtocolBufferException {
        Genesis genesis = genesis(LATEST);
        var state = KindCodec.of(Kind.ACCOUNT)
                .kernel(genesis, new ConstitutionGuard())
                .initial(account(genesis));
        Bytes sound = OutboxCodec.encode(state, Outbox.EMPTY);
        assertThat(OutboxCodec.decode(state.id(), sound).state()).isEqualTo(state);
        for (Versions unknown : UNKNOWN) {
            var snapshot = HostSnapshot.parseFrom(sound.toArray()).toBuilder();
            snapshot.getStateBuilder().setRulesVersion(unknown.rules()).setConstitutionVersion(unknown.constitution());
            assertThatThrownBy(() -> OutboxCodec.decode(
                            state.id(), Bytes.of(snapshot.build().toByteArray())))
                    .isInstanceOf(UnknownVersionException.class)
                    .hasMessageContaining(named(unknown));
        }
    }

    @Test
    void proc15Gen05ANetworkOfAnUnknownVersionIsRefusedByName() {
        for (Versions unknown : UNKNOWN) {
            String file = GenesisCodec.toJson(genesis(unknown));
            assertThatThrownBy(() -> GenesisCodec.fromJson(file))
                    .isInstanceOf(UnknownVersionException.class)
                    .hasMessageContaining(named(unknown))
                    .hasMessageContaining("this program has version 1 alone; take a release of Autonet");
            assertThatThrownBy(() -> KindCodec.of(Kind.ACCOUNT).kernel(genesis(unknown), new ConstitutionGuard()))
                    .isInstanceOf(UnknownVersionException.class);
        }
    }
}
