package computer.autonet.audit;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.ProcessState;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All processes of a network in memory, run by the real kernels: sealed entries, delivered outboxes, a clock of its own. */
final class KernelNetwork implements LogSource {
    static final long START_MILLIS = 1_800_000_000_000L;

    /** The first of the rich has all of it. */
    static final Asset GOLD = new Asset(Hash.digest("gold"));

    final Genesis genesis;
    final Map<BlobId, byte[]> blobs = new HashMap<>();
    final Deque<Undelivered> underWay = new ArrayDeque<>();
    long nowMillis = START_MILLIS;

    private final SortedMap<ProcessId, Host<?, ?, ?>> hosts = new TreeMap<>();

    record Undelivered(ProcessId receiver, Input.FromProcess message) {}

    KernelNetwork(List<? extends SigningKey> rich) {
        var allocations = new TreeMap<Identity, Amount>();
        rich.forEach(key -> allocations.put(key.identity(), Amount.ofTokens(100_000)));
        var gold = new TreeMap<Identity, Amount>();
        gold.put(rich.get(0).identity(), new Amount(BigInteger.valueOf(1_000)));
        var assets = new TreeMap<Asset, SortedMap<Identity, Amount>>();
        assets.put(GOLD, gold);
        genesis = FirstGenesis.of(
                "audit-test", 1_000, allocations, assets, key("treasury").identity(), List.of());
    }

    static SigningKey key(String name) {
        return Ed25519Key.ofSeed(Hash.digest(name).toArray());
    }

    ProcessId account(SigningKey key) {
        return ProcessId.owned(Kind.ACCOUNT, genesis.networkId(), key.identity().address());
    }

    /** Signs, records, and leaves what it sends under way; the recorded entry. */
    SealedEntry submit(SigningKey key, ProcessId target, Command command) {
        Host<?, ?, ?> host = host(target);
        long nonce = Kernel.lastNonce(host.state, key.identity()) + 1;
        var message = MessageCodec.sign(key, genesis.networkId(), target, command, nonce, nowMillis + 60_000);
        var parsed = (MessageCodec.Accepted) MessageCodec.parse(message.raw(), genesis.networkId());
        return host.take(parsed.input());
    }

    /** Delivers everything that is under way, and what that sends. */
    void settle() {
        while (!underWay.isEmpty()) {
            Undelivered next = underWay.removeFirst();
            host(next.receiver()).take(next.message());
        }
    }

    /** Lets time pass and each process log the deadlines that fell due. */
    void pass(long millis) {
        nowMillis += millis;
        for (Host<?, ?, ?> host : List.copyOf(hosts.values())) {
            host.tick();
        }
        settle();
    }

    List<SealedEntry> log(ProcessId process) {
        return host(process).log;
    }

    private Host<?, ?, ?> host(ProcessId process) {
        return hosts.computeIfAbsent(process, p -> new Host<>(p, KindCodec.of(p.kind())));
    }

    private final class Host<S, C extends Command, E extends Event> {
        private final Kernel<S, C, E> kernel;
        private final List<SealedEntry> log = new ArrayList<>();
        private ProcessState<S> state;

        Host(ProcessId process, KindCodec<S, C, E> kind) {
            kernel = kind.kernel(genesis, new ConstitutionGuard());
            state = kernel.initial(process);
        }

        SealedEntry take(Input input) {
            while (true) {
                Outcome outcome = kernel.decide(state, input, nowMillis, 1);
                if (outcome instanceof Outcome.TickFirst first) {
                    take(first.tick());
                } else if (outcome instanceof Outcome.Record record) {
                    return record(record.draft());
                } else {
                    throw new AssertionError(state.id() + " answers " + outcome + " to " + input);
                }
            }
        }

        void tick() {
            var due = kernel.deadlineMillis(state);
            if (due.isPresent() && due.getAsLong() <= nowMillis) {
                take(new Input.Tick(due.getAsLong()));
            }
        }

        private SealedEntry record(Draft draft) {
            SealedEntry entry = EntryCodec.seal(state.id(), draft, state.head());
            log.add(entry);
            state = kernel.evolve(state, draft, entry.hash());
            List<Parcel> outbox = draft.outbox();
            for (int index = 0; index < outbox.size(); index++) {
                Parcel parcel = outbox.get(index);
                underWay.add(new Undelivered(
                        parcel.receiver(),
                        new Input.FromProcess(
                                state.id(), draft.slot(), index, entry.hash(), parcel.sequence(), parcel.payload())));
            }
            return entry;
        }
    }

    @Override
    public String genesisJson() {
        return GenesisCodec.toJson(genesis);
    }

    @Override
    public List<ProcessId> processes() {
        return List.copyOf(hosts.keySet());
    }

    @Override
    public List<Bytes> entries(ProcessId process, long fromSlot) {
        return hosts.containsKey(process)
                ? host(process).log.stream()
                        .skip(fromSlot)
                        .map(SealedEntry::stored)
                        .toList()
                : List.of();
    }

    @Override
    public Optional<byte[]> blob(BlobId id) {
        return Optional.ofNullable(blobs.get(id));
    }
}
