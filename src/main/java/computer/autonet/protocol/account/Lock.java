package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.role.Role;

/**
 * A stake: ATN that an account has locked for a role in a project.
 *
 * @param unlockMillis before this the owner cannot have it back
 * @param released the project has let the participant go
 */
public record Lock(ProcessId project, Role role, Amount amount, long unlockMillis, boolean released) {
    Lock less(Amount taken) {
        return new Lock(project, role, amount.minus(taken), unlockMillis, released);
    }

    Lock asReleased() {
        return new Lock(project, role, amount, unlockMillis, true);
    }
}
