package computer.autonet.cli;

import computer.autonet.port.ImageSets;
import computer.autonet.port.KeyFiles;
import computer.autonet.port.Trainer;
import java.util.function.Supplier;

/**
 * What the commands need of the machine, chosen by the program that mounts them.
 *
 * @param trainer made when first needed: only {@code project create} does
 */
public record Equipment(KeyFiles keyFiles, Supplier<Trainer> trainer, ImageSets images, Connector connector) {
    /** With connections over gRPC. */
    public static Equipment of(KeyFiles keyFiles, Supplier<Trainer> trainer, ImageSets images) {
        return new Equipment(keyFiles, trainer, images, new GrpcConnector());
    }
}
