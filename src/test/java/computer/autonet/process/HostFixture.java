package computer.autonet.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.base.Bytes;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.codec.StateCodec;
import computer.autonet.port.Fencing;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;

/** One process's host without a cluster: time, lease, other processes and the journal in the test's hands. */
final class HostFixture implements AutoCloseable {
    static final String LEASE = "test-lease";
    static final long START = 1_800_000_000_000L;

    /** For a test that counts messages: none is sent twice because the machine is slow. */
    static final String NO_RESENDING = "autonet.process { resend-min = 1h, resend-max = 1h }";

    /** A request that the process under test sent to another. */
    record Sent(ProcessId receiver, Request.Wire request) {}

    static final class Hand implements InstantSource, Fencing {
        volatile long millis = START;
        volatile long epoch = 1;
        volatile boolean held = true;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public long epoch(String leaseName) {
            return epoch;
        }

        @Override
        public boolean held(String leaseName) {
            return held;
        }
    }

    final Hand hand = new Hand();
    final ActorTestKit kit;
    final PersistenceTestKit journal;
    final SnapshotTestKit snapshots;
    final TestProbe<Sent> sent;
    final TestProbe<ShardCommand> shard;
    final TestProbe<Answer> answers;
    final HostSettings settings;
    private final Host host;

    HostFixture() {
        this("", Runnable::run);
    }

    HostFixture(String overrides, Executor verifierThreads) {
        Config config = ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseString("""
                        pekko.actor.provider = local
                        pekko.actor.testkit.typed.single-expect-default = 10s
                        """))
                .withFallback(PersistenceTestKitPlugin.config())
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(ConfigFactory.parseResourcesAnySyntax("cluster"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        this.kit = ActorTestKit.create("host", config);
        this.journal = PersistenceTestKit.create(kit.system());
        this.snapshots = SnapshotTestKit.create(kit.system());
        this.sent = kit.createTestProbe();
        this.shard = kit.createTestProbe();
        this.answers = kit.createTestProbe();
        this.settings = HostSettings.from(config);
        this.host = new Host(
                People.GENESIS,
                new ConstitutionGuard(),
                hand,
                hand,
                new Verifier(People.GENESIS, verifierThreads, settings.maxVerifying()),
                (receiver, request) -> sent.getRef().tell(new Sent(receiver, request)),
                settings);
    }

    ActorRef<Request> start(ProcessId id, HostedKind kind) {
        return kit.spawn(Placement.of(id, LEASE, shard.getRef(), host, kind.maker()));
    }

    /** As a crash does it: at once, without a word. */
    void kill(ActorRef<Request> process) {
        kit.stop(process, Duration.ofSeconds(10));
    }

    Answer submit(ActorRef<Request> process, Bytes message) {
        process.tell(new Request.Submit(message, answers.getRef()));
        return answers.receiveMessage(Duration.ofSeconds(10));
    }

    ProcessView state(ActorRef<Request> process) {
        process.tell(new Request.Query(Bytes.EMPTY, answers.getRef()));
        return answers.expectMessageClass(Answer.Told.class, Duration.ofSeconds(10))
                .view();
    }

    /** The account that a view tells. */
    static AccountState account(ProcessView view) {
        return (AccountState) KindCodec.of(Kind.ACCOUNT).stateFromProto(StateCodec.domain(Kind.ACCOUNT, view.domain()));
    }

    List<JournalRecord> records(ProcessId id) {
        List<JournalRecord> records = new ArrayList<>();
        journal.persistedInStorage(ProcessActor.persistenceId(id).id())
                .forEach(record -> records.add((JournalRecord) record));
        return records;
    }

    List<SealedEntry> entries(ProcessId id) {
        List<SealedEntry> entries = new ArrayList<>();
        for (JournalRecord record : records(id)) {
            if (record instanceof JournalRecord.Entry entry) {
                entries.add(EntryCodec.read(id, entry.stored()));
            }
        }
        return entries;
    }

    /** The next message to another process. */
    Sent nextDelivery() {
        Sent next = sent.receiveMessage(Duration.ofSeconds(10));
        return next.request() instanceof Request.Deliver ? next : nextDelivery();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
