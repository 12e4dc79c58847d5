package computer.autonet.app.demo;

import java.io.PrintStream;
import java.util.function.Supplier;

/** Tells, when the program is stopped from outside, how to go on where it was. */
final class Stopping implements AutoCloseable {
    private final Thread hook;
    private volatile boolean begun;

    /** @param farewell asked when the program is told to stop */
    Stopping(PrintStream out, Supplier<String> farewell) {
        hook = new Thread(
                () -> {
                    begun = true;
                    out.println();
                    out.println(farewell.get());
                    out.flush();
                },
                "autonet-stopping");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The program is going down; what fails from now on fails for that reason. */
    boolean begun() {
        return begun;
    }

    @Override
    public void close() {
        if (!begun) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
