// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A claim under dispute: that so many steps lead from `start` to `end`.
/// @param start commitment to the state before the first step, on which both sides agree
/// @param end commitment to the state after the last step, on which they do not
/// @param extent SHA-256 of the extent tag, the number of steps and the id of the blob that holds them
struct Claim {
    bytes32 start;
    bytes32 end;
    bytes32 extent;
}

/// @notice How a dispute can be judged.
enum Verdict {
    /// nobody judged: the claim does not stand, and nobody is punished
    Undecided,
    /// the challenger is right: the claim is false
    Upheld,
    /// the challenger is wrong: the claim stands
    Dismissed,
    /// the defender played a false step although the claim may be true: another may defend it
    Misplayed
}

/// @notice Whose move it is.
enum Phase {
    None,
    AwaitingDefender,
    DefenderMoves,
    ChallengerMoves,
    AwaitingReferees,
    Voting,
    Closed
}

/// @notice The terms of disputes about the claims of one contract.
/// @param bondWei what each side puts up
/// @param slashWei what an answerable account loses when a challenge is upheld, or a defender who misplayed
/// @param joinSeconds how long an answerable account may take up the defence
/// @param clockSeconds how long each side may think, in all
/// @param refereeSeconds how long the referees may take before the stakes vote
/// @param voteSeconds how long a vote runs
/// @param quorumBps ten-thousandths of all stake that must vote
struct DisputeTerms {
    uint128 bondWei;
    uint128 slashWei;
    uint32 joinSeconds;
    uint32 clockSeconds;
    uint32 refereeSeconds;
    uint32 voteSeconds;
    uint16 quorumBps;
}

/// @notice One dispute.
/// @param target the contract whose claim it is
/// @param phase whose move it is
/// @param verdict how it ended, or Undecided
/// @param attempt how many defenders failed before the present one
/// @param challenger who says that the claim is false
/// @param openedAt when it began
/// @param defender who defends the claim now, or nobody
/// @param movedAt when the present side's clock began to run
/// @param deadline when the present wait ends, for phases that are not on a clock
/// @param subject which claim of the target
/// @param challengerClock seconds that the challenger has left
/// @param defenderClock seconds that the defender has left
/// @param low first step of the range in which the sides disagree
/// @param high the step after that range
/// @param lowPoint state before `low`, on which they agree
/// @param highPoint state before `high`, on which they do not
/// @param midpoints hash of the states that the defender gave last
/// @param claim what was claimed
/// @param terms the terms when it began
struct Dispute {
    address target;
    Phase phase;
    Verdict verdict;
    uint32 attempt;
    address challenger;
    uint64 openedAt;
    address defender;
    uint64 movedAt;
    uint64 deadline;
    uint32 challengerClock;
    uint32 defenderClock;
    uint64 low;
    uint64 high;
    bytes32 subject;
    bytes32 lowPoint;
    bytes32 highPoint;
    bytes32 midpoints;
    Claim claim;
    DisputeTerms terms;
}
