package computer.autonet.app.demo;

import java.io.PrintStream;
import java.util.Locale;

/** What a demo shows while it runs: on a terminal a line that lives below the others, elsewhere a line per round. */
final class Screen {
    /** The living line must fit in one row, else clearing it would leave a part behind. */
    private static final int WIDTH = 79;

    private static final String CLEAR_ROW = "\r\u001b[2K";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean live;
    private final long startedNanos = System.nanoTime();
    private String status = "";
    private boolean closed;

    Screen(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** A line that stays. */
    synchronized void line(String format, Object... values) {
        if (closed) {
            return;
        }
        clear();
        out.println(String.format(Locale.ROOT, format, values));
        redraw();
    }

    /** A line that stays, on a terminal only: what would be too much in a file. */
    synchronized void detail(String format, Object... values) {
        if (live && !closed) {
            clear();
            out.println(DIM + String.format(Locale.ROOT, format, values) + PLAIN);
            redraw();
        }
    }

    /** What is happening now; replaces what was said before. Nothing where nobody watches. */
    synchronized void status(String format, Object... values) {
        if (live && !closed) {
            clear();
            long seconds = (System.nanoTime() - startedNanos) / 1_000_000_000;
            String text = String.format(Locale.ROOT, "%3d s  ", seconds) + String.format(Locale.ROOT, format, values);
            status = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
            redraw();
        }
    }

    synchronized void endStatus() {
        clear();
        status = "";
        out.flush();
    }

    /** Shows nothing more, whatever still goes on. */
    synchronized void close() {
        endStatus();
        closed = true;
    }

    private void clear() {
        if (live && !status.isEmpty()) {
            out.print(CLEAR_ROW);
        }
    }

    private void redraw() {
        if (live && !status.isEmpty()) {
            out.print(DIM + status + PLAIN);
        }
        out.flush();
    }
}
