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
import java.util.Optional;
import java.util.function.Function;

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
     * Judges every input again and compares (AUDIT-03).
     *
     * @param sources finds the entry of another log by process and slot
     * @throws Broken at the first entry that does not hold
     */
    static ProcessState<?> check(
            Genesis genesis, ProcessId process, List<SealedEntry> log, Function<Place, Optional<SealedEntry>> sources)
            throws Broken {
        return check(genesis, process, log, sources, KindCodec.of(process.kind()));
    }

    private static <S, C extends Command, E extends Event> ProcessState<S> check(
            Genesis genesis,
            ProcessId process,
            List<SealedEntry> log,
            Function<Place, Optional<SealedEntry>> sources,
            KindCodec<S, C, E> kind)
            throws Broken {
        Kernel<S, C, E> kernel = kind.kernel(genesis, new ConstitutionGuard());
        ProcessState<S> state = kernel.initial(process);
        for (SealedEntry entry : log) {
            Draft draft = entry.draft();
            if (draft.slot() != state.nextSlot()) {
                throw broken(process, state.nextSlot(), "the log goes on with slot " + draft.slot());
            }
            if (!entry.previous().equals(state.head())) {
                throw broken(process, draft.slot(), "the hash chain is broken: previous is not the entry before");
            }
            if (draft.timestampMillis() < state.timestampMillis() || draft.epoch() < state.epoch()) {
                throw broken(process, draft.slot(), "time or epoch goes back");
            }
            checkInput(genesis, process, draft, sources);
            checkDecision(process, entry, kernel.decide(state, draft.input(), draft.timestampMillis(), draft.epoch()));
            state = kernel.evolve(state, draft, entry.hash());
        }
        return state;
    }

    private static void checkInput(
            Genesis genesis, ProcessId process, Draft draft, Function<Place, Optional<SealedEntry>> sources)
            throws Broken {
        if (draft.input() instanceof Input.Signed signed) {
            if (!(MessageCodec.parse(signed.raw(), genesis.networkId()) instanceof MessageCodec.Accepted accepted)) {
                throw broken(process, draft.slot(), "the input is no message for this network");
            }
            if (!accepted.target().equals(process)) {
                throw broken(process, draft.slot(), "the message is for " + accepted.target());
            }
            if (!accepted.message().signatureValid()) {
                throw broken(process, draft.slot(), "the signature of message " + signed.id() + " does not hold");
            }
        } else if (draft.input() instanceof Input.FromProcess from) {
            Parcel parcel = sources.apply(new Place(from.source(), from.slot()))
                    .filter(source -> source.hash().equals(from.entryHash()))
                    .filter(source -> from.index() < source.draft().outbox().size())
                    .map(source -> source.draft().outbox().get(from.index()))
                    .orElse(null);
            if (parcel == null
                    || !parcel.receiver().equals(process)
                    || parcel.sequence() != from.sequence()
                    || !parcel.payload().equals(from.payload())) {
                throw broken(
                        process,
                        draft.slot(),
                        "entry " + from.slot() + " of " + from.source() + " did not send what was received");
            }
        }
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

    /** One entry of one log. */
    record Place(ProcessId process, long slot) {}
}
