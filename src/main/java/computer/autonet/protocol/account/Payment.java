package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;

/** An amount for the account of {@code owner}. */
public record Payment(Hash owner, Amount amount) {}
