package computer.autonet.port;

/**
 * Whether this process may write, and under which number. A lease has one holder at a time; each new holding has an epoch one
 * above the last (LEASE-01), so that of two writers the one with the lower epoch is the outdated one.
 */
public interface Fencing {
    /** The epoch under which this process holds or last held the lease; 0 if it never did. */
    long epoch(String leaseName);

    /** Whether this process holds the lease at this moment, by its own clock; false before another may take it (LEASE-02). */
    boolean held(String leaseName);
}
