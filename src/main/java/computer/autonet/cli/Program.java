package computer.autonet.cli;

/** How the user called this program: what hints must begin with to be typed as they stand, in whatever folder. */
public final class Program {
    private Program() {}

    /** As the launcher tells; without one, by name. */
    public static String called() {
        return System.getProperty("autonet.command", "autonet");
    }
}
