package computer.autonet.adapter.training;

import computer.autonet.adapter.data.DataSets;
import computer.autonet.adapter.data.Partition;
import computer.autonet.base.Hash;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.ModelSpec.Architecture;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Trains each architecture once and prints hashes of all that came of it: the other JVM of the repeatability test. */
final class TrainOnce {
    private TrainOnce() {}

    static String outcome(Trainer trainer) {
        Partition partition = Partition.of(DataSets.digits(), 1);
        Examples truth = partition.truth(0);
        StringBuilder lines = new StringBuilder();
        for (Architecture architecture : Architecture.values()) {
            var model = new ModelSpec(architecture, 8, 8, 10);
            var trained = trainer.train(
                            new Recipe(model, 7, 70, 32, 2000), trainer.initial(model, 3), partition.central())
                    .toCompletableFuture()
                    .join();
            var measured = trainer.measure(model, trained.parameters(), truth)
                    .toCompletableFuture()
                    .join();
            lines.append(architecture.label())
                    .append(' ')
                    .append(hash(trained.parameters()))
                    .append(' ')
                    .append(trained.trace())
                    .append(' ')
                    .append(Double.doubleToRawLongBits(measured.loss()))
                    .append(' ')
                    .append(Hash.digest(measured.predicted()))
                    .append('\n');
        }
        return lines.toString();
    }

    static Hash hash(float[] parameters) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * parameters.length);
        bytes.asFloatBuffer().put(parameters);
        return Hash.digest(bytes.array());
    }

    /** Argument: the folder into which the engine unpacks. */
    public static void main(String[] args) {
        System.out.print(outcome(new PyTorchTrainer(Path.of(args[0]))));
    }
}
