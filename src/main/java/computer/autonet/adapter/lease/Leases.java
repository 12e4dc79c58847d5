package computer.autonet.adapter.lease;

import computer.autonet.adapter.journal.EventLog;
import computer.autonet.port.Fencing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionId;
import org.apache.pekko.actor.ExtensionIdProvider;

/** The leases of an actor system, by name: what the process host asks before it writes. */
public final class Leases implements Extension, Fencing {
    private static final Id ID = new Id();

    /** Names this life of this process, so that a restarted one is another holder. */
    private final String life = UUID.randomUUID().toString();

    private final ConcurrentHashMap<String, ConcurrentHashMap<String, LeaseKeeper>> keepers = new ConcurrentHashMap<>();
    private final LeaseTime time;
    private final ConcurrentHashMap<String, LeaseStore> stores = new ConcurrentHashMap<>();

    private Leases(ExtendedActorSystem system) {
        SteadyClock clock = new SteadyClock(System::nanoTime, InstantSource.system());
        this.time = new LeaseTime() {
            @Override
            public long now() {
                return clock.now();
            }

            @Override
            public void after(Duration delay, Runnable action) {
                system.scheduler().scheduleOnce(delay, action, system.dispatcher());
            }
        };
    }

    public static Leases get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** What follows an owner's name in the name of a holder. */
    String life() {
        return life;
    }

    @Override
    public long epoch(String leaseName) {
        return keepers(leaseName).mapToLong(LeaseKeeper::epoch).max().orElse(0);
    }

    @Override
    public boolean held(String leaseName) {
        return keepers(leaseName).anyMatch(LeaseKeeper::held);
    }

    private Stream<LeaseKeeper> keepers(String lease) {
        Map<String, LeaseKeeper> byOwner = keepers.get(lease);
        return byOwner == null ? Stream.empty() : byOwner.values().stream();
    }

    /** The one keeper of a lease for an owner in this system. Bounded by the number of shards. */
    LeaseKeeper keeper(String lease, String owner, LeaseStore store, LeaseTiming timing) {
        return keepers.computeIfAbsent(lease, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        owner,
                        name -> new LeaseKeeper(
                                lease, name + CassandraLeaseStore.OWNER_END + life, store, time, timing));
    }

    /** The one store of this system's embedded leases. */
    LeaseStore embedded(EventLog log) {
        return stored("embedded", () -> new EmbeddedLeaseStore(log, System::nanoTime));
    }

    /** What all leases share that are kept under one name, however many there are. */
    @SuppressWarnings("unchecked")
    <S extends LeaseStore> S stored(String where, Supplier<S> made) {
        return (S) stores.computeIfAbsent(where, any -> made.get());
    }

    private static final class Id extends AbstractExtensionId<Leases> implements ExtensionIdProvider {
        @Override
        public Leases createExtension(ExtendedActorSystem system) {
            return new Leases(system);
        }

        @Override
        public ExtensionId<? extends Extension> lookup() {
            return this;
        }

        @Override
        public Leases get(ClassicActorSystemProvider system) {
            return super.get(system);
        }

        @Override
        public Leases get(ActorSystem system) {
            return super.get(system);
        }
    }
}
