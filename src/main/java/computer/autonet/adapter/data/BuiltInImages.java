package computer.autonet.adapter.data;

import computer.autonet.port.Examples;
import computer.autonet.port.ImageSets;
import java.util.Optional;

/** The two sets inside the program: all digits, and the test part of fashion, in the order of their files. */
public final class BuiltInImages implements ImageSets {
    @Override
    public Optional<Examples> test(String name) {
        return switch (name) {
            case "digits" -> Optional.of(whole(DataSets.digits()));
            case "fashion" -> Optional.of(whole(DataSets.fashion()));
            default -> Optional.empty();
        };
    }

    private static Examples whole(DataSet set) {
        return set.test().orElse(set.examples());
    }
}
