package computer.autonet.protocol.process;

import java.util.Optional;

/** Judges every act against the constitution before the kind's own rules do. A pure function. */
@FunctionalInterface
public interface Guard {
    /** A refusal that names the principle, or nothing. */
    Optional<Refusal> judge(int constitutionVersion, Command command, Context context);
}
