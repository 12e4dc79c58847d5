package computer.autonet.protocol.aggregator;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.protocol.process.Command;

/** What a project's aggregator process is asked to do, by signature or by the project. */
public sealed interface AggregatorCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** From the project: a round's accepted updates, who may average them and who certifies. */
    record Aggregate(AggregationTerms terms) implements AggregatorCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by the aggregator in turn: the average. */
    record Submit(Hash reference, BlobId model) implements AggregatorCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a certifier: the average that it computed itself. */
    record Certify(Hash reference, BlobId model) implements AggregatorCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(Aggregate command);

        R on(Submit command);

        R on(Certify command);
    }
}
