package computer.autonet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.Test;

/** What is stored and what travels: known forms, and nothing else. */
class SerializersTest {
    /** A message that nobody listed. */
    record Unlisted(ActorRef<Answer> replyTo) implements WireMessage {}

    private static Object roundTrip(HostFixture host, Object message, int serializer) throws Exception {
        Serialization serialization = SerializationExtension.get(host.kit.system());
        var found = (SerializerWithStringManifest) serialization.findSerializerFor(message);
        assertThat(found.identifier()).isEqualTo(serializer);
        return found.fromBinary(found.toBinary(message), found.manifest(message));
    }

    @Test
    void host14EveryMessageTravels() throws Exception {
        try (var host = new HostFixture()) {
            TestProbe<Answer> answers = host.kit.createTestProbe();
            TestProbe<Request> requests = host.kit.createTestProbe();
            TestProbe<Live> live = host.kit.createTestProbe();
            Bytes bytes = Bytes.of(new byte[100_000]);
            List<WireMessage> all = List.of(
                    new Request.Submit(bytes, answers.getRef()),
                    new Request.Deliver(bytes, requests.getRef()),
                    new Request.Acknowledged("a", 1),
                    new Request.Expected("a", 2),
                    new Request.Query(Bytes.EMPTY, answers.getRef()),
                    new Request.Subscribe(live.getRef()),
                    new Request.Unsubscribe(live.getRef()),
                    new Request.Wake(),
                    new Answer.Receipted("a", 3, 4, bytes),
                    new Answer.Refused("FULL", "d", "r"),
                    new Answer.Told(7, bytes, bytes, 8, bytes),
                    new Live.At(5),
                    new Live.Recorded(6, Bytes.EMPTY));
            for (WireMessage message : all) {
                assertThat(roundTrip(host, message, KryoSerializer.IDENTIFIER)).isEqualTo(message);
            }
            for (Class<?> parent : List.of(Request.Wire.class, Answer.class, Live.class)) {
                assertThat(all).extracting(Object::getClass).contains((Class[]) parent.getPermittedSubclasses());
            }
        }
    }

    @Test
    void host14AnUnlistedMessageIsRefusedLoudly() throws Exception {
        try (var host = new HostFixture("pekko.actor.serialize-messages = on", Runnable::run)) {
            TestProbe<WireMessage> receiver = host.kit.createTestProbe();
            LoggingTestKit.error("cannot travel between nodes").expect(host.kit.system(), () -> {
                var asked = AskPattern.<WireMessage, Answer>ask(
                                receiver.getRef(),
                                Unlisted::new,
                                Duration.ofMillis(500),
                                host.kit.system().scheduler())
                        .toCompletableFuture();
                assertThatThrownBy(asked::join).hasMessageContaining("Ask timed out");
                return null;
            });
            receiver.expectNoMessage(Duration.ofMillis(50));
            var kryo = SerializationExtension.get(host.kit.system()).serializerFor(WireMessage.class);
            assertThatThrownBy(() -> kryo.toBinary(new Unlisted(host.answers.getRef())))
                    .hasMessageContaining("list it under autonet.kryo.classes");
        }
    }

    @Test
    void host14AListThatLacksAMessageStopsTheStart() {
        String one = "{ id = 100, manifest = \"submit/1\", class = \"computer.autonet.process.Request$Submit\" }";
        assertThatThrownBy(() -> new HostFixture("autonet.kryo.classes = [" + one + "]", Runnable::run).close())
                .hasStackTraceContaining("autonet.kryo.classes lacks computer.autonet.process.");
        assertThatThrownBy(() ->
                        new HostFixture("autonet.kryo.classes = [" + one + "," + one + "]", Runnable::run).close())
                .hasStackTraceContaining("twice");
    }

    @Test
    void host14AForgedSizeOrAnUnknownManifestIsRefused() throws Exception {
        try (var host = new HostFixture()) {
            var kryo = (SerializerWithStringManifest)
                    SerializationExtension.get(host.kit.system()).serializerFor(WireMessage.class);
            assertThatThrownBy(() -> kryo.fromBinary(new byte[] {1, -1, -1, -1, -1, 7}, "told/1"))
                    .hasMessageContaining("more than the message has");
            assertThatThrownBy(() -> kryo.fromBinary(new byte[0], "java.lang.Runtime"))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("run the same program on all nodes");
        }
    }

    @Test
    void host01RecordsAreStoredAsTheirOwnBytesUnderNamesThatLast() throws Exception {
        try (var host = new HostFixture()) {
            var entry = new JournalRecord.Entry(Bytes.ofHex("0102030405"), null);
            var marks = new TreeMap<>(Map.of(new ProcessId(Kind.ACCOUNT, Hash.ofHex("00".repeat(31) + "7f")), 300L));
            var delivered = new JournalRecord.Delivered(marks);
            var checkpoint = new JournalRecord.Checkpoint(Bytes.ofHex("0a0b"));
            for (Object record : List.of(entry, delivered, checkpoint)) {
                assertThat(roundTrip(host, record, 40_001)).isEqualTo(record);
            }
            var serializer = new JournalSerializer();
            assertThat(serializer.manifest(entry)).isEqualTo("entry/1");
            assertThat(serializer.manifest(delivered)).isEqualTo("delivered/1");
            assertThat(serializer.manifest(checkpoint)).isEqualTo("checkpoint/1");
            assertThat(Bytes.of(serializer.toBinary(entry))).isEqualTo(entry.stored());
            assertThat(Bytes.of(serializer.toBinary(delivered)).toHex())
                    .isEqualTo("0a4d0a48" + "6163636f756e743a" + "30".repeat(62) + "3766" + "10ac02");
            assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "entry/2"))
                    .hasMessageContaining("newer program");
            assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2}, "delivered/1"))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void host14JavaSerializationIsOff() throws Exception {
        try (var host = new HostFixture()) {
            var fallback = SerializationExtension.get(host.kit.system()).serializerFor(java.util.ArrayList.class);
            assertThatThrownBy(() -> fallback.toBinary(new java.util.ArrayList<>()))
                    .hasMessageContaining("Java serialization");
            assertThat(ConfigFactory.parseResourcesAnySyntax("cluster")
                            .getString("pekko.actor.allow-java-serialization"))
                    .isEqualTo("off");
        }
    }
}
