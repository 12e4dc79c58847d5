package computer.autonet.protocol.sim;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.task.TaskCommand;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Commands of every kind with any values: extremes, and names that mean something. */
final class Gibberish {
    static final Map<Kind, Class<? extends Command>> COMMANDS = Map.of(
            Kind.ACCOUNT, AccountCommand.class,
            Kind.PROJECT, ProjectCommand.class,
            Kind.TASK, TaskCommand.class,
            Kind.SOLVER, SolverCommand.class,
            Kind.COORDINATOR, CoordinatorCommand.class,
            Kind.AGGREGATOR, AggregatorCommand.class,
            Kind.CONSTITUTION, ConstitutionCommand.class);

    private static final Map<Kind, Class<?>[]> PERMITTED = new ConcurrentHashMap<>();
    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

    private final SplittableRandom random;
    private final List<Identity> identities;
    private List<ProcessId> processes = List.of();

    Gibberish(SplittableRandom random, List<Identity> identities) {
        this.random = random;
        this.identities = identities;
    }

    void knows(List<ProcessId> known) {
        processes = known;
    }

    Command command() {
        return commandOf(pick(Arrays.asList(Kind.values())));
    }

    /** The compiler promises no order, and a seed must mean the same after every build. */
    private static Class<?>[] byName(Class<?>[] types) {
        Arrays.sort(types, Comparator.comparing(Class::getSimpleName));
        return types;
    }

    Command commandOf(Kind kind) {
        var types = PERMITTED.computeIfAbsent(kind, k -> byName(COMMANDS.get(k).getPermittedSubclasses()));
        // Some values are refused by the records themselves: no message with them can be decoded.
        for (int attempt = 0; attempt < 20; attempt++) {
            try {
                return (Command) make(types[random.nextInt(types.length)]);
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return new AccountCommand.Withdraw(random.nextLong());
    }

    Refusal refusal() {
        return new Refusal(pick(Arrays.asList(Code.values())), "imagined", "wake up");
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> -1;
            default -> random.nextInt(5);
        };
    }

    private Object make(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == long.class || raw == Long.class) {
            return number();
        } else if (raw == int.class || raw == Integer.class) {
            return (int) number();
        } else if (raw == boolean.class || raw == Boolean.class) {
            return random.nextBoolean();
        } else if (raw == String.class) {
            return pick(List.of("", "P1", " p2", "name", "x".repeat(5_000)));
        } else if (raw == Hash.class) {
            return random.nextBoolean() ? pick(identities).address() : Hash.digest("hash" + random.nextInt(3));
        } else if (raw == Identity.class) {
            return pick(identities);
        } else if (raw == ProcessId.class) {
            return pick(processes);
        } else if (raw == Bytes.class) {
            return Bytes.EMPTY;
        } else if (raw == Amount.class) {
            return pick(List.of(
                    Amount.ZERO,
                    Amount.ofTokens(random.nextInt(2_000)),
                    new Amount(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE))));
        } else if (raw == Asset.class) {
            return pick(List.of(Asset.ATN, World.GOLD, World.SILVER, new Asset(Hash.digest("unheard of"))));
        } else if (raw.isEnum()) {
            return pick(Arrays.asList(raw.getEnumConstants()));
        }
        return record(raw);
    }

    private Object container(ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        int size = random.nextInt(4);
        if (type.getRawType() == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(make(of[0]));
        } else if (type.getRawType() == SortedMap.class) {
            var map = new TreeMap<Object, Object>();
            for (int i = 0; i < size; i++) {
                map.put(make(of[0]), make(of[1]));
            }
            return map;
        }
        var list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(make(of[0]));
        }
        return list;
    }

    private Object record(Class<?> type) {
        try {
            RecordComponent[] components = COMPONENTS.computeIfAbsent(type, Class::getRecordComponents);
            var types = new Class<?>[components.length];
            var values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = make(components[i].getGenericType());
            }
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made up", e);
        }
    }
}
