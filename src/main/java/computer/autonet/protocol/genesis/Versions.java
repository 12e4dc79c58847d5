package computer.autonet.protocol.genesis;

/**
 * Which rules decide in the processes of a network, and which constitution judges their acts. What changes a decision is a
 * new version; the old one stays, for the logs that name it.
 *
 * @param rules 1, 2, ...
 * @param constitution 1, 2, ...
 */
public record Versions(int rules, int constitution) {
    public static final Versions FIRST = new Versions(1, 1);

    public Versions {
        if (rules < 1 || constitution < 1) {
            throw new IllegalArgumentException(
                    "versions begin with 1, not rules " + rules + " and constitution " + constitution);
        }
    }

    @Override
    public String toString() {
        return "rules version " + rules + " and constitution version " + constitution;
    }
}
