package computer.autonet.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What opens a file of keys: the first line of a file, else a variable, else what a person types. */
public final class Password {
    private Password() {}

    /**
     * The password, which is not empty.
     *
     * @param file named by a flag, which wins
     * @param variable of the environment
     * @param whose what it opens, such as {@code the keystore's}
     * @throws CliException PASSWORD_MISSING if there is none
     */
    public static char[] find(@Nullable Path file, String variable, String whose, String prompt) {
        if (file != null) {
            try {
                return notEmpty(firstLine(file), file.toString());
            } catch (IOException e) {
                throw CliException.users(
                        "PASSWORD_MISSING", file + " cannot be read", "name a readable --password-file");
            }
        }
        Optional<String> set = Optional.ofNullable(System.getenv(variable));
        if (set.isPresent()) {
            return notEmpty(set.get(), variable);
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw CliException.users(
                    "PASSWORD_MISSING",
                    "nobody is there to type " + whose + " password",
                    "give --password-file FILE or set " + variable);
        }
        return notEmpty(new String(typed), "the prompt");
    }

    /** What a password file says; nothing after its first line counts. */
    public static String firstLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static char[] notEmpty(String password, String where) {
        if (password.isEmpty()) {
            throw CliException.users("PASSWORD_MISSING", "the password from " + where + " is empty", "give one");
        }
        return password.toCharArray();
    }
}
