package computer.autonet.port;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with an EVM chain, and what to do: {@code CODE: what is; what to do}. */
public final class ChainException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The code of an error about a chain. */
    public enum Problem {
        /** Nothing answers at the RPC address. */
        UNREACHABLE,
        /** The node answers for another chain. */
        CHAIN_MISMATCH,
        /** The node refused a request. */
        REQUEST_REFUSED,
        /** A contract refused the call. */
        REVERTED,
        /** The key's balance does not cover value and fees. */
        FUNDS_TOO_LOW,
        /** The chain asks more than the gas policy allows. */
        FEE_TOO_HIGH,
        /** Another transaction of the same key took the nonce. */
        NONCE_TAKEN,
        /** The chain lost transactions that were settled, so that what follows them cannot be taken. */
        CHAIN_WENT_BACK,
        /** As many transactions as may wait are waiting. */
        TOO_MANY_PENDING,
        /** A transaction was not confirmed in time. */
        NOT_CONFIRMED,
        /** The program of the local chain is not installed. */
        ANVIL_MISSING,
        /** The local chain does not run. */
        ANVIL_FAILED,
        /** Another program listens where the local chain should. */
        PORT_IN_USE,
        /** The folder or a file of the local chain or of pending transactions cannot be used. */
        FOLDER_UNUSABLE
    }

    private final Problem problem;
    private final String found;
    private final String remedy;

    public ChainException(Problem problem, String found, String remedy, @Nullable Throwable cause) {
        super(problem + ": " + found + "; " + remedy, cause);
        this.problem = problem;
        this.found = found;
        this.remedy = remedy;
    }

    public ChainException(Problem problem, String found, String remedy) {
        this(problem, found, remedy, null);
    }

    public Problem problem() {
        return problem;
    }

    /** What is. */
    public String found() {
        return found;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
