package computer.autonet.protocol.process;

/** Why something was refused. The names are part of the public API (gRPC ErrorInfo.reason); never rename one. */
public enum Code {
    // What is wrong with the message itself
    MALFORMED(Sort.INVALID),
    TOO_LARGE(Sort.INVALID),
    BAD_SIGNATURE(Sort.UNAUTHENTICATED),
    WRONG_NETWORK(Sort.INVALID),
    WRONG_TARGET(Sort.INVALID),
    UNKNOWN_ACTION(Sort.INVALID),
    EXPIRED(Sort.PRECONDITION),
    EXPIRES_TOO_LATE(Sort.INVALID),
    NONCE_USED(Sort.EXISTS),
    NONCE_GAP(Sort.PRECONDITION),
    NOT_A_SIGNED_ACT(Sort.FORBIDDEN),
    NO_SUCH_PROCESS(Sort.MISSING),
    NOT_THE_CREATOR(Sort.FORBIDDEN),

    // What is wrong with the act
    UNCONSTITUTIONAL(Sort.FORBIDDEN),
    NOT_YOURS(Sort.FORBIDDEN),
    NOT_AUTHORISED(Sort.FORBIDDEN),
    WRONG_PHASE(Sort.PRECONDITION),
    INVALID_ARGUMENT(Sort.INVALID),
    INSUFFICIENT_FUNDS(Sort.PRECONDITION),
    STAKE_TOO_LOW(Sort.PRECONDITION),
    STILL_LOCKED(Sort.PRECONDITION),
    NO_SUCH_LOCK(Sort.MISSING),
    ALREADY_DONE(Sort.EXISTS),
    ALREADY_JOINED(Sort.EXISTS),
    NOT_A_MEMBER(Sort.FORBIDDEN),
    NO_CAPACITY(Sort.EXHAUSTED),
    COMMITMENT_MISMATCH(Sort.INVALID),
    TRUTH_SPENT(Sort.PRECONDITION),
    ROUND_MISMATCH(Sort.PRECONDITION),
    FULL(Sort.EXHAUSTED),
    PROJECT_COMPLETE(Sort.PRECONDITION),
    NO_SUCH_AMENDMENT(Sort.MISSING),
    NO_SUCH_MANDATE(Sort.MISSING),
    BEYOND_MANDATE(Sort.FORBIDDEN);

    /** What a refusal means for the caller; each maps to one gRPC status. */
    public enum Sort {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        MISSING,
        EXISTS,
        PRECONDITION,
        EXHAUSTED
    }

    private final Sort sort;

    Code(Sort sort) {
        this.sort = sort;
    }

    public Sort sort() {
        return sort;
    }
}
