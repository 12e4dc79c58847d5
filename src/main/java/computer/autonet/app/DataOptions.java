package computer.autonet.app;

import computer.autonet.cli.Topic;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of which images a participant works with; they stay on its machine. */
@Topic("Data of a solver or a proposer")
final class DataOptions {
    private static final Pattern SHARE = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    @Option(
            names = "--data",
            paramLabel = "digits|fashion|DIR",
            description = "A built-in set, or a folder with four IDX files; it stays on this machine.")
    @Nullable
    String set;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How the set is divided: the same for all who share it (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--share",
            paramLabel = "I/N",
            defaultValue = "0/1",
            description = "A solver's share, counted from 0, of so many (default: ${DEFAULT-VALUE}: all). Solvers that "
                    + "name the same N have disjoint shares.")
    String share = "0/1";

    @Option(
            names = "--split",
            paramLabel = "iid|dirichlet:ALPHA",
            defaultValue = "iid",
            description = "How the shares differ (default: ${DEFAULT-VALUE}).")
    String split = "iid";

    /**
     * What the flags name; nothing without {@code --data}.
     *
     * @throws UserError if the share cannot be read
     */
    Optional<Job.Data> data() {
        if (set == null) {
            return Optional.empty();
        }
        Matcher parts = SHARE.matcher(share);
        if (!parts.matches()) {
            throw new UserError("FLAG_INVALID", "--share " + share, "write I/N such as 0/3");
        }
        return Optional.of(
                new Job.Data(set, seed, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), split));
    }
}
