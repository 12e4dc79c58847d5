package computer.autonet.audit;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CorruptEntryException;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.codec.StateCodec;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.ProcessState;
import java.util.List;

/** Replays one log from its inputs. */
final class Replay {
    private Replay() {}

    /** What does not hold, and where. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Broken(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** The state root after a log that is known to hold. */
    static Hash rootOf(Genesis genesis, ProcessId process, List<SealedEntry> log) {
        return StateCodec.root(evolve(genesis, process, log, KindCodec.of(process.kind())));
    }

    private static <S, C extends Command, E extends Event> ProcessState<S> evolve(
            Genesis genesis, ProcessId process, List<SealedEntry> log, KindCodec<S, C, E> kind) {
        Kernel<S, C, E> kernel = kind.kernel(genesis, new ConstitutionGuard());
        ProcessState<S> state = kernel.initial(process);
        for (SealedEntry entry : log) {
            state = kernel.evolve(state, entry.draft(), entry.hash());
        }
        return state;
    }

    /**
     * Judges every input of a log again and compares (AUDIT-03). What other processes sent is taken as it stands here;
     * {@link #sent} compares it with their logs.
     *
     * @throws Broken at the first entry that does not hold
     */
    static ProcessState<?> check(Genesis genesis, ProcessId process, List<SealedEntry> log) throws Broken {
        return check(genesis, process, log, KindCodec.of(process.kind()));
    }

    private static <S, C extends Command, E extends Event> ProcessState<S> check(
            Genesis genesis, ProcessId process, List<SealedEntry> log, KindCodec<S, C, E> kind) throws Broken {
        Kernel<S, C, E> kernel = kind.kernel(genesis, new ConstitutionGuard());
        ProcessState<S> state = kernel.initial(process);
        for (SealedEntry entry : log) {
            Draft draft = entry.draft();
            if (draft.slot() != state.nextSlot()) {
                throw broken(process, state.nextSlot(), "the log goes on with slot " + draft.slot());
            }
            // PROC-14
            if (draft.versions().isPresent() && !draft.versions().get().equals(state.versions())) {
                throw broken(
                        process,
                        draft.slot(),
                        "the log begins under " + draft.versions().get() + ", genesis is under " + state.versions());
            }
            if (!entry.previous().equals(state.head())) {
                throw broken(process, draft.slot(), "the hash chain is broken: previous is not the entry before");
            }
            if (draft.timestampMillis() < state.timestampMillis() || draft.epoch() < state.epoch()) {
                throw broken(process, draft.slot(), "time or epoch goes back");
            }
            if (draft.input() instanceof Input.Signed signed) {
                checkMessage(genesis, process, draft.slot(), signed);
            }
            try {
                checkDecision(
                        process, entry, kernel.decide(state, draft.input(), draft.timestampMillis(), draft.epoch()));
                state = kernel.evolve(state, draft, entry.hash());
            } catch (RuntimeException e) {
                // Rules trust their host to pass only what can be; a forged log is not bound by that.
                throw broken(process, draft.slot(), "the rules cannot judge this input: " + e);
            }
        }
        return state;
    }

    private static void checkMessage(Genesis genesis, ProcessId process, long slot, Input.Signed signed) throws Broken {
        if (!(MessageCodec.parse(signed.raw(), genesis.networkId()) instanceof MessageCodec.Accepted accepted)) {
            throw broken(process, slot, "the input is no message for this network");
        }
        if (!accepted.target().equals(process)) {
            throw broken(process, slot, "the message is for " + accepted.target());
        }
        if (!accepted.message().signatureValid()) {
            throw broken(process, slot, "the signature of message " + signed.id() + " does not hold");
        }
    }

    /** Whether an entry sent {@code received} to {@code receiver} (AUDIT-04). */
    static boolean sent(SealedEntry source, ProcessId receiver, Input.FromProcess received) {
        List<Parcel> outbox = source.draft().outbox();
        if (!source.hash().equals(received.entryHash()) || received.index() < 0 || received.index() >= outbox.size()) {
            return false;
        }
        Parcel parcel = outbox.get(received.index());
        return parcel.receiver().equals(receiver)
                && parcel.sequence() == received.sequence()
                && parcel.payload().equals(received.payload());
    }

    private static void checkDecision(ProcessId process, SealedEntry entry, Outcome outcome) throws Broken {
        Draft draft = entry.draft();
        if (!(outcome instanceof Outcome.Record record)) {
            throw broken(process, draft.slot(), "the rules do not record this input: " + outcome);
        }
        if (!record.draft().equals(draft)) {
            throw broken(
                    process,
                    draft.slot(),
                    "the rules decide otherwise: " + record.draft().events() + " and "
                            + record.draft().outbox().size() + " messages out");
        }
        try {
            SealedEntry again = EntryCodec.seal(process, record.draft(), entry.previous());
            if (!again.stored().equals(entry.stored())) {
                throw broken(process, draft.slot(), "the stored bytes are not the canonical ones");
            }
        } catch (CorruptEntryException e) {
            throw broken(process, draft.slot(), String.valueOf(e.getMessage()));
        }
    }

    private static Broken broken(ProcessId process, long slot, String what) {
        return new Broken(new Problem(process.toString(), slot, what));
    }
}
