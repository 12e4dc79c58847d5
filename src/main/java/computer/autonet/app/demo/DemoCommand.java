package computer.autonet.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import computer.autonet.adapter.training.PyTorchTrainer;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./autonet demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs one node with every role and trains a model on real data in front of you.",
        footer = {
            "",
            "Examples:",
            "  ./autonet demo",
            "  ./autonet demo --adversary solver:random --adversary coordinator:liar",
            "  ./autonet demo --dataset fashion --model cnn --rounds 20 --json"
        })
public final class DemoCommand implements Callable<Integer> {
    /** What a shell expects of a program that was stopped by Ctrl-C. */
    private static final int STOPPED = 130;

    @Mixin
    private final DemoOptions options = new DemoOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        quieten();
        PrintStream out = options.json ? System.err : System.out;
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

    /** People watch a demo: what the libraries warn of is shown where AUTONET_LOG asks for it. */
    private static void quieten() {
        if (System.getenv("AUTONET_LOG") == null) {
            System.setProperty("AUTONET_LOG", "ERROR");
        }
    }

    private void report(PrintStream out, Screen screen, Demo demo, DemoResult result) {
        screen.endStatus();
        if (options.json) {
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
