package computer.autonet.cli;

import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Problem;
import computer.autonet.audit.Verdict;
import computer.autonet.audit.Verifier;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code autonet verify}: checks an export without a node (CLI-03). */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Check an export without a node.",
            "Checks every signature, hash, decision, state root and blob, and that no money appeared or vanished."
        },
        footer = {"Example: autonet verify audit", "Exit 0: it holds. 1: it does not. 2: the folder is no export."})
final class VerifyCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "DIR", description = "What autonet export wrote.")
    Path folder = Path.of("");

    @Override
    public Integer call() {
        output.progress("replaying " + folder);
        long start = System.nanoTime();
        Verdict verdict = new Verifier(new ExportFolder(folder)).verify();
        double seconds = (System.nanoTime() - start) / NANOS;
        output.progress(String.format("checked %d entries in %.1f s", verdict.entries(), seconds));
        Report report = new Report()
                .with("holds", verdict.holds())
                .with("network", verdict.networkId())
                .with("processes", verdict.processes())
                .with("entries", verdict.entries())
                .with("signatures", verdict.messages())
                .with("blobs", verdict.blobs())
                .with("absent blobs", verdict.absentBlobs())
                .with("issued", verdict.issued())
                .with("found", verdict.held())
                .with("problem", verdict.problem());
        output.print(report);
        if (verdict.problem().isPresent()) {
            Problem problem = verdict.problem().get();
            output.progress("DOES_NOT_HOLD: " + problem
                    + "; compare with an export from another node, and do not rely on this one");
            return CliException.OURS;
        }
        return 0;
    }
}
