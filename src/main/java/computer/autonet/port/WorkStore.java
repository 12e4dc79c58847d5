package computer.autonet.port;

import java.util.Optional;

/**
 * Remembers, across crashes, the little that a participant must not make twice: an update that it has sealed. What is
 * saved under a key stays what it is; saving again under the same key is ignored. Old keys may be forgotten. Safe for
 * use by several threads.
 */
public interface WorkStore {
    /** What was first saved under the key; the caller owns the array. */
    Optional<byte[]> load(String key);

    /**
     * Returns when the bytes would survive a crash.
     *
     * @param key letters, digits and dashes, at most 200
     */
    void save(String key, byte[] content);
}
