package computer.autonet.engine.work;

import computer.autonet.base.Identity;
import computer.autonet.protocol.role.Role;

/** Follows the work of participants. Called on their threads: keep it short, never throw. */
@FunctionalInterface
public interface WorkListener {
    WorkListener NONE = (who, role, event) -> {};

    void on(Identity who, Role role, WorkEvent event);
}
