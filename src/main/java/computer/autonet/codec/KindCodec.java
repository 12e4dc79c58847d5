package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import computer.autonet.base.Bytes;
import computer.autonet.base.Kind;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.aggregator.AggregatorEvent;
import computer.autonet.protocol.aggregator.AggregatorRules;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.constitution.ConstitutionEvent;
import computer.autonet.protocol.constitution.ConstitutionRules;
import computer.autonet.protocol.constitution.ConstitutionState;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorEvent;
import computer.autonet.protocol.coordinator.CoordinatorRules;
import computer.autonet.protocol.coordinator.CoordinatorState;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.ByVersion;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Guard;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectRules;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverEvent;
import computer.autonet.protocol.solver.SolverRules;
import computer.autonet.protocol.solver.SolverState;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskEvent;
import computer.autonet.protocol.task.TaskRules;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.v1.AnyCommand;
import computer.autonet.v1.AnyEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Everything that the generic machinery must know about one kind: its rules, its types, their protobuf forms. */
public final class KindCodec<S, C extends Command, E extends Event> {
    private static final Map<Kind, KindCodec<?, ?, ?>> ALL = new EnumMap<>(Kind.class);

    static {
        add(
                ByVersion.of(new AccountRules()),
                AccountState.class,
                AccountCommand.class,
                AccountEvent.class,
                computer.autonet.v1.AccountState.getDefaultInstance());
        add(
                ByVersion.of(new ProjectRules()),
                ProjectState.class,
                ProjectCommand.class,
                ProjectEvent.class,
                computer.autonet.v1.ProjectState.getDefaultInstance());
        add(
                ByVersion.of(new TaskRules()),
                TaskState.class,
                TaskCommand.class,
                TaskEvent.class,
                computer.autonet.v1.TaskState.getDefaultInstance());
        add(
                ByVersion.of(new SolverRules()),
                SolverState.class,
                SolverCommand.class,
                SolverEvent.class,
                computer.autonet.v1.SolverState.getDefaultInstance());
        add(
                ByVersion.of(new CoordinatorRules()),
                CoordinatorState.class,
                CoordinatorCommand.class,
                CoordinatorEvent.class,
                computer.autonet.v1.CoordinatorState.getDefaultInstance());
        add(
                ByVersion.of(new AggregatorRules()),
                AggregatorState.class,
                AggregatorCommand.class,
                AggregatorEvent.class,
                computer.autonet.v1.AggregatorState.getDefaultInstance());
        add(
                ByVersion.of(new ConstitutionRules()),
                ConstitutionState.class,
                ConstitutionCommand.class,
                ConstitutionEvent.class,
                computer.autonet.v1.ConstitutionState.getDefaultInstance());
    }

    private final Kind kind;
    private final ByVersion<Rules<S, C, E>> rules;
    private final Class<C> commandType;
    private final Class<E> eventType;
    private final Message statePrototype;
    private final Message commandPrototype;
    private final RecordMapper<S> states;
    private final RecordMapper<C> commands;
    private final RecordMapper<E> events;

    private KindCodec(
            ByVersion<Rules<S, C, E>> rules,
            Class<S> stateType,
            Class<C> commandType,
            Class<E> eventType,
            Message state) {
        this.kind = rules.at(1).kind();
        this.rules = rules;
        this.commandType = commandType;
        this.eventType = eventType;
        this.statePrototype = state;
        String name = kind.label();
        var commandField = AnyCommand.getDescriptor().findFieldByName(name);
        var eventField = AnyEvent.getDescriptor().findFieldByName(name);
        if (commandField == null || eventField == null) {
            throw new IllegalStateException("journal.proto does not name " + name);
        }
        this.commandPrototype =
                AnyCommand.newBuilder().newBuilderForField(commandField).build();
        this.states = RecordMapper.of(stateType, state.getDescriptorForType());
        this.commands = RecordMapper.of(commandType, commandField.getMessageType());
        this.events = RecordMapper.of(eventType, eventField.getMessageType());
    }

    private static <S, C extends Command, E extends Event> void add(
            ByVersion<Rules<S, C, E>> rules,
            Class<S> stateType,
            Class<C> commandType,
            Class<E> eventType,
            Message state) {
        var codec = new KindCodec<>(rules, stateType, commandType, eventType, state);
        ALL.put(codec.kind, codec);
    }

    public static KindCodec<?, ?, ?> of(Kind kind) {
        KindCodec<?, ?, ?> codec = ALL.get(kind);
        if (codec == null) {
            throw new IllegalStateException("no rules for " + kind);
        }
        return codec;
    }

    /** The codec of the kind that a command belongs to. */
    static KindCodec<?, ?, ?> ofCommand(Command command) {
        for (KindCodec<?, ?, ?> codec : ALL.values()) {
            if (codec.commandType.isInstance(command)) {
                return codec;
            }
        }
        throw new IllegalStateException(command.getClass() + " is no kind's command");
    }

    /** The codec of the kind that an event belongs to. */
    static KindCodec<?, ?, ?> ofEvent(Event event) {
        for (KindCodec<?, ?, ?> codec : ALL.values()) {
            if (codec.eventType.isInstance(event)) {
                return codec;
            }
        }
        throw new IllegalStateException(event.getClass() + " is no kind's event");
    }

    /** The last version in which the rules of any kind changed; all before it are here, too. */
    static int latestRules() {
        return ALL.values().stream()
                .mapToInt(codec -> codec.rules.latest())
                .max()
                .orElseThrow();
    }

    public Kind kind() {
        return kind;
    }

    public Class<C> commandType() {
        return commandType;
    }

    public Class<E> eventType() {
        return eventType;
    }

    /** @throws UnknownVersionException if the network is under versions that this program does not have */
    public Kernel<S, C, E> kernel(Genesis genesis, Guard guard) {
        KnownVersions.require(genesis.versions().rules(), genesis.versions().constitution());
        return new Kernel<>(rules, commandType, eventType, genesis, guard, KindCodec::action);
    }

    /** A state as its message, such as {@code autonet.v1.TaskState}. */
    public Message stateToProto(Object state) {
        return states.write(state, statePrototype.newBuilderForType()).build();
    }

    /** @throws CodecException if the message is not the canonical form of a state */
    public S stateFromProto(Message state) {
        return states.read(state);
    }

    Message parseState(byte[] bytes) {
        try {
            return statePrototype.getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("no protobuf of a " + kind.label() + " state", e);
        }
    }

    /** The name of a command in the tag Action, and in refusals: that of its message. */
    public static String action(Command command) {
        return ofCommand(command).commands.variantOf(command).name();
    }

    /** A command as the body of a signed message: the variant's own message. */
    public static Bytes body(Command command) {
        var variant = ofCommand(command).commands.variantOf(command);
        KindCodec<?, ?, ?> codec = ofCommand(command);
        Message.Builder builder = codec.commandPrototype.newBuilderForType().newBuilderForField(variant.field());
        return Bytes.of(variant.mapper().write(command, builder).build().toByteArray());
    }

    /**
     * The command that an action and its body name; nothing if this kind knows no such action.
     *
     * @throws CodecException if the body is malformed
     */
    public Optional<C> command(String action, Bytes body) {
        return commands.variant(action).map(variant -> {
            Message prototype = commandPrototype
                    .newBuilderForType()
                    .newBuilderForField(variant.field())
                    .build();
            try {
                Message parsed = prototype.getParserForType().parseFrom(body.toArray());
                return commandType.cast(variant.mapper().read(parsed));
            } catch (InvalidProtocolBufferException e) {
                throw new CodecException(
                        "the body is no protobuf "
                                + prototype.getDescriptorForType().getFullName(),
                        e);
            }
        });
    }

    static AnyCommand anyCommand(Command command) {
        KindCodec<?, ?, ?> codec = ofCommand(command);
        var builder = AnyCommand.newBuilder();
        var field = AnyCommand.getDescriptor().findFieldByName(codec.kind().label());
        builder.setField(
                field,
                codec.commands.write(command, builder.newBuilderForField(field)).build());
        return builder.build();
    }

    static Command command(AnyCommand any) {
        for (var set : any.getAllFields().entrySet()) {
            return of(Kind.ofLabel(set.getKey().getName())).commands.read((Message) set.getValue());
        }
        throw new CodecException("a command of no kind");
    }

    static AnyEvent anyEvent(Event event) {
        KindCodec<?, ?, ?> codec = ofEvent(event);
        var builder = AnyEvent.newBuilder();
        var field = AnyEvent.getDescriptor().findFieldByName(codec.kind().label());
        builder.setField(
                field,
                codec.events.write(event, builder.newBuilderForField(field)).build());
        return builder.build();
    }

    static Event event(AnyEvent any) {
        for (var set : any.getAllFields().entrySet()) {
            return of(Kind.ofLabel(set.getKey().getName())).events.read((Message) set.getValue());
        }
        throw new CodecException("an event of no kind");
    }
}
