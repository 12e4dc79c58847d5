package computer.autonet.protocol.task;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;

/** A revealed update: where it is stored encrypted, what it is, and the salt that opens it. */
public record Update(Identity solver, BlobId ciphertext, BlobId plaintext, Hash salt) {}
