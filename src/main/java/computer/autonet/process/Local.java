package computer.autonet.process;

import computer.autonet.base.ProcessId;

/** What a host tells itself, or its shard on the same node. Never travels. */
sealed interface Local extends Request {
    /** The signature of the submission with this ticket has been checked. */
    record Verified(long ticket, Verdict verdict) implements Local {}

    /** Submissions are ready to be judged. */
    record Next() implements Local {}

    /** The process's own deadline may have passed. */
    record Due(long deadlineMillis) implements Local {}

    /** A receiver has not answered for a while. */
    record Resend(ProcessId receiver) implements Local {}

    /** Acknowledgements have waited long enough to be recorded. */
    record RecordMarks() implements Local {}

    /** Nothing has happened for a while. */
    record Idle() implements Local {}

    /** Another node has written under a later lease; nothing can be done here. */
    record Outdated() implements Local {}

    /** Leave this node: passivation, rebalancing, shutdown. */
    record Stop() implements Local {}
}
