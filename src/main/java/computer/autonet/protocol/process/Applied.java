package computer.autonet.protocol.process;

import computer.autonet.base.Hash;

/** Where a signed message went, remembered so that submitting it again returns the same receipt. */
public record Applied(long slot, long timestampMillis, Hash entryHash) {}
