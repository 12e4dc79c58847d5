package computer.autonet.adapter.training;

import computer.autonet.port.TrainingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment that class {@code cpu-1} demands (TRAIN-08). Native libraries read it when they are loaded, before
 * any Java code could set it, so that it can only be checked here; whoever starts the process sets it.
 */
public final class Pins {
    private static final Map<String, String> REQUIRED = new TreeMap<>(Map.of(
            "ATEN_CPU_CAPABILITY", "default",
            "MKL_CBWR", "COMPATIBLE",
            "ONEDNN_MAX_CPU_ISA", "SSE41",
            "OMP_NUM_THREADS", "1",
            "MKL_NUM_THREADS", "1"));

    private Pins() {}

    /** Each variable with its value, for whoever starts a process. */
    public static Map<String, String> required() {
        return new TreeMap<>(REQUIRED);
    }

    /**
     * Passes if every pin is set in {@code environment}.
     *
     * @throws TrainingException ENVIRONMENT_UNPINNED naming what to export
     */
    public static void check(Map<String, String> environment) {
        List<String> missing = new ArrayList<>();
        REQUIRED.forEach((name, value) -> {
            if (!value.equals(environment.get(name))) {
                missing.add(name + "=" + value);
            }
        });
        if (!missing.isEmpty()) {
            throw new TrainingException(
                    TrainingException.Reason.ENVIRONMENT_UNPINNED,
                    "this process cannot promise that training repeats bit for bit",
                    "start it with " + String.join(" ", missing));
        }
    }
}
