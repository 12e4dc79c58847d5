package computer.autonet.client;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;

/**
 * What a client must know of its network.
 *
 * @param id the hash of genesis
 * @param timeDivisor by how much lock times are shortened here
 * @param clockAheadMillis the network's clock minus this machine's
 */
public record NetworkInfo(Hash id, String name, long timeDivisor, Identity treasury, long clockAheadMillis) {
    /** The process of this kind that an owner has without anybody creating it. */
    public ProcessId owned(Kind kind, Hash owner) {
        return ProcessId.owned(kind, id, owner);
    }
}
