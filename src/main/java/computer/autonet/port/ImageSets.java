package computer.autonet.port;

import java.util.Optional;

/** The labelled sets that a user can name without having them: shapes for new projects, images to ask a model about. */
public interface ImageSets {
    /** The images to test with; nothing if no set has that name. */
    Optional<Examples> test(String name);
}
