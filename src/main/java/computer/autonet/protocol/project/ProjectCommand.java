package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.TaskResult;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.SortedMap;

/** What a project is asked to do, by signature or by another process. */
public sealed interface ProjectCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** From the owner's account: begin. */
    record Found(Identity owner, ProjectTerms terms) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the participant's account, which has locked the stake. */
    record Join(Identity identity, Role role, Amount stake, long lock) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a participant: take no more work and release the stake. */
    record Leave(Role role) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by the owner: try again after a pause. */
    record Resume() implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by the owner: end the project early; what the escrow still has returns to the owner. */
    record Close() implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by the round's proposer: a recipe, and a commitment to a held-out labelled set. */
    record Propose(int round, Hash truth, BlobId truthCiphertext, Recipe recipe) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the escrow: the reward is set aside. */
    record Held(Hash reference) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From a solver's process: it takes part. */
    record Assigned(Hash reference, Identity solver) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From a coordinator's process: it takes its seat, with these bonds. */
    record Seated(Hash reference, Identity coordinator, SortedMap<Identity, Integer> bonds) implements ProjectCommand {
        public Seated {
            bonds = Tables.copyOf(bonds);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the task: this held-out set is public from now on; bounced if it was before. */
    record TruthRevealed(Hash reference, BlobId truth) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the task: draw coordinators by this seed. */
    record DrawCommittee(Hash reference, Hash seed, List<Identity> excluded) implements ProjectCommand {
        public DrawCommittee {
            excluded = List.copyOf(excluded);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the task: the committee has decided. */
    record Decided(Hash reference, TaskResult result) implements ProjectCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the task: the attempt came to nothing. */
    record Voided(
            Hash reference,
            VoidReason reason,
            List<Identity> compensated,
            List<Identity> silentSolvers,
            List<Identity> silentCoordinators)
            implements ProjectCommand {
        public Voided {
            compensated = List.copyOf(compensated);
            silentSolvers = List.copyOf(silentSolvers);
            silentCoordinators = List.copyOf(silentCoordinators);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the aggregator: the round's model is certified. */
    record Published(Hash reference, BlobId model, Identity aggregator, List<Identity> silentAggregators)
            implements ProjectCommand {
        public Published {
            silentAggregators = List.copyOf(silentAggregators);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the aggregator: no model could be certified. */
    record Unpublished(Hash reference, List<Identity> silentAggregators, List<Identity> silentCoordinators)
            implements ProjectCommand {
        public Unpublished {
            silentAggregators = List.copyOf(silentAggregators);
            silentCoordinators = List.copyOf(silentCoordinators);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(Found command);

        R on(Join command);

        R on(Leave command);

        R on(Resume command);

        R on(Close command);

        R on(Propose command);

        R on(Held command);

        R on(Assigned command);

        R on(Seated command);

        R on(TruthRevealed command);

        R on(DrawCommittee command);

        R on(Decided command);

        R on(Voided command);

        R on(Published command);

        R on(Unpublished command);
    }
}
