package computer.autonet.protocol.task;

/** Why an attempt at a round came to nothing. */
public enum VoidReason {
    /** The proposer did not reveal the truth, or what it revealed cannot be read. */
    NO_TRUTH,
    /** No solver committed and revealed a readable update. */
    NO_SOLUTION,
    /** Not enough coordinators could be seated. */
    NO_COMMITTEE,
    /** Two committees in turn opened too few votes, or did not agree. */
    UNDECIDED,
    /** No aggregator produced the average that the committee certifies. */
    NOT_CERTIFIED
}
