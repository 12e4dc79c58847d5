package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.entity.Entities;
import computer.autonet.entity.account.AccountActor;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node: sharding, leases, journal, delivery between processes, recovery. */
class OneNodeTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path directory;

    @Test
    void host04MoneyArrivesOnceAndOutlivesTheNode() {
        Bytes message = People.transfer(ALICE, BOB, "250", 1, CLOCK.millis());
        Reply first;
        try (var node = new TestNode(directory, CLOCK, "")) {
            first = await(node.processes.submit(message));
            assertThat(first).isInstanceOf(Reply.Accepted.class);
            assertThat(await(node.processes.submit(message))).isEqualTo(first);
            awaitEntries(node, People.account(BOB), 1);
        }
        try (var node = new TestNode(directory, CLOCK, "")) {
            assertThat(await(node.processes.submit(message))).isEqualTo(first);
            assertThat(balance(node, People.account(ALICE))).isEqualTo(Amount.parseTokens("750"));
            assertThat(balance(node, People.account(BOB))).isEqualTo(Amount.parseTokens("250"));
            var used =
                    (Reply.Refused) await(node.processes.submit(People.transfer(ALICE, BOB, "1", 1, CLOCK.millis())));
            assertThat(used.refusal().code()).isEqualTo(Code.NONCE_USED);
            assertThat(await(node.processes.processIds().runWith(Sink.seq(), node.system)))
                    .containsExactlyInAnyOrder(People.account(ALICE), People.account(BOB));
        }
    }

    @Test
    void host07WhatIsOwedIsTakenUpByTheNextNodeUnasked() {
        var nowhere = new ProcessId(Kind.PROJECT, Hash.digest("never founded"));
        var stake = new AccountCommand.Stake(nowhere, Role.SOLVER, Amount.parseTokens("60"));
        try (var node = new TestNode(directory, CLOCK, "", List.of(AccountActor.KIND), Optional.empty())) {
            // No project is hosted yet, so nobody takes the message.
            assertThat(await(
                            node.processes.submit(People.sign(ALICE, People.account(ALICE), stake, 1, CLOCK.millis()))))
                    .isInstanceOf(Reply.Accepted.class);
        }
        try (var node = new TestNode(directory, CLOCK, "")) {
            TestProbe<Object> waiting = TestProbe.create(node.system);
            waiting.awaitAssert(Duration.ofSeconds(30), Duration.ofMillis(200), () -> {
                // Reading the journal wakes nobody.
                assertThat(await(
                                node.processes.entries(People.account(ALICE), 0).runWith(Sink.seq(), node.system)))
                        .hasSize(2);
                return true;
            });
        }
    }

    @Test
    void host14RequestsAndAnswersTravelBetweenNodes(@TempDir Path other) {
        try (var host = new TestNode(directory, CLOCK, "");
                var door =
                        new TestNode(other, CLOCK, "pekko.cluster.roles = [door]", Entities.ALL, Optional.of(host))) {
            Bytes message = People.transfer(ALICE, BOB, "250", 1, CLOCK.millis());
            Reply reply = await(door.processes.submit(message));
            assertThat(reply).isInstanceOf(Reply.Accepted.class);
            assertThat(await(host.processes.submit(message))).isEqualTo(reply);
            Optional<Identity> alice = Optional.of(ALICE.identity());
            ProcessView told = await(door.processes.query(People.account(ALICE), alice));
            assertThat(told).isEqualTo(await(host.processes.query(People.account(ALICE), alice)));
            assertThat(told.nextNonce()).isEqualTo(2);
            var refused =
                    (Reply.Refused) await(door.processes.submit(People.transfer(ALICE, BOB, "1", 9, CLOCK.millis())));
            assertThat(refused.refusal().code()).isEqualTo(Code.NONCE_GAP);
            assertThat(await(host.processes.entries(People.account(ALICE), 0).runWith(Sink.seq(), host.system)))
                    .hasSize(1);
            assertThat(await(door.processes.processIds().runWith(Sink.seq(), door.system)))
                    .isEmpty();
        }
    }

    private static Amount balance(TestNode node, ProcessId account) {
        return HostFixture.account(await(node.processes.query(account, Optional.empty())))
                .balance();
    }

    /** The first entries of a process, as a watcher gets them. */
    private static List<Bytes> awaitEntries(TestNode node, ProcessId process, int count) {
        List<Bytes> entries = await(node.processes.watch(process, 0).take(count).runWith(Sink.seq(), node.system));
        for (int slot = 0; slot < count; slot++) {
            assertThat(EntryCodec.read(process, entries.get(slot)).draft().slot())
                    .isEqualTo(slot);
        }
        return entries;
    }
}
