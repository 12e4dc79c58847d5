package computer.autonet.app.demo;

import java.io.PrintStream;
import java.util.Locale;

/** What a demo shows while it runs: on a terminal a line that lives, elsewhere a line per round. */
final class Screen {
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean live;
    private String status = "";

    Screen(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** A line that stays. */
    synchronized void line(String format, Object... values) {
        clear();
        out.println(String.format(Locale.ROOT, format, values));
        redraw();
    }

    /** What is happening now; replaces what was said before. Nothing where nobody watches. */
    synchronized void status(String format, Object... values) {
        if (live) {
            clear();
            String text = String.format(Locale.ROOT, format, values);
            status = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
            redraw();
        }
    }

    synchronized void endStatus() {
        clear();
        status = "";
    }

    private void clear() {
        if (live && !status.isEmpty()) {
            out.print("\r\u001b[2K");
        }
    }

    private void redraw() {
        if (live && !status.isEmpty()) {
            out.print("\u001b[2m" + status + "\u001b[0m");
        }
        out.flush();
    }
}
