package computer.autonet.cli;

import java.util.regex.Pattern;

/** How the user called this program: what hints must begin with to be typed as they stand, in whatever folder. */
public final class Program {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,@%+=-]+");

    private Program() {}

    /** As the launcher tells; without one, by name. */
    public static String called() {
        return word(System.getProperty("autonet.command", "autonet"));
    }

    /** A name or path as a shell takes it for one word. */
    public static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
