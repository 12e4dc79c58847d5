package computer.autonet.cli;

import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Problem;
import computer.autonet.audit.Verdict;
import computer.autonet.audit.Verifier;
import computer.autonet.base.Asset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--network",
            paramLabel = "HEX",
            description = "The network that it must be of: its id, or at least its first 8 digits. Anybody can make an "
                    + "export that holds, of a network of their own.")
    String network = "";

    @Override
    public Integer call() {
        if (!network.isEmpty() && !network.matches("[0-9a-f]{8,64}")) {
            throw CliException.users(
                    "NETWORK_INVALID", "'" + network + "' is no network's id", "give 8 to 64 digits from 0 to f");
        }
        output.progress("replaying " + folder);
        long start = System.nanoTime();
        Verdict verdict = new Verifier(new ExportFolder(folder)).verify();
        double seconds = (System.nanoTime() - start) / NANOS;
        output.progress(String.format("checked %d entries in %.1f s", verdict.entries(), seconds));
        Optional<String> problem = verdict.problem().map(Problem::toString).or(() -> otherNetwork(verdict.networkId()));
        Report report = new Report()
                .with("holds", problem.isEmpty())
                .with("network", verdict.networkId())
                .with("processes", verdict.processes())
                .with("entries", verdict.entries())
                .with("signatures", verdict.messages())
                .with("blobs", verdict.blobs())
                .with("absent blobs", verdict.absentBlobs())
                .with("issued", verdict.issued(Asset.ATN))
                .with("found", verdict.held(Asset.ATN))
                .with("problem", problem);
        List<Report> assets = assets(verdict);
        output.print(assets.isEmpty() ? report : report.with("assets", assets));
        if (problem.isPresent()) {
            output.progress("DOES_NOT_HOLD: " + problem.get()
                    + "; compare with an export from another node, and do not rely on this one");
            return CliException.OURS;
        }
        return 0;
    }

    private Optional<String> otherNetwork(String found) {
        return found.startsWith(network)
                ? Optional.empty()
                : Optional.of("it is an export of network " + found + ", not of " + network);
    }

    /** What was issued and found of assets other than ATN. */
    private static List<Report> assets(Verdict verdict) {
        return verdict.issued().keySet().stream()
                .filter(asset -> !asset.isAtn())
                .map(asset -> new Report()
                        .with("asset", asset)
                        .with("issued", asset.write(verdict.issued(asset)))
                        .with("found", verdict.held(asset).map(asset::write)))
                .toList();
    }
}
