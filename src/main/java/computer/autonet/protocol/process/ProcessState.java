package computer.autonet.protocol.process;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.genesis.Versions;
import java.util.SortedMap;

/**
 * Everything that follows from a process's log.
 *
 * @param versions which rules and constitution judge this process (PROC-14)
 * @param nextSlot slot of the next entry; the first is 0
 * @param head hash of the last entry; the process id before there is one
 * @param nonces last used nonce per sender; the first is 1
 * @param applied the most recent signed messages, at most {@link Kernel#MAX_APPLIED}
 * @param received last accepted sequence per source process
 * @param sent last used sequence per receiving process
 */
public record ProcessState<S>(
        ProcessId id,
        Versions versions,
        long nextSlot,
        long epoch,
        long timestampMillis,
        Hash head,
        SortedMap<Identity, Long> nonces,
        SortedMap<Hash, Applied> applied,
        SortedMap<ProcessId, Long> received,
        SortedMap<ProcessId, Long> sent,
        S domain) {
    public ProcessState {
        nonces = Tables.copyOf(nonces);
        applied = Tables.copyOf(applied);
        received = Tables.copyOf(received);
        sent = Tables.copyOf(sent);
    }
}
