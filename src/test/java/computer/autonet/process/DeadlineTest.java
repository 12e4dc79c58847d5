package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.PayloadCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.entity.aggregator.AggregatorActor;
import computer.autonet.protocol.aggregator.AggregationTerms;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.aggregator.AggregatorEvent;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.project.Recipe;
import computer.autonet.protocol.task.Seat;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Deadlines: an aggregator that is silent for a minute loses its turn, unless its host was away. */
class DeadlineTest {
    private static final long TURN_MILLIS = 60_000;
    private static final ProcessId PROJECT = new ProcessId(Kind.PROJECT, Hash.digest("a project"));
    private static final ProcessId TASK = new ProcessId(Kind.TASK, Hash.digest("a task"));
    private static final ProcessId SELF = ProcessId.owned(Kind.AGGREGATOR, People.GENESIS.networkId(), PROJECT.hash());

    private static ActorRef<Request> withJob(HostFixture host) {
        ActorRef<Request> aggregator = host.start(SELF, AggregatorActor.KIND);
        var terms = new AggregationTerms(
                PROJECT,
                TASK,
                Hash.digest("a round"),
                1,
                new Recipe("mlp", 8, 8, 10, 7, 10, 16, 1_000),
                List.of(),
                List.of(new Seat(ALICE.identity(), Amount.ofTokens(500), Tables.empty())),
                List.of(ALICE.identity(), BOB.identity()),
                TURN_MILLIS);
        TestProbe<Request> source = host.kit.createTestProbe();
        aggregator.tell(new Request.Deliver(
                PayloadCodec.encode(new Input.FromProcess(
                        PROJECT,
                        0,
                        0,
                        Hash.digest("the project's entry"),
                        1,
                        new Payload.Ask(new AggregatorCommand.Aggregate(terms)))),
                source.getRef()));
        source.expectMessage(Duration.ofSeconds(10), new Request.Acknowledged(SELF.toString(), 1));
        return aggregator;
    }

    /** The entries once there are as many. */
    private static List<SealedEntry> entries(HostFixture host, int count) {
        TestProbe<Object> waiting = host.kit.createTestProbe();
        return waiting.awaitAssert(Duration.ofSeconds(10), () -> {
            List<SealedEntry> entries = host.entries(SELF);
            assertThat(entries).hasSizeGreaterThanOrEqualTo(count);
            return entries;
        });
    }

    @Test
    void host08ADeadlineThatPassedUnseenIsRecordedBeforeTheInputThatComesAfter() {
        try (var host = new HostFixture()) {
            ActorRef<Request> aggregator = withJob(host);
            host.hand.millis += TURN_MILLIS + 500;
            // The timer is still a minute of real time away; the input shows that the deadline has passed.
            var late = (Answer.Refused) host.submit(
                    aggregator,
                    People.sign(
                            ALICE,
                            SELF,
                            new AggregatorCommand.Submit(Hash.digest("a round"), new BlobId(Hash.digest("model"))),
                            1,
                            host.hand.millis));
            assertThat(late.code()).isNotEqualTo("FULL");
            List<SealedEntry> entries = host.entries(SELF);
            assertThat(entries).hasSize(2);
            assertThat(entries.get(1).draft().input()).isEqualTo(new Input.Tick(HostFixture.START + TURN_MILLIS));
            assertThat(entries.get(1).draft().events().get(0)).isInstanceOf(AggregatorEvent.TurnPassed.class);
        }
    }

    @Test
    void host02DueTickAndInputAreTwoEntriesOfOneWrite() {
        try (var host = new HostFixture()) {
            ActorRef<Request> aggregator = withJob(host);
            host.hand.millis += TURN_MILLIS + 500;
            // Only the next in turn, whom the tick names, may submit.
            Answer answer = host.submit(
                    aggregator,
                    People.sign(
                            BOB,
                            SELF,
                            new AggregatorCommand.Submit(Hash.digest("a round"), new BlobId(Hash.digest("model"))),
                            1,
                            host.hand.millis));
            assertThat(((Answer.Receipted) answer).slot()).isEqualTo(2);
            List<SealedEntry> entries = host.entries(SELF);
            assertThat(entries).hasSize(3);
            assertThat(entries.get(2).previous()).isEqualTo(entries.get(1).hash());
            assertThat(entries.get(1).draft().input()).isInstanceOf(Input.Tick.class);
            assertThat(entries.get(2).draft().input()).isInstanceOf(Input.Signed.class);
        }
    }

    @Test
    void host08AHostThatWasAwayExtendsTheDeadlineAndThenKeepsIt() {
        try (var host = new HostFixture()) {
            ActorRef<Request> first = withJob(host);
            host.kill(first);
            host.hand.millis += TURN_MILLIS + 3_600_000;
            ActorRef<Request> second = host.start(SELF, AggregatorActor.KIND);
            var away = entries(host, 2).get(1).draft();
            assertThat(away.input()).isEqualTo(new Input.Tick(HostFixture.START + TURN_MILLIS));
            assertThat(away.events()).isEmpty();
            assertThat(away.extendedMillis()).isGreaterThan(3_600_000);
            host.kill(second);

            long deadline = HostFixture.START + TURN_MILLIS + away.extendedMillis();
            host.hand.millis = deadline + 100;
            host.start(SELF, AggregatorActor.KIND);
            var due = entries(host, 3).get(2).draft();
            assertThat(due.input()).isEqualTo(new Input.Tick(deadline));
            assertThat(due.extendedMillis()).isZero();
            assertThat(due.events().get(0)).isInstanceOf(AggregatorEvent.TurnPassed.class);
        }
    }

    @Test
    void host08ADeadlineFiresByItself() {
        try (var host = new HostFixture()) {
            ActorRef<Request> first = withJob(host);
            host.kill(first);
            host.hand.millis = HostFixture.START + TURN_MILLIS - 50;
            host.start(SELF, AggregatorActor.KIND);
            TestProbe<Object> waiting = host.kit.createTestProbe();
            // The clock stands still, so the timer comes early again and again and nothing is recorded.
            waiting.expectNoMessage(Duration.ofMillis(200));
            assertThat(host.entries(SELF)).hasSize(1);
            host.hand.millis = HostFixture.START + TURN_MILLIS;
            assertThat(entries(host, 2).get(1).draft().input()).isInstanceOf(Input.Tick.class);
        }
    }
}
