package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Exports whose entries were changed, dropped, added, forged or decided otherwise. */
class TamperedEntriesTest extends Exported {
    @Test
    void audit03EveryFlippedByteOfALogIsFoundAndNamed() throws IOException {
        for (ProcessId process : List.of(account(0), scene.project)) {
            byte[] whole = Files.readAllBytes(log(process));
            int entry = 0;
            int end = 4 + scene.network.log(process).get(0).stored().size();
            var random = new SplittableRandom(5);
            for (int at = 0; at < whole.length; at++) {
                if (at >= end) {
                    entry++;
                    end += 4 + scene.network.log(process).get(entry).stored().size();
                }
                if (at % 7 != 0 && at > 1_200) {
                    continue;
                }
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(log(process), flipped);
                Problem problem = problem();
                assertThat(problem.process()).as("byte %d", at).isEqualTo(process.toString());
                assertThat(problem.slot()).as("byte %d: %s", at, problem).isBetween((long) entry, (long) entry + 1);
            }
            Files.write(log(process), whole);
        }
    }

    @Test
    void audit03DroppedAddedAndSwappedEntriesAreFoundAndNamed() throws IOException {
        List<Bytes> whole = stored(scene.project);
        for (int i = 0; i < whole.size(); i++) {
            List<Bytes> dropped = new ArrayList<>(whole);
            dropped.remove(i);
            write(scene.project, dropped);
            Problem problem = problem();
            if (i < whole.size() - 1) {
                assertThat(problem).isEqualTo(new Problem(scene.project.toString(), i, problem.what()));
            }

            List<Bytes> added = new ArrayList<>(whole);
            added.add(i, whole.get(i));
            write(scene.project, added);
            assertThat(problem().slot()).isEqualTo(i + 1);
            assertThat(problem().process()).isEqualTo(scene.project.toString());

            if (i > 0) {
                List<Bytes> swapped = new ArrayList<>(whole);
                Collections.swap(swapped, i - 1, i);
                write(scene.project, swapped);
                assertThat(problem().slot()).isEqualTo(i - 1);
                assertThat(problem().process()).isEqualTo(scene.project.toString());
            }
        }
        write(scene.project, stored(account(0)));
        assertThat(problem())
                .isEqualTo(new Problem(scene.project.toString(), 0, problem().what()));
    }

    @Test
    void aLogThatEndsWithinAnEntryOrItsLengthIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(log(account(0)));
        int last = scene.network.log(account(0)).size() - 1;
        for (int cut : List.of(1, 40)) {
            Files.write(log(account(0)), Arrays.copyOf(whole, whole.length - cut));
            assertThat(problem().slot()).isEqualTo(last);
        }
        Files.write(log(account(0)), Arrays.copyOf(whole, whole.length + 3));
        assertThat(problem().slot()).isEqualTo(last + 1);
        Files.write(log(account(0)), new byte[0]);
        assertThat(problem().what()).contains("empty");
    }

    /** The host of a log resigns nothing but re-hashes everything: only the signature can tell. */
    @Test
    void audit03AForgedSignatureIsFound() throws IOException {
        List<SealedEntry> log = scene.network.log(account(0));
        int last = log.size() - 1;
        Draft draft = log.get(last).draft();
        var signed = (Input.Signed) draft.input();
        byte[] raw = signed.raw().toArray();
        raw[10] ^= 1;
        var accepted = (MessageCodec.Accepted) MessageCodec.parse(Bytes.of(raw));
        reseal(account(0), last, with(draft, accepted.input()));
        assertThat(problem()).satisfies(p -> {
            assertThat(p.process()).isEqualTo(account(0).toString());
            assertThat(p.slot()).isEqualTo(last);
            assertThat(p.what()).contains("signature");
        });
    }

    @Test
    void audit03AnotherDecisionThanThatOfTheRulesIsFound() throws IOException {
        int last = scene.network.log(account(0)).size() - 1;
        Draft draft = scene.network.log(account(0)).get(last).draft();
        var sent = new AccountEvent.Sent(scene.keys.get(1).identity().address(), Amount.ofTokens(1), Asset.ATN);
        reseal(
                account(0),
                last,
                new Draft(
                        draft.slot(),
                        draft.epoch(),
                        draft.timestampMillis(),
                        draft.versions(),
                        draft.input(),
                        List.of(sent),
                        Optional.empty(),
                        0,
                        draft.outbox()));
        assertThat(problem())
                .isEqualTo(new Problem(account(0).toString(), last, problem().what()));
        assertThat(problem().what()).contains("decide otherwise");
    }

    private void assertFound(ProcessId process, int slot, String what) {
        Problem problem = problem();
        assertThat(problem).isEqualTo(new Problem(process.toString(), slot, problem.what()));
        assertThat(problem.what()).contains(what);
    }

    @Test
    void audit03TimeOrAnEpochThatGoesBackIsFound() throws IOException {
        List<SealedEntry> log = scene.network.log(account(0));
        int last = log.size() - 1;
        Draft draft = log.get(last).draft();
        Draft before = log.get(last - 1).draft();
        reseal(account(0), last, at(draft, draft.epoch(), before.timestampMillis() - 1));
        assertFound(account(0), last, "time or epoch goes back");
        reseal(account(0), last, at(draft, before.epoch() - 1, draft.timestampMillis()));
        assertFound(account(0), last, "time or epoch goes back");
    }

    /** The same act by the same key with the same nonce, but what it was signed for is another account. */
    @Test
    void audit03AMessageThatIsForAnotherProcessIsFound() throws IOException {
        int last = scene.network.log(account(0)).size() - 1;
        Draft draft = scene.network.log(account(0)).get(last).draft();
        var signed = (Input.Signed) draft.input();
        var astray = MessageCodec.sign(
                scene.keys.get(0),
                scene.network.genesis.networkId(),
                account(1),
                signed.command(),
                signed.nonce(),
                signed.expiresMillis());
        var parsed = (MessageCodec.Accepted) MessageCodec.parse(astray.raw(), scene.network.genesis.networkId());
        reseal(account(0), last, with(draft, parsed.input()));
        assertFound(account(0), last, "the message is for " + account(1));
    }

    @Test
    void audit03ATickThatWasNotDueIsFound() throws IOException {
        var ticked = scene.network.processes().stream()
                .flatMap(process -> scene.network.log(process).stream())
                .filter(entry -> entry.draft().input() instanceof Input.Tick)
                .findFirst()
                .orElseThrow();
        ProcessId process = ticked.process();
        int slot = (int) ticked.draft().slot();
        long due = ((Input.Tick) ticked.draft().input()).dueMillis();
        reseal(process, slot, at(ticked.draft(), ticked.draft().epoch(), due - 1));
        assertFound(process, slot, "the rules do not record this input: Stale");
        reseal(process, slot, with(ticked.draft(), new Input.Tick(due - 1)));
        assertFound(process, slot, "the rules do not record this input: Stale");
        write(process, stored(process));

        // An account has no deadlines at all.
        List<SealedEntry> log = scene.network.log(account(0));
        SealedEntry head = log.get(log.size() - 1);
        long now = head.draft().timestampMillis();
        var tick = new Draft(
                log.size(), 1, now, Optional.empty(), new Input.Tick(now), List.of(), Optional.empty(), 0, List.of());
        List<Bytes> longer = stored(account(0));
        longer.add(EntryCodec.seal(account(0), tick, head.hash()).stored());
        write(account(0), longer);
        assertFound(account(0), log.size(), "the rules do not record this input: Stale");
    }

    /** The last thing that the project was sent is a second stake of one solver, which it returned. */
    @Test
    void audit03AChangedBounceIsFound() throws IOException {
        List<SealedEntry> log = scene.network.log(scene.project);
        int last = log.size() - 1;
        Draft draft = log.get(last).draft();
        Parcel back = draft.outbox().get(0);
        var bounce = (Payload.Bounce) back.payload();
        var other = new Refusal(Code.FULL, "another", "reason");
        var returned =
                List.of(new Parcel(back.receiver(), back.sequence(), new Payload.Bounce(bounce.command(), other)));
        for (Draft lie : List.of(
                bounced(draft, Optional.empty(), List.of()),
                bounced(draft, Optional.empty(), draft.outbox()),
                bounced(draft, draft.bounced(), List.of()),
                bounced(draft, draft.bounced(), returned),
                bounced(draft, Optional.of(other), returned))) {
            reseal(scene.project, last, lie);
            assertFound(scene.project, last, "decide otherwise");
        }
        write(scene.project, stored(scene.project));

        // And at the account that took its stake back: it decides the same whatever the reason was.
        List<SealedEntry> receiver = scene.network.log(account(2));
        int arrived = receiver.size() - 1;
        Draft taken = receiver.get(arrived).draft();
        var from = (Input.FromProcess) taken.input();
        assertThat(from.payload()).isEqualTo(bounce);
        var payload = new Payload.Bounce(bounce.command(), other);
        var changed = new Input.FromProcess(
                from.source(), from.slot(), from.index(), from.entryHash(), from.sequence(), payload);
        reseal(account(2), arrived, with(taken, changed));
        assertFound(account(2), arrived, "entry " + last + " of " + scene.project + " did not send");
    }

    private static Draft under(Draft draft, Versions versions) {
        return new Draft(
                draft.slot(),
                draft.epoch(),
                draft.timestampMillis(),
                Optional.of(versions),
                draft.input(),
                draft.events(),
                draft.bounced(),
                draft.extendedMillis(),
                draft.outbox());
    }

    @Test
    void proc15ALogOfAVersionThatNobodyHereKnowsIsNamedWithTheVersion() throws IOException {
        reseal(account(0), 0, under(scene.network.log(account(0)).get(0).draft(), new Versions(2, 1)));
        assertThat(problem())
                .isEqualTo(new Problem(account(0).toString(), 0, problem().what()));
        assertThat(problem().what()).contains("version 2 of the rules").contains("take a release of Autonet");
    }

    @Test
    void proc15Gen05ANetworkOfAVersionThatNobodyHereKnowsIsNamedWithTheVersion() throws IOException {
        edit("genesis.json", "\"constitutionVersion\": 1", "\"constitutionVersion\": 2");
        assertThat(problem().process()).isEqualTo("genesis.json");
        assertThat(problem().what()).contains("version 2 of the constitution");
    }

    @Test
    void proc14Audit03ALogThatBeginsUnderOtherVersionsThanGenesisIsFound() {
        SealedEntry first = scene.network.log(account(0)).get(0);
        for (Versions other : List.of(new Versions(2, 1), new Versions(1, 2))) {
            SealedEntry changed = EntryCodec.seal(account(0), under(first.draft(), other), first.previous());
            assertThatThrownBy(() -> Replay.check(scene.network.genesis, account(0), List.of(changed)))
                    .isInstanceOf(Replay.Broken.class)
                    .hasMessageContaining("the log begins under " + other)
                    .hasMessageContaining("genesis is under " + Versions.FIRST);
        }
    }

    private static Draft with(Draft draft, Input input) {
        return new Draft(
                draft.slot(),
                draft.epoch(),
                draft.timestampMillis(),
                draft.versions(),
                input,
                draft.events(),
                draft.bounced(),
                draft.extendedMillis(),
                draft.outbox());
    }

    private static Draft at(Draft draft, long epoch, long timestampMillis) {
        return new Draft(
                draft.slot(),
                epoch,
                timestampMillis,
                draft.versions(),
                draft.input(),
                draft.events(),
                draft.bounced(),
                draft.extendedMillis(),
                draft.outbox());
    }

    private static Draft bounced(Draft draft, Optional<Refusal> bounced, List<Parcel> outbox) {
        return new Draft(
                draft.slot(),
                draft.epoch(),
                draft.timestampMillis(),
                draft.versions(),
                draft.input(),
                draft.events(),
                bounced,
                draft.extendedMillis(),
                outbox);
    }
}
