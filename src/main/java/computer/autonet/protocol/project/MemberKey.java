package computer.autonet.protocol.project;

import computer.autonet.base.Identity;
import computer.autonet.protocol.role.Role;

/** A participant in one of its roles. */
public record MemberKey(Role role, Identity identity) implements Comparable<MemberKey> {
    @Override
    public int compareTo(MemberKey other) {
        int byRole = role.compareTo(other.role);
        return byRole != 0 ? byRole : identity.compareTo(other.identity);
    }
}
