package computer.autonet.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Maps one protocol type to one protobuf message: a record by the names of its components, a sealed interface by a
 * {@code oneof} with one field per variant. Built once, checked completely when built: a component without a field, or a
 * field without a component, does not start.
 *
 * @param <T> a record or a sealed interface of records
 */
final class RecordMapper<T> {
    private static final Map<Class<?>, RecordMapper<?>> BUILT = new HashMap<>();

    private final Class<T> type;
    private final boolean sealed;
    private final List<Column> columns = new ArrayList<>();
    private final Map<Class<?>, Variant> byClass = new HashMap<>();
    private final Map<Integer, Variant> byNumber = new HashMap<>();
    private MethodHandle constructor = MethodHandles.constant(Object.class, "unset");

    /** One component of a record. */
    private record Column(String name, MethodHandle accessor, FieldDescriptor field, FieldMapper mapper) {}

    /** One variant of a sealed interface. */
    record Variant(FieldDescriptor field, RecordMapper<?> mapper) {
        /** That of its message. */
        String name() {
            return field.getMessageType().getName();
        }
    }

    private RecordMapper(Class<T> type) {
        this.type = type;
        this.sealed = type.isSealed();
    }

    /** The mapper between a type and the message that the descriptor describes. */
    @SuppressWarnings("unchecked")
    static <T> RecordMapper<T> of(Class<T> type, Descriptor descriptor) {
        synchronized (BUILT) {
            RecordMapper<?> known = BUILT.get(type);
            if (known == null) {
                var fresh = new RecordMapper<>(type);
                BUILT.put(type, fresh);
                fresh.build(descriptor);
                known = fresh;
            }
            return (RecordMapper<T>) known;
        }
    }

    private void build(Descriptor descriptor) {
        if (sealed) {
            for (Class<?> variant : type.getPermittedSubclasses()) {
                FieldDescriptor field = field(descriptor, variant.getSimpleName());
                var entry = new Variant(field, of(variant, field.getMessageType()));
                byClass.put(variant, entry);
                byNumber.put(field.getNumber(), entry);
            }
            requireNoMore(descriptor, byNumber.size());
            return;
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        try {
            var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                FieldDescriptor field = field(descriptor, components[i].getName());
                columns.add(new Column(
                        components[i].getName(),
                        lookup.unreflect(components[i].getAccessor()),
                        field,
                        FieldMapper.of(components[i].getGenericType(), field)));
            }
            constructor = lookup.unreflectConstructor(type.getDeclaredConstructor(types));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be read", e);
        }
        requireNoMore(descriptor, components.length);
    }

    private void requireNoMore(Descriptor descriptor, int expected) {
        if (descriptor.getFields().size() != expected) {
            throw new IllegalStateException(descriptor.getFullName() + " has "
                    + descriptor.getFields().size() + " fields, " + type + " has " + expected);
        }
    }

    private FieldDescriptor field(Descriptor descriptor, String javaName) {
        String name = javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        FieldDescriptor field = descriptor.findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(descriptor.getFullName() + " has no field " + name + " for " + type);
        }
        return field;
    }

    /** The variant of a sealed interface that has this name. */
    Optional<Variant> variant(String name) {
        return byClass.values().stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst();
    }

    /** The variant that a value of a sealed interface is. */
    Variant variantOf(Object value) {
        Variant variant = byClass.get(value.getClass());
        if (variant == null) {
            throw new IllegalStateException(value.getClass() + " is no variant of " + type);
        }
        return variant;
    }

    /** Fills a builder of this mapper's message. */
    <B extends Message.Builder> B write(Object value, B builder) {
        if (sealed) {
            Variant variant = variantOf(value);
            Message.Builder inner = builder.newBuilderForField(variant.field());
            builder.setField(
                    variant.field(), variant.mapper().write(value, inner).build());
            return builder;
        }
        for (Column column : columns) {
            try {
                column.mapper().write(column.accessor().invoke(value), column.field(), builder);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return builder;
    }

    /**
     * Reads a message of this mapper.
     *
     * @throws CodecException if a value is missing, out of range or unknown
     */
    T read(Message message) {
        requireKnown(message);
        return type.cast(sealed ? readVariant(message) : readRecord(message));
    }

    /** @throws CodecException if the message has a field that its type does not know */
    static void requireKnown(Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new CodecException(message.getDescriptorForType().getFullName() + " has unknown fields "
                    + message.getUnknownFields().asMap().keySet());
        }
    }

    private Object readVariant(Message message) {
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            Variant variant = byNumber.get(set.getKey().getNumber());
            if (variant != null) {
                return variant.mapper().read((Message) set.getValue());
            }
        }
        throw new CodecException(message.getDescriptorForType().getFullName() + " names no variant");
    }

    private Object readRecord(Message message) {
        List<Object> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            try {
                values.add(column.mapper().read(message, column.field()));
            } catch (IllegalArgumentException e) {
                throw new CodecException(column.field().getFullName() + ": " + e.getMessage(), e);
            }
        }
        try {
            return constructor.invokeWithArguments(values);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new CodecException(message.getDescriptorForType().getFullName() + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
