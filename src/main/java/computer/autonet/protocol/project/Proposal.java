package computer.autonet.protocol.project;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;

/** What a proposer asks a round to do. */
public record Proposal(
        int round, int attempt, Hash reference, Identity proposer, Hash truth, BlobId truthCiphertext, Recipe recipe) {}
