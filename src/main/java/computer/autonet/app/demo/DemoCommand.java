package computer.autonet.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.cli.OutputOptions;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code demo}: one node with every role trains a model in front of its user. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs one node with every role and trains a model on real data in front of you.",
        footer = {
            "Example: autonet demo",
            "         autonet demo --adversary solver:random --adversary coordinator:liar",
            "         autonet demo --dataset fashion --model cnn --rounds 20 --json",
            "With --json stdout ends with one object, whose amounts are numbers of ATN; progress goes to stderr.",
            "Ctrl-C ends with 130, SIGTERM with 143; what is acknowledged stays in the folder."
        })
public final class DemoCommand implements Callable<Integer> {
    /** What a shell expects of a program that was stopped by Ctrl-C. */
    private static final int STOPPED = 130;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final DemoOptions options = new DemoOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        quieten();
        PrintStream out = output.json() ? System.err : System.out;
        var screen = new Screen(out, Boolean.getBoolean("autonet.terminal"));
        var demo = new Demo(options, screen, new PyTorchTrainer(PyTorchTrainer.defaultCache()));
        try (var stopping = new Stopping(System.err, () -> {
            screen.close();
            return "stopped; nothing acknowledged is lost, go on with\n  " + options.command(demo.dataDir());
        })) {
            try {
                demo.run(result -> report(out, screen, demo, result));
                return 0;
            } catch (RuntimeException e) {
                if (stopping.begun()) {
                    return STOPPED;
                }
                throw e;
            }
        }
    }

    /** People watch a demo: what is warned of goes to the node's log file, and here where AUTONET_LOG asks for it. */
    private static void quieten() {
        System.setProperty("autonet.terminal.level", "ERROR");
    }

    private void report(PrintStream out, Screen screen, Demo demo, DemoResult result) {
        screen.endStatus();
        if (output.json()) {
            try {
                System.out.println(new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(result));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a result has no JSON", e);
            }
        } else {
            new Summary(out).print(result, options.command(demo.dataDir()), options.dataset);
        }
    }
}
