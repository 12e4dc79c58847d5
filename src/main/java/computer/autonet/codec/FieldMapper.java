package computer.autonet.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps one component of a record to one field of a message. */
interface FieldMapper {
    void write(Object value, FieldDescriptor field, Message.Builder builder);

    Object read(Message message, FieldDescriptor field);

    /** One value, as it stands in a singular or a repeated field. */
    interface Single {
        /** @param holder a builder that can make a builder for the field's message */
        Object toProto(Object value, FieldDescriptor field, Message.Builder holder);

        /** @throws IllegalArgumentException if the value is out of range */
        Object fromProto(Object proto);

        /** Whether a singular field holds nothing. */
        boolean isAbsent(Message message, FieldDescriptor field);
    }

    static FieldMapper of(Type type, FieldDescriptor field) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Repeated(single(arguments[0], field));
            }
            if (generic.getRawType() == Optional.class) {
                return new Possible(single(arguments[0], field));
            }
            if (generic.getRawType() == SortedMap.class) {
                return Pairs.of(arguments[0], arguments[1], field);
            }
            throw new IllegalStateException("no protobuf form for " + type);
        }
        return new Singular(single(type, field));
    }

    private static Single single(Type type, FieldDescriptor field) {
        Class<?> c = (Class<?>) type;
        if (c == long.class || c == Long.class || c == int.class || c == Integer.class) {
            return Plain.NUMBER;
        }
        if (c == boolean.class || c == String.class) {
            return Plain.NUMBER;
        }
        if (c == Hash.class) {
            return new AsBytes(v -> ((Hash) v).toArray(), Hash::of);
        }
        if (c == Identity.class) {
            return new AsBytes(v -> ((Identity) v).address().toArray(), b -> new Identity(Hash.of(b)));
        }
        if (c == BlobId.class) {
            return new AsBytes(v -> ((BlobId) v).hash().toArray(), b -> new BlobId(Hash.of(b)));
        }
        if (c == Asset.class) {
            return AsAsset.ASSET;
        }
        if (c == Bytes.class) {
            return new AsBytes(v -> ((Bytes) v).toArray(), Bytes::of);
        }
        if (c == Amount.class) {
            return AsDecimal.AMOUNT;
        }
        if (c == ProcessId.class) {
            return AsProcessId.PROCESS;
        }
        if (c.isEnum()) {
            return new AsEnum(c);
        }
        return new AsMessage(RecordMapper.of(c, field.getMessageType()));
    }

    /** A field with one value. */
    record Singular(Single single) implements FieldMapper {
        @Override
        public void write(Object value, FieldDescriptor field, Message.Builder builder) {
            builder.setField(field, single.toProto(value, field, builder));
        }

        @Override
        public Object read(Message message, FieldDescriptor field) {
            return single.fromProto(message.getField(field));
        }
    }

    /** A field that may hold nothing. */
    record Possible(Single single) implements FieldMapper {
        @Override
        public void write(Object value, FieldDescriptor field, Message.Builder builder) {
            ((Optional<?>) value).ifPresent(v -> builder.setField(field, single.toProto(v, field, builder)));
        }

        @Override
        public Object read(Message message, FieldDescriptor field) {
            return single.isAbsent(message, field)
                    ? Optional.empty()
                    : Optional.of(single.fromProto(message.getField(field)));
        }
    }

    /** A list. */
    record Repeated(Single single) implements FieldMapper {
        @Override
        public void write(Object value, FieldDescriptor field, Message.Builder builder) {
            for (Object element : (List<?>) value) {
                builder.addRepeatedField(field, single.toProto(element, field, builder));
            }
        }

        @Override
        public Object read(Message message, FieldDescriptor field) {
            List<Object> elements = new ArrayList<>();
            for (Object element : (List<?>) message.getField(field)) {
                elements.add(single.fromProto(element));
            }
            return elements;
        }
    }

    /** A table as pairs in the order of its keys; another order or a key twice is refused, so that bytes are unique. */
    record Pairs(FieldMapper keys, FieldMapper values, FieldDescriptor keyField, FieldDescriptor valueField)
            implements FieldMapper {
        static Pairs of(Type key, Type value, FieldDescriptor field) {
            FieldDescriptor keyField = field.getMessageType().findFieldByName("key");
            FieldDescriptor valueField = field.getMessageType().findFieldByName("value");
            return new Pairs(FieldMapper.of(key, keyField), FieldMapper.of(value, valueField), keyField, valueField);
        }

        @Override
        public void write(Object value, FieldDescriptor field, Message.Builder builder) {
            for (Map.Entry<?, ?> entry : ((SortedMap<?, ?>) value).entrySet()) {
                Message.Builder pair = builder.newBuilderForField(field);
                keys.write(entry.getKey(), keyField, pair);
                values.write(entry.getValue(), valueField, pair);
                builder.addRepeatedField(field, pair.build());
            }
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Object read(Message message, FieldDescriptor field) {
            TreeMap table = new TreeMap();
            Comparable last = null;
            for (Object element : (List<?>) message.getField(field)) {
                RecordMapper.requireKnown((Message) element);
                Comparable key = (Comparable) keys.read((Message) element, keyField);
                if (last != null && last.compareTo(key) >= 0) {
                    throw new IllegalArgumentException("keys must rise, each once");
                }
                last = key;
                table.put(key, values.read((Message) element, valueField));
            }
            return Tables.copyOf(table);
        }
    }

    /** Numbers, truth values and texts stand as they are. */
    enum Plain implements Single {
        NUMBER;

        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            return value;
        }

        @Override
        public Object fromProto(Object proto) {
            return proto;
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            throw new IllegalStateException(field.getFullName() + " cannot be absent in proto3");
        }
    }

    /** Hashes and other runs of bytes; none at all is absent. */
    record AsBytes(Function<Object, byte[]> out, Function<byte[], Object> in) implements Single {
        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            return ByteString.copyFrom(out.apply(value));
        }

        @Override
        public Object fromProto(Object proto) {
            return in.apply(((ByteString) proto).toByteArray());
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            return ((ByteString) message.getField(field)).isEmpty();
        }
    }

    /** Amounts in smallest units, decimal, without leading zeros. */
    enum AsDecimal implements Single {
        AMOUNT;

        private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,38}");

        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            return ((Amount) value).units().toString();
        }

        @Override
        public Object fromProto(Object proto) {
            String text = (String) proto;
            if (!DIGITS.matcher(text).matches()) {
                throw new IllegalArgumentException("'" + text + "' is no decimal number of smallest units");
            }
            return new Amount(new BigInteger(text));
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            return ((String) message.getField(field)).isEmpty();
        }
    }

    /** The 32 bytes of a token; none at all for ATN, which has no other form, so that bytes are unique. */
    enum AsAsset implements Single {
        ASSET;

        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            var asset = (Asset) value;
            return asset.isAtn()
                    ? ByteString.EMPTY
                    : ByteString.copyFrom(asset.token().toArray());
        }

        @Override
        public Object fromProto(Object proto) {
            byte[] token = ((ByteString) proto).toByteArray();
            if (token.length == 0) {
                return Asset.ATN;
            }
            if (token.length != Hash.SIZE) {
                throw new IllegalArgumentException("an asset has " + Hash.SIZE + " bytes, ATN none, not " + token.length
                        + ": pad an address on the left");
            }
            var asset = new Asset(Hash.of(token));
            if (asset.isAtn()) {
                throw new IllegalArgumentException("ATN is written with no bytes, not with zeros");
            }
            return asset;
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            throw new IllegalStateException(field.getFullName() + " cannot be absent: no bytes are ATN");
        }
    }

    /** Process ids as {@code autonet.v1.ProcessId}. */
    enum AsProcessId implements Single {
        PROCESS;

        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            return Ids.toProto((ProcessId) value);
        }

        @Override
        public Object fromProto(Object proto) {
            RecordMapper.requireKnown((Message) proto);
            return Ids.fromProto((computer.autonet.v1.ProcessId) proto);
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            return !message.hasField(field);
        }
    }

    /** Constants by name behind the upper-case type name; number 0 is absent. */
    final class AsEnum implements Single {
        private final Object[] constants;
        private final String prefix;

        AsEnum(Class<?> type) {
            Object @Nullable [] all = type.getEnumConstants();
            this.constants = all == null ? new Object[0] : all;
            this.prefix = type.getSimpleName()
                            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                            .toUpperCase(Locale.ROOT)
                    + "_";
        }

        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            EnumValueDescriptor constant = field.getEnumType().findValueByName(prefix + ((Enum<?>) value).name());
            if (constant == null) {
                throw new IllegalStateException(field.getEnumType().getFullName() + " has no " + prefix + value);
            }
            return constant;
        }

        @Override
        public Object fromProto(Object proto) {
            String name = ((EnumValueDescriptor) proto).getName();
            for (Object constant : constants) {
                if (name.equals(prefix + ((Enum<?>) constant).name())) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("unknown value " + name);
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            return ((EnumValueDescriptor) message.getField(field)).getNumber() == 0;
        }
    }

    /** Records and sealed interfaces. */
    record AsMessage(RecordMapper<?> mapper) implements Single {
        @Override
        public Object toProto(Object value, FieldDescriptor field, Message.Builder holder) {
            return mapper.write(value, holder.newBuilderForField(field)).build();
        }

        @Override
        public Object fromProto(Object proto) {
            return mapper.read((Message) proto);
        }

        @Override
        public boolean isAbsent(Message message, FieldDescriptor field) {
            return !message.hasField(field);
        }
    }
}
