package org.apache.cassandra.security;

/**
 * Stands before Cassandra's class of this name, which installs a security manager at start: JDK 24 and later have none (JEP
 * 486). It guards user-defined functions only, and those are off.
 */
public final class ThreadAwareSecurityManager {
    private ThreadAwareSecurityManager() {}

    public static void install() {}
}
