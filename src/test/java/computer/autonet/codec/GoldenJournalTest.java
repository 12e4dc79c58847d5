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
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Event;
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
 * The bytes of every command, event and state are those of the released format (PROC-13): a renumbered, renamed or
 * retyped field shows here. New lines may be added to the golden file; no line may change.
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
        return lines;
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
