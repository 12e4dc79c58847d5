package computer.autonet.protocol.constitution;

import computer.autonet.protocol.process.Command;

/** What the constitution's process is asked to do, by signature. */
public sealed interface ConstitutionCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** Signed: proposes a text to be added, or to stand beside the principle it names. */
    record ProposeAmendment(String title, String text, String amends) implements ConstitutionCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a guardian: for or against an amendment. */
    record GiveOpinion(long amendment, boolean support, String reason) implements ConstitutionCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(ProposeAmendment command);

        R on(GiveOpinion command);
    }
}
