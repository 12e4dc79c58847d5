package computer.autonet.protocol.project;

import computer.autonet.base.Amount;

/** What a member is paid for a round. */
public record Earning(MemberKey member, Amount amount) {}
