package computer.autonet.app;

import com.typesafe.config.Config;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.cli.CliException;
import computer.autonet.cli.Parse;
import java.util.List;
import java.util.Optional;

/** What a node's participants work for: one project, and all that its sponsors found (NODE-05). */
record Targets(Optional<ProcessId> project, List<Hash> sponsors) {
    /** @throws UserError if the settings name no project or no address */
    static Targets of(Config config) {
        String project = config.getString("autonet.project");
        return new Targets(
                project.isEmpty() ? Optional.empty() : Optional.of(project(project)),
                config.getStringList("autonet.sponsors").stream()
                        .map(Targets::sponsor)
                        .toList());
    }

    private static ProcessId project(String text) {
        try {
            return Parse.process(Kind.PROJECT, text);
        } catch (CliException e) {
            throw new UserError(
                    "CONFIG_INVALID", "autonet.project is '" + text + "'", "write project: and 64 digits", e);
        }
    }

    private static Hash sponsor(String text) {
        try {
            return Hash.ofHex(text);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "CONFIG_INVALID",
                    "autonet.sponsors has '" + text + "'",
                    "write the 64 digits of an address, as autonet key show gives it",
                    e);
        }
    }

    void begin(Work work) {
        project.ifPresent(work::project);
        sponsors.forEach(work::sponsor);
    }
}
