package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.port.KeyFiles;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.project.ProjectTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In whose name an act is done, if not in the signer's own, and by which of the mandates that the signer holds. */
@Topic("Mandate")
final class MandateOptions {
    @Mixin
    PrincipalOptions principal = new PrincipalOptions();

    @Option(names = "--mandate", paramLabel = "NUMBER", description = "The mandate in that account; needs --for.")
    @Nullable
    Long number;

    /** Whose account it is. */
    Hash owner(SignerOptions signer, KeyFiles files) {
        if ((principal.owner == null) != (number == null)) {
            throw CliException.users(
                    "USAGE",
                    "--for and --mandate go together",
                    "say whose account, and by which of the mandates in it (mandate list OWNER)");
        }
        return principal.owner(signer, files);
    }

    AccountCommand createProject(ProjectTerms terms) {
        return number == null
                ? new AccountCommand.CreateProject(terms)
                : new AccountCommand.CreateProjectUnder(number, terms);
    }

    AccountCommand transfer(Hash to, Amount amount) {
        return number == null
                ? new AccountCommand.Transfer(to, amount)
                : new AccountCommand.TransferUnder(number, to, amount);
    }
}
