package computer.autonet.cli;

import computer.autonet.base.Hash;
import computer.autonet.port.KeyFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose account an act is about, if not the signer's own. */
@Topic("Mandate")
final class PrincipalOptions {
    @Option(
            names = "--for",
            paramLabel = "OWNER",
            description = "Whose account: an address or a name in the keystore (default: your own).")
    @Nullable
    String owner;

    Hash owner(SignerOptions signer, KeyFiles files) {
        return owner == null ? signer.key(files).identity().address() : signer.owner(files, owner);
    }

    /** A mandate that one holds stands in the account of another, who must be named. */
    void require() {
        if (owner == null) {
            throw CliException.users(
                    "USAGE", "a mandate that you hold stands in another's account", "say whose with --for OWNER");
        }
    }
}
