package computer.autonet.process;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.RecordSerializer;
import com.esotericsoftware.kryo.util.Pool;
import com.typesafe.config.Config;
import computer.autonet.base.Bytes;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kryo between the nodes of a cluster, as a closed world (HOST-14): only records listed under {@code autonet.kryo.classes}
 * travel, each by its own number and manifest; no class name is ever read from the wire. A message type that the list lacks
 * stops the start of the actor system; another object is refused with an error in the log.
 */
public final class KryoSerializer extends SerializerWithStringManifest {
    public static final int IDENTIFIER = 40_002;

    /** Numbers of what records are made of; those of the records begin above. */
    private static final int BYTES = 10;

    private static final int ACTOR_REF = 11;
    private static final int FIRST_RECORD = 100;

    /** Idle Kryos kept; each has a few KiB. */
    private static final int POOL = 16;

    private static final Logger LOG = LoggerFactory.getLogger(KryoSerializer.class);

    private final ExtendedActorSystem system;
    private final Map<String, Class<?>> byManifest = new HashMap<>();
    private final Map<Class<?>, String> manifests = new HashMap<>();
    private final Pool<Kryo> pool;
    private volatile @Nullable ActorRefResolver resolver;

    /** Pekko creates it by the setting {@code serializers.autonet-kryo}. */
    public KryoSerializer(ExtendedActorSystem system) {
        this.system = system;
        Map<Class<?>, Integer> numbers = new HashMap<>();
        for (Config entry : system.settings().config().getConfigList("autonet.kryo.classes")) {
            register(entry, numbers);
        }
        requireAll(WireMessage.class, Request.Wire.class, Answer.class, Live.class);
        this.pool = new Pool<>(true, false, POOL) {
            @Override
            protected Kryo create() {
                return kryo(numbers);
            }
        };
    }

    private void register(Config entry, Map<Class<?>, Integer> numbers) {
        String name = entry.getString("class");
        int number = entry.getInt("id");
        String manifest = entry.getString("manifest");
        Class<?> type;
        try {
            type = Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("autonet.kryo.classes names " + name + ", which is not there", e);
        }
        if (!type.isRecord() || number < FIRST_RECORD) {
            throw new IllegalArgumentException(
                    "autonet.kryo.classes: " + name + " must be a record with a number from " + FIRST_RECORD + " on");
        }
        if (numbers.containsValue(number)
                || numbers.put(type, number) != null
                || byManifest.put(manifest, type) != null) {
            throw new IllegalArgumentException(
                    "autonet.kryo.classes has " + number + ", " + manifest + " or " + name + " twice");
        }
        manifests.put(type, manifest);
    }

    /** Every record among the permitted classes must be listed: better no start than an ask that never ends. */
    private void requireAll(Class<?>... interfaces) {
        for (Class<?> parent : interfaces) {
            Class<?>[] permitted = parent.getPermittedSubclasses();
            for (Class<?> type : permitted == null ? new Class<?>[0] : permitted) {
                if (type.isRecord() && !manifests.containsKey(type)) {
                    throw new IllegalArgumentException(
                            "autonet.kryo.classes lacks " + type.getName() + ": give it a number and a manifest");
                }
            }
        }
    }

    private Kryo kryo(Map<Class<?>, Integer> numbers) {
        var kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.register(Bytes.class, new BytesSerializer(), BYTES);
        // References are written as their interface: which class implements one is Pekko's affair.
        kryo.register(ActorRef.class, new ReferenceSerializer(), ACTOR_REF);
        numbers.forEach((type, number) -> kryo.register(type, fields(type), number));
        return kryo;
    }

    private static <T> Serializer<T> fields(Class<T> type) {
        var serializer = new RecordSerializer<>(type);
        serializer.setFixedFieldTypes(true);
        return serializer;
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        String manifest = manifests.get(message.getClass());
        if (manifest == null) {
            String text = message.getClass().getName()
                    + " cannot travel between nodes: list it under autonet.kryo.classes with a number and a manifest";
            LOG.error(text);
            throw new IllegalArgumentException(text);
        }
        return manifest;
    }

    @Override
    public byte[] toBinary(Object message) {
        manifest(message);
        Kryo kryo = pool.obtain();
        try {
            var output = new Output(256, -1);
            kryo.writeObject(output, message);
            return output.toBytes();
        } catch (KryoException e) {
            LOG.error("{} cannot travel between nodes", message.getClass().getName(), e);
            throw e;
        } finally {
            pool.free(kryo);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Class<?> type = byManifest.get(manifest);
        if (type == null) {
            LOG.error("another node sent a '{}', which this one does not know", manifest);
            throw new NotSerializableException(
                    "unknown manifest '" + manifest + "': run the same program on all nodes");
        }
        Kryo kryo = pool.obtain();
        try {
            return kryo.readObject(new Input(bytes), type);
        } catch (KryoException e) {
            LOG.error("a '{}' of another node cannot be read", manifest, e);
            throw e;
        } finally {
            pool.free(kryo);
        }
    }

    /** Asked for late: the typed system is not there yet when serializers are made. */
    private ActorRefResolver resolver() {
        ActorRefResolver known = resolver;
        if (known == null) {
            known = ActorRefResolver.get(Adapter.toTyped(system));
            resolver = known;
        }
        return known;
    }

    private static final class BytesSerializer extends Serializer<Bytes> {
        BytesSerializer() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Bytes bytes) {
            output.writeInt(bytes.size(), true);
            output.writeBytes(bytes.toArray());
        }

        @Override
        public Bytes read(Kryo kryo, Input input, Class<? extends Bytes> type) {
            int size = input.readInt(true);
            if (size < 0 || size > input.limit() - input.position()) {
                throw new KryoException("a field claims " + size + " bytes, more than the message has");
            }
            return Bytes.of(input.readBytes(size));
        }
    }

    private final class ReferenceSerializer extends Serializer<ActorRef<?>> {
        ReferenceSerializer() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, ActorRef<?> reference) {
            output.writeString(resolver().toSerializationFormat(reference));
        }

        @Override
        public ActorRef<?> read(Kryo kryo, Input input, Class<? extends ActorRef<?>> type) {
            return resolver().resolveActorRef(input.readString());
        }
    }
}
