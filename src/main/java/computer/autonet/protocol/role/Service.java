package computer.autonet.protocol.role;

/** How a participant served in one round attempt; what its record counts. */
public enum Service {
    /** Its work was accepted, or its vote agreed with the committee. */
    GOOD,
    /** It did what it committed to, and earned nothing: a rejected update, a vote unlike the others. */
    POOR,
    /** It broke a commitment by silence. */
    SILENT,
    /** The attempt ended before its part mattered. */
    UNUSED
}
