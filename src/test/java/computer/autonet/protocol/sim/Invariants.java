package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.project.Earning;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectState;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What must hold after every entry of every log. */
final class Invariants {
    private final Map<Asset, BigInteger> issued = new HashMap<>();
    private final Map<Asset, BigInteger> onAccounts = new HashMap<>();
    private final Map<Asset, BigInteger> inFlight = new HashMap<>();
    private final Set<Object> once = new HashSet<>();

    Invariants(Map<Asset, Amount> issued) {
        issued.forEach((asset, amount) -> this.issued.put(asset, amount.units()));
        issued.keySet().forEach(asset -> {
            onAccounts.put(asset, BigInteger.ZERO);
            inFlight.put(asset, BigInteger.ZERO);
        });
    }

    /** An account that begins with an allocation. */
    void opened(Object domain) {
        if (domain instanceof AccountState account) {
            count(onAccounts, account.totals(), 1);
        }
    }

    private static void count(Map<Asset, BigInteger> sums, Map<Asset, Amount> amounts, int sign) {
        amounts.forEach((asset, amount) -> {
            BigInteger units = amount.units().multiply(BigInteger.valueOf(sign));
            sums.merge(asset, units, BigInteger::add);
        });
    }

    Map<Asset, BigInteger> inFlight() {
        return inFlight;
    }

    void afterEntry(
            ProcessState<?> before,
            OptionalLong dueBefore,
            Draft draft,
            Hash hash,
            ProcessState<?> after,
            OptionalLong dueAfter) {
        assertThat(draft.slot()).isEqualTo(before.nextSlot());
        assertThat(after.nextSlot()).isEqualTo(before.nextSlot() + 1);
        assertThat(after.timestampMillis()).isGreaterThanOrEqualTo(before.timestampMillis());
        assertThat(after.head()).isEqualTo(hash);
        assertThat(after.applied().size()).isLessThanOrEqualTo(Kernel.MAX_APPLIED);
        steps(before, draft, after);
        deadlines(dueBefore, draft, dueAfter);
        money(before.domain(), draft, after.domain());
        projects(before.id(), before.domain(), draft, after.domain());
    }

    private void steps(ProcessState<?> before, Draft draft, ProcessState<?> after) {
        ProcessId id = before.id();
        if (draft.input() instanceof Input.Signed signed) {
            assertThat(signed.nonce()).isEqualTo(Kernel.lastNonce(before, signed.sender()) + 1);
            assertThat(Kernel.lastNonce(after, signed.sender())).isEqualTo(signed.nonce());
            onlyOnce("message", id, signed.id());
        } else if (draft.input() instanceof Input.FromProcess from) {
            assertThat(from.sequence()).isEqualTo(before.received().getOrDefault(from.source(), 0L) + 1);
            onlyOnce("parcel", id, from.source(), from.sequence());
            onlyOnce("position", id, from.source(), from.slot(), from.index());
        }
        for (Parcel parcel : draft.outbox()) {
            onlyOnce("sent", id, parcel.receiver(), parcel.sequence());
        }
    }

    private void onlyOnce(Object... what) {
        assertThat(once.add(List.of(what)))
                .as(() -> "happened twice: " + List.of(what))
                .isTrue();
    }

    private static void deadlines(OptionalLong before, Draft draft, OptionalLong after) {
        if (draft.extendedMillis() > 0) {
            assertThat(draft.events()).isEmpty();
            assertThat(after.orElseThrow()).isEqualTo(before.orElseThrow() + draft.extendedMillis());
            assertThat(after.getAsLong())
                    .as("after an outage a participant has time to act")
                    .isGreaterThanOrEqualTo(draft.timestampMillis() + Kernel.TICK_GRACE_MILLIS);
        } else if (after.isPresent() && !after.equals(before)) {
            assertThat(after.getAsLong()).isGreaterThan(draft.timestampMillis());
        }
    }

    private void money(Object before, Draft draft, Object after) {
        if (draft.input() instanceof Input.FromProcess from) {
            count(inFlight, carried(from.payload()), -1);
        }
        for (Parcel parcel : draft.outbox()) {
            count(inFlight, carried(parcel.payload()), 1);
        }
        if (before instanceof AccountState a && after instanceof AccountState b) {
            count(onAccounts, a.totals(), -1);
            count(onAccounts, b.totals(), 1);
            for (Event event : draft.events()) {
                if (event instanceof AccountEvent.Settled settled) {
                    onlyOnce("settled", settled.reference());
                } else if (event instanceof AccountEvent.Held held) {
                    onlyOnce("held", held.reference());
                }
            }
        }
        assertThat(onAccounts.keySet()).as("no asset from nowhere").isEqualTo(issued.keySet());
        assertThat(inFlight.keySet()).as("no asset from nowhere").isEqualTo(issued.keySet());
        issued.forEach((asset, units) -> {
            assertThat(onAccounts.get(asset).add(inFlight.get(asset)))
                    .as("issued = accounts + in flight, of asset %s", asset)
                    .isEqualTo(units);
            assertThat(inFlight.get(asset).signum()).isNotNegative();
        });
    }

    private static Map<Asset, Amount> carried(Payload payload) {
        var command = payload instanceof Payload.Ask ask ? ask.command() : ((Payload.Bounce) payload).command();
        return command instanceof AccountCommand.Credit credit ? Map.of(credit.asset(), credit.amount()) : Map.of();
    }

    private void projects(ProcessId id, Object before, Draft draft, Object after) {
        for (Event event : draft.events()) {
            if (event instanceof ProjectEvent.RoundOpened opened) {
                onlyOnce("attempt", id, opened.round(), opened.attempt());
            } else if (event instanceof ProjectEvent.TruthSpent spent) {
                onlyOnce("truth", id, spent.truth());
            } else if (event instanceof ProjectEvent.AttemptEnded ended) {
                onlyOnce("ended", id, ended.summary().reference());
                if (ended.summary().model().isPresent()) {
                    onlyOnce("paid", id, ended.summary().round());
                }
                BigInteger paid = BigInteger.ZERO;
                for (Earning earning : ended.earnings()) {
                    paid = paid.add(earning.amount().units());
                }
                var terms = ((ProjectState.Founded) before).terms();
                assertThat(paid).isLessThanOrEqualTo(terms.reward().units());
            }
        }
        if (before instanceof ProjectState.Founded a && after instanceof ProjectState.Founded b) {
            assertThat(b.round()).isGreaterThanOrEqualTo(a.round());
            assertThat(b.models().size()).isEqualTo(b.round() - 1);
            assertThat(b.truths().size()).isLessThanOrEqualTo(ProjectState.Founded.MAX_TRUTHS);
        }
    }
}
