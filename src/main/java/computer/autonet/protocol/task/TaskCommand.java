package computer.autonet.protocol.task;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.protocol.process.Command;
import java.util.List;

/** What a task is asked to do, by signature or by its project. */
public sealed interface TaskCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** From the project: begin. */
    record Open(TaskTerms terms) implements TaskCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a drawn solver: a commitment to its update. */
    record Commit(Hash commitment) implements TaskCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by the proposer: what opens the truth commitment. */
    record RevealTruth(BlobId plaintext, Hash salt) implements TaskCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a solver: what opens its commitment. */
    record RevealSolution(BlobId ciphertext, BlobId plaintext, Hash trace, Hash salt) implements TaskCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the project: the drawn coordinators. Fewer than needed is a void task. */
    record Committee(List<Seat> seats) implements TaskCommand {
        public Committee {
            seats = List.copyOf(seats);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a seated coordinator: a commitment to its vote. */
    record SealVote(Hash seal) implements TaskCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a seated coordinator: what opens its seal. */
    record OpenVote(Vote vote, Hash salt) implements TaskCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(Open command);

        R on(Commit command);

        R on(RevealTruth command);

        R on(RevealSolution command);

        R on(Committee command);

        R on(SealVote command);

        R on(OpenVote command);
    }
}
