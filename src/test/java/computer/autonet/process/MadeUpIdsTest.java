package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.solver.SolverCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers ask for processes that nobody ever wrote to: they are answered, and leave nothing behind. */
class MadeUpIdsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int QUESTIONS = 10_000;

    /** Less than a node takes at once. */
    private static final int AT_ONCE = 500;

    /** However long the questions take, who was hosted before them still is. */
    private static final String STAYING = "autonet.process.idle-timeout = 10m";

    private static final List<Kind> KINDS = List.of(Kind.values());

    @TempDir
    Path directory;

    private static ProcessId madeUp(int number) {
        return new ProcessId(KINDS.get(number % KINDS.size()), Hash.digest("made up " + number));
    }

    /** Of every id in the journal, the sharding's own lists of what it remembers included, how many events there are. */
    private static Map<String, Integer> journal(TestNode node) {
        var journal = PersistenceQuery.get(node.system)
                .getReadJournalFor(
                        ReadJournal.class, node.system.settings().config().getString(ReadLog.PLUGIN));
        Map<String, Integer> events = new TreeMap<>();
        for (String id : await(
                ((CurrentPersistenceIdsQuery) journal).currentPersistenceIds().runWith(Sink.seq(), node.system))) {
            events.put(
                    id,
                    await(((CurrentEventsByPersistenceIdQuery) journal)
                                    .currentEventsByPersistenceId(id, 0, Long.MAX_VALUE)
                                    .runWith(Sink.seq(), node.system))
                            .size());
        }
        return events;
    }

    private static void pay(TestNode node) {
        assertThat(await(node.processes.submit(People.transfer(ALICE, BOB, "250", 1, CLOCK.millis()))))
                .isInstanceOf(Reply.Accepted.class);
        // The last record of a payment is the payer's mark that it was delivered.
        TestProbe.<Object>create(node.system).awaitAssert(PATIENCE, Duration.ofMillis(50), () -> {
            String payer = ProcessActor.persistenceId(People.account(ALICE)).id();
            assertThat(journal(node)).containsEntry(payer, 2);
            return true;
        });
    }

    @Test
    void host15TenThousandQuestionsForMadeUpIdsAreAnsweredAndHostAndRememberNothing() {
        try (var node = new TestNode(directory, CLOCK, STAYING)) {
            pay(node);
            Map<String, Integer> before = journal(node);
            int hosted = node.regions.hosted(node.system, PATIENCE);
            assertThat(hosted).isEqualTo(2);
            for (int first = 0; first < QUESTIONS; first += AT_ONCE) {
                List<CompletionStage<ProcessView>> answers = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    answers.add(node.processes.query(madeUp(first + i), Optional.empty()));
                }
                answers.forEach(answer -> assertThat(await(answer).nextSlot()).isZero());
            }
            assertThat(node.regions.hosted(node.system, PATIENCE)).isEqualTo(hosted);
            assertThat(journal(node)).isEqualTo(before);
        }
    }

    @Test
    void host15RefusedMessagesAndWatchersOfMadeUpIdsHostAndRememberNothing() {
        try (var node = new TestNode(directory, CLOCK, STAYING)) {
            pay(node);
            Map<String, Integer> before = journal(node);
            for (int i = 0; i < 50; i++) {
                var stranger = People.key("stranger " + i);
                var penniless = (Reply.Refused)
                        await(node.processes.submit(People.transfer(stranger, BOB, "1", 1, CLOCK.millis())));
                assertThat(penniless.refusal().code()).isEqualTo(Code.INSUFFICIENT_FUNDS);
                var gap = (Reply.Refused)
                        await(node.processes.submit(People.transfer(stranger, BOB, "1", 2, CLOCK.millis())));
                assertThat(gap.refusal().code()).isEqualTo(Code.NONCE_GAP);
                UniqueKillSwitch watcher = node.processes
                        .watch(madeUp(i), 0)
                        .viaMat(KillSwitches.single(), Keep.right())
                        .to(Sink.ignore())
                        .run(node.system);
                await(node.processes.query(madeUp(i), Optional.empty()));
                watcher.shutdown();
            }
            assertThat(node.regions.hosted(node.system, PATIENCE)).isEqualTo(2);
            assertThat(journal(node)).isEqualTo(before);
        }
    }

    /** HOST-03: the rules alone would accept it, and a host that got it would be remembered. */
    @Test
    void host15AFirstMessageWithABadSignatureIsRefusedBeforeAnythingBegins() {
        try (var node = new TestNode(directory, CLOCK, "")) {
            pay(node);
            Map<String, Integer> before = journal(node);
            var stranger = People.key("stranger");
            var solver = ProcessId.owned(
                    Kind.SOLVER, People.GENESIS.networkId(), stranger.identity().address());
            byte[] forged = People.sign(stranger, solver, new SolverCommand.Declare(2, List.of()), 1, CLOCK.millis())
                    .toArray();
            forged[10] ^= 1;
            var refused = (Reply.Refused) await(node.processes.submit(Bytes.of(forged)));
            assertThat(refused.refusal().code()).isEqualTo(Code.BAD_SIGNATURE);
            assertThat(node.regions.hosted(node.system, PATIENCE)).isEqualTo(2);
            assertThat(journal(node)).isEqualTo(before);
        }
    }

    @Test
    void host15WhatIsRecordedBeginsAProcessWhichIsThenAskedItself() {
        // So few are known at a time that the journal is asked again and again.
        try (var node = new TestNode(directory, CLOCK, "autonet.process.max-begun = 1")) {
            var solver = ProcessId.owned(
                    Kind.SOLVER, People.GENESIS.networkId(), BOB.identity().address());
            var heard = node.processes.watch(solver, 0).runWith(Sink.head(), node.system);
            assertThat(await(node.processes.query(solver, Optional.empty())).nextSlot())
                    .isZero();
            assertThat(await(node.processes.submit(
                            People.sign(BOB, solver, new SolverCommand.Declare(2, List.of()), 1, CLOCK.millis()))))
                    .isInstanceOf(Reply.Accepted.class);
            await(heard);
            pay(node);
            assertThat(await(node.processes.query(solver, Optional.empty())).nextSlot())
                    .isEqualTo(1);
            assertThat(HostFixture.account(await(node.processes.query(People.account(ALICE), Optional.empty())))
                            .balance())
                    .isEqualTo(Amount.parseTokens("750"));
            assertThat(await(node.processes.submit(People.sign(
                            ALICE,
                            People.account(ALICE),
                            new AccountCommand.Transfer(BOB.identity().address(), Amount.parseTokens("1")),
                            2,
                            CLOCK.millis()))))
                    .isInstanceOf(Reply.Accepted.class);
        }
    }
}
