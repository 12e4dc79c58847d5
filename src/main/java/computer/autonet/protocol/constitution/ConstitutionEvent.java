package computer.autonet.protocol.constitution;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.constitution.ConstitutionState.Amendment;
import computer.autonet.protocol.constitution.ConstitutionState.Opinion;
import computer.autonet.protocol.constitution.ConstitutionState.Verdict;
import computer.autonet.protocol.process.Event;

/** What has happened to the constitution. */
public sealed interface ConstitutionEvent extends Event {
    ConstitutionState evolve(ConstitutionState state);

    record AmendmentProposed(long number, Identity author, String title, String text) implements ConstitutionEvent {
        @Override
        public ConstitutionState evolve(ConstitutionState state) {
            var amendment = new Amendment(author, title, text, Tables.empty(), Verdict.OPEN);
            return new ConstitutionState(state.principles(), Tables.with(state.amendments(), number, amendment));
        }
    }

    record OpinionGiven(long amendment, Identity guardian, boolean support, String reason)
            implements ConstitutionEvent {
        @Override
        public ConstitutionState evolve(ConstitutionState state) {
            Amendment a = Tables.at(state.amendments(), amendment);
            var opinions = Tables.with(a.opinions(), guardian, new Opinion(support, reason));
            return new ConstitutionState(
                    state.principles(),
                    Tables.with(
                            state.amendments(),
                            amendment,
                            new Amendment(a.author(), a.title(), a.text(), opinions, a.verdict())));
        }
    }

    record Judged(long amendment, Verdict verdict) implements ConstitutionEvent {
        @Override
        public ConstitutionState evolve(ConstitutionState state) {
            Amendment a = Tables.at(state.amendments(), amendment);
            return new ConstitutionState(
                    state.principles(),
                    Tables.with(
                            state.amendments(),
                            amendment,
                            new Amendment(a.author(), a.title(), a.text(), a.opinions(), verdict)));
        }
    }
}
