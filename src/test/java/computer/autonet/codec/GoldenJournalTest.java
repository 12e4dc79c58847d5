package computer.autonet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Applied;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bytes of every command, event and state, of entries and of what a host keeps are those of the released format
 * (PROC-13): a renumbered, renamed or retyped field shows here. New lines may be added to the golden file; no line may change.
 */
class GoldenJournalTest {
    private static final String GOLDEN = "/golden/journal-v1.txt";

    private Asset asset = Asset.ATN;

    @Test
    void everyMessageOfTheJournalHasItsGoldenBytesAndReadsBack() throws Exception {
        SortedMap<String, String> now = samples();
        // What counts amounts is there twice: of ATN, as before there were other assets, and of another one.
        asset = new Asset(Hash.digest("asset"));
        samples().forEach((name, bytes) -> {
            if (!bytes.equals(now.get(name))) {
                now.put(name + ".ofAnotherAsset", bytes);
            }
        });
        if (System.getProperty("autonet.golden.write") != null) {
            write(now);
        }
        SortedMap<String, String> golden = read();
        assertThat(now).containsAllEntriesOf(golden);
        assertThat(now.keySet())
                .as("run once with -Dautonet.golden.write=FILE and add the new lines")
                .isEqualTo(golden.keySet());
    }

    private SortedMap<String, String> samples() throws Exception {
        SortedMap<String, String> lines = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            KindCodec<?, ?, ?> codec = KindCodec.of(kind);
            for (Class<?> type : codec.commandType().getPermittedSubclasses()) {
                Command command = (Command) sample(type);
                lines.put(name(type), hex(KindCodec.anyCommand(command).toByteArray()));
                assertThat(KindCodec.command(KindCodec.anyCommand(command))).isEqualTo(command);
            }
            for (Class<?> type : codec.eventType().getPermittedSubclasses()) {
                Event event = (Event) sample(type);
                lines.put(name(type), hex(KindCodec.anyEvent(event).toByteArray()));
                assertThat(KindCodec.event(KindCodec.anyEvent(event))).isEqualTo(event);
            }
            for (Class<?> type : states(codec)) {
                Object state = sample(type);
                byte[] bytes = codec.stateToProto(state).toByteArray();
                lines.put(name(type), hex(bytes));
                assertThat(codec.stateFromProto(codec.parseState(bytes))).isEqualTo(state);
            }
        }
        journal(lines);
        return lines;
    }

    /** An account's log with an input of every sort, and what its host keeps. */
    private static void journal(SortedMap<String, String> lines) {
        var alice = Ed25519Key.ofSeed(Hash.digest("alice").toArray());
        Hash network = Hash.digest("network");
        ProcessId account =
                ProcessId.owned(Kind.ACCOUNT, network, alice.identity().address());
        ProcessId other = ProcessId.owned(Kind.ACCOUNT, network, Hash.digest("bob"));
        var transfer = new AccountCommand.Transfer(Hash.digest("bob"), Amount.parseTokens("12.5"));
        var credit = new AccountCommand.Credit(Hash.digest("bob"), Amount.parseTokens("12.5"));
        var refusal = new Refusal(Code.FULL, "no room", "send it elsewhere");
        var message = MessageCodec.sign(alice, network, account, transfer, 1, 1_800_000_060_000L);
        Input signed = ((MessageCodec.Accepted) MessageCodec.parse(message.raw(), network)).input();
        Input asked = new Input.FromProcess(other, 9, 1, Hash.digest("entry"), 1, new Payload.Ask(credit));
        List<Draft> log = List.of(
                new Draft(
                        0,
                        1,
                        1_800_000_000_000L,
                        Optional.of(Versions.FIRST),
                        signed,
                        List.of(new AccountEvent.Sent(Hash.digest("bob"), credit.amount(), Asset.ATN)),
                        Optional.empty(),
                        0,
                        List.of(new Parcel(other, 1, new Payload.Ask(credit)))),
                new Draft(
                        1,
                        1,
                        1_800_000_000_001L,
                        Optional.empty(),
                        asked,
                        List.of(),
                        Optional.of(refusal),
                        0,
                        List.of(new Parcel(other, 2, new Payload.Bounce(credit, refusal)))),
                new Draft(
                        2,
                        2,
                        1_800_000_005_000L,
                        Optional.empty(),
                        new Input.Tick(1_800_000_001_000L),
                        List.of(),
                        Optional.empty(),
                        6_000,
                        List.of()));
        Hash head = account.hash();
        Outbox outbox = Outbox.EMPTY;
        for (Draft draft : log) {
            SealedEntry sealed = EntryCodec.seal(account, draft, head);
            assertThat(EntryCodec.read(account, sealed.stored())).isEqualTo(sealed);
            lines.put(
                    "Entry." + draft.input().getClass().getSimpleName(),
                    hex(sealed.stored().toArray()));
            head = sealed.hash();
            outbox = outbox.after(account, draft, head);
        }
        var state = new ProcessState<>(
                account,
                Versions.FIRST,
                3,
                2,
                1_800_000_005_000L,
                head,
                Tables.with(Tables.empty(), alice.identity(), 1L),
                Tables.with(Tables.empty(), message.id(), new Applied(0, 1_800_000_000_000L, Hash.digest("first"))),
                Tables.with(Tables.empty(), other, 1L),
                Tables.with(Tables.empty(), other, 2L),
                new AccountState(
                        Optional.of(alice.identity().address()),
                        Amount.parseTokens("87.5"),
                        Tables.empty(),
                        Tables.empty(),
                        0,
                        Tables.empty(),
                        1,
                        Tables.empty()));
        Bytes snapshot = OutboxCodec.encode(state, outbox);
        assertThat(OutboxCodec.decode(account, snapshot)).isEqualTo(new OutboxCodec.Snapshot(state, outbox));
        lines.put("HostSnapshot", hex(snapshot.toArray()));
    }

    private static List<Class<?>> states(KindCodec<?, ?, ?> codec) throws ClassNotFoundException {
        String label = codec.kind().label();
        Class<?> type = Class.forName("computer.autonet.protocol." + label + "."
                + Character.toUpperCase(label.charAt(0)) + label.substring(1) + "State");
        return type.isSealed() ? List.of(type.getPermittedSubclasses()) : List.of(type);
    }

    private static String name(Class<?> type) {
        return type.getName()
                .replaceFirst("^computer\\.autonet\\.protocol\\.\\w+\\.", "")
                .replace('$', '.');
    }

    private static String hex(byte[] bytes) {
        return Bytes.of(bytes).toHex();
    }

    private Object sample(Type type) throws Exception {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return List.of(sample(arguments[0]));
            }
            if (generic.getRawType() == Optional.class) {
                return Optional.of(sample(arguments[0]));
            }
            return table(sample(arguments[0]), sample(arguments[1]));
        }
        Class<?> c = (Class<?>) type;
        Map<Class<?>, Object> plain = Map.of(
                long.class,
                7L,
                Long.class,
                8L,
                int.class,
                3,
                Integer.class,
                4,
                boolean.class,
                true,
                String.class,
                "text",
                Hash.class,
                Hash.digest("hash"),
                Amount.class,
                Amount.parseTokens("12.5"));
        if (plain.containsKey(c)) {
            return plain.get(c);
        }
        if (c == Identity.class) {
            return new Identity(Hash.digest("identity"));
        }
        if (c == Asset.class) {
            return asset;
        }
        if (c == BlobId.class) {
            return new BlobId(Hash.digest("blob"));
        }
        if (c == ProcessId.class) {
            return new ProcessId(Kind.PROJECT, Hash.digest("process"));
        }
        if (c.isEnum()) {
            return c.getEnumConstants()[0];
        }
        if (c.isSealed()) {
            // By name: the compiler promises no order.
            return sample(Stream.of(c.getPermittedSubclasses())
                    .min(Comparator.comparing(Class::getSimpleName))
                    .orElseThrow());
        }
        List<Object> values = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (RecordComponent component : c.getRecordComponents()) {
            types.add(component.getType());
            values.add(sample(component.getGenericType()));
        }
        var constructor = c.getDeclaredConstructor(types.toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object table(Object key, Object value) {
        return key.equals(Asset.ATN) ? Tables.empty() : Tables.copyOf((Map) Map.of(key, value));
    }

    private static void write(SortedMap<String, String> lines) throws IOException {
        var text = new StringBuilder();
        lines.forEach(
                (name, bytes) -> text.append(name).append(' ').append(bytes).append('\n'));
        Files.writeString(Path.of(System.getProperty("autonet.golden.write")), text);
    }

    private static SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        try (InputStream in = GoldenJournalTest.class.getResourceAsStream(GOLDEN)) {
            assertThat(in).as(GOLDEN).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    lines.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
                }
            }
        }
        return lines;
    }
}
