package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was decided in these exports is decided again, or the build fails: whoever changes a decision gives it a new version
 * of the rules. The exports of a version are never written again, also where a change is meant; others may be put beside
 * them. {@code round} is a demo of one round with a silent solver, its models left out; {@code acts} is what accounts,
 * mandates and the constitution do, and a project whose rounds come to nothing while its host is away for a time.
 */
class CommittedLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/logs");

    /** The SHA-256 of each manifest, which has the heads and state roots of all logs and so stands for all of them. */
    private static final Map<String, String> MANIFESTS = Map.of(
            "v1/round", "20ba2603c5f1b6180fd737a45596e0660280f785217c5bd06452835df8b0d245",
            "v1/acts", "9a33d233a5752077228acb06ca0415d0e813b2fe7c9ab400b8ecaa6f6cc41a6c");

    @ParameterizedTest
    @ValueSource(strings = {"v1/round", "v1/acts"})
    void proc15WhatWasDecidedIsDecidedAgain(String name) throws IOException {
        Path folder = LOGS.resolve(name);
        assertThat(new Verifier(new ExportFolder(folder)).verify().problem())
                .as("give the changed decision a new version of the rules, and leave the old one and this export alone")
                .isEmpty();
        assertThat(Hash.digest(Files.readAllBytes(folder.resolve("manifest.json"))))
                .as("the export is the one that was recorded then")
                .hasToString(MANIFESTS.get(name));
    }

    @Test
    void everyFolderIsReplayed() throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(LOGS)) {
            files.filter(file -> file.endsWith("manifest.json"))
                    .forEach(file -> found.add(
                            LOGS.relativize(file.getParent()).toString().replace('\\', '/')));
        }
        assertThat(found).isEqualTo(new TreeSet<>(MANIFESTS.keySet()));
    }

    @Test
    void theExportsHaveEverySortOfInputAndAllCommandsButThese() throws Exception {
        List<Draft> drafts = new ArrayList<>();
        for (String name : MANIFESTS.keySet()) {
            var folder = new ExportFolder(LOGS.resolve(name));
            for (ProcessId process : folder.processes()) {
                folder.entries(process)
                        .entries()
                        .forEach(stored ->
                                drafts.add(EntryCodec.read(process, stored).draft()));
            }
        }
        assertThat(drafts.stream().anyMatch(draft -> draft.bounced().isPresent()))
                .isTrue();
        assertThat(drafts.stream().anyMatch(draft -> draft.extendedMillis() > 0))
                .isTrue();
        assertThat(drafts.stream().anyMatch(draft -> draft.input() instanceof Input.Tick))
                .isTrue();

        var missing = new TreeSet<String>();
        for (Kind kind : Kind.values()) {
            for (Class<?> command : KindCodec.of(kind).commandType().getPermittedSubclasses()) {
                missing.add(command.getEnclosingClass().getSimpleName() + "." + command.getSimpleName());
            }
        }
        drafts.forEach(draft -> {
            Command command = command(draft.input());
            if (command != null) {
                Class<?> type = command.getClass();
                missing.remove(type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName());
            }
        });
        assertThat(missing).isEqualTo(Set.of("ProjectCommand.Unpublished"));
    }

    private static @Nullable Command command(Input input) {
        if (input instanceof Input.Signed signed) {
            return signed.command();
        }
        return input instanceof Input.FromProcess from && from.payload() instanceof Payload.Ask ask
                ? ask.command()
                : null;
    }
}
