package computer.autonet.protocol.constitution;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.constitution.ConstitutionState.Amendment;
import computer.autonet.protocol.constitution.ConstitutionState.Verdict;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;

/** Decides for the constitution: anyone proposes, genesis' guardians judge, the principles stay. */
public final class ConstitutionRules implements Rules<ConstitutionState, ConstitutionCommand, ConstitutionEvent> {
    /** CONST-03: of all guardians, in percent. */
    public static final int ADOPTION_PERCENT = 95;

    /** CONST-05: bounds that keep the state small. */
    public static final int MAX_AMENDMENTS = 1_000;

    public static final int MAX_TEXT = 4_000;

    @Override
    public Kind kind() {
        return Kind.CONSTITUTION;
    }

    @Override
    public ConstitutionState initial(ProcessId id, Genesis genesis) {
        return new ConstitutionState(genesis.principles(), Tables.empty());
    }

    @Override
    public boolean isInternal(ConstitutionCommand command) {
        return false;
    }

    @Override
    public Decision<ConstitutionEvent> decide(ConstitutionState state, ConstitutionCommand command, Context context) {
        // CONST-06: every id of this kind is there for whoever names it, and only one is the network's.
        ProcessId one = context.owned(Kind.CONSTITUTION, context.genesis().networkId());
        if (!context.self().equals(one)) {
            return Decision.refuse(
                    Code.NO_SUCH_PROCESS, context.self() + " is no constitution", "send to the network's, " + one);
        }
        return command.accept(new Answer(state, context));
    }

    @Override
    public Decision.Accepted<ConstitutionEvent> onBounce(
            ConstitutionState state, Command ours, Refusal refusal, Context context) {
        throw new IllegalStateException("the constitution asks nobody");
    }

    @Override
    public ConstitutionState evolve(ConstitutionState state, ConstitutionEvent event) {
        return event.evolve(state);
    }

    private record Answer(ConstitutionState state, Context context)
            implements ConstitutionCommand.Visitor<Decision<ConstitutionEvent>> {
        /** CONST-01. */
        @Override
        public Decision<ConstitutionEvent> on(ConstitutionCommand.ProposeAmendment command) {
            if (command.title().isBlank()
                    || command.text().isBlank()
                    || command.title().length() + command.text().length() > MAX_TEXT) {
                return Decision.refuse(
                        Code.INVALID_ARGUMENT,
                        "title and text are empty or too long",
                        "write both, with at most " + MAX_TEXT + " characters together");
            }
            if (!command.amends().isBlank()) {
                return Decision.refuse(
                        Code.INVALID_ARGUMENT,
                        "the constitution has no text of that name that could be amended",
                        "leave 'amends' empty and propose a text that stands beside the principles");
            }
            if (state.amendments().values().stream()
                    .anyMatch(a -> a.author().equals(context.signer()) && a.verdict() == Verdict.OPEN)) {
                return Decision.refuse(
                        Code.FULL,
                        context.signer().brief() + " has an amendment that is not judged yet",
                        "wait for its verdict: each author has one open amendment");
            }
            // Keys cost nothing: whoever fills the room with a thousand of them must not silence the guardians.
            if (state.amendments().size() >= MAX_AMENDMENTS
                    && !context.genesis().guardians().contains(context.signer())) {
                return Decision.refuse(
                        Code.FULL, MAX_AMENDMENTS + " amendments were proposed", "ask a guardian to propose yours");
            }
            long number = state.amendments().size() + 1L;
            return Acts.<ConstitutionEvent>in(context)
                    .event(new ConstitutionEvent.AmendmentProposed(
                            number, context.signer(), command.title(), command.text()))
                    .accept();
        }

        /** CONST-02, CONST-03: an opinion cannot be taken back; the verdict falls as soon as it is certain. */
        @Override
        public Decision<ConstitutionEvent> on(ConstitutionCommand.GiveOpinion command) {
            var guardians = context.genesis().guardians();
            if (!guardians.contains(context.signer())) {
                return Decision.refuse(
                        Code.NOT_AUTHORISED,
                        context.signer().brief() + " is no guardian of this network",
                        "guardians are named in genesis");
            }
            Amendment amendment = state.amendments().get(command.amendment());
            if (amendment == null) {
                return Decision.refuse(
                        Code.NO_SUCH_AMENDMENT,
                        "there is no amendment " + command.amendment(),
                        "query the constitution for their numbers");
            }
            if (amendment.verdict() != Verdict.OPEN || amendment.opinions().containsKey(context.signer())) {
                return Decision.refuse(Code.ALREADY_DONE, "that is judged already", "nothing is left to do");
            }
            if (command.reason().length() > MAX_TEXT) {
                return Decision.refuse(
                        Code.INVALID_ARGUMENT, "the reason is too long", "use at most " + MAX_TEXT + " characters");
            }
            Acts<ConstitutionEvent> acts = Acts.in(context);
            acts.event(new ConstitutionEvent.OpinionGiven(
                    command.amendment(), context.signer(), command.support(), command.reason()));
            long supporting = amendment.opinions().values().stream()
                            .filter(o -> o.support())
                            .count()
                    + (command.support() ? 1 : 0);
            long given = amendment.opinions().size() + 1L;
            long all = guardians.size();
            if (supporting * 100 >= all * ADOPTION_PERCENT) {
                acts.event(new ConstitutionEvent.Judged(command.amendment(), Verdict.ADOPTED));
            } else if ((supporting + all - given) * 100 < all * ADOPTION_PERCENT) {
                acts.event(new ConstitutionEvent.Judged(command.amendment(), Verdict.REJECTED));
            }
            return acts.accept();
        }
    }
}
