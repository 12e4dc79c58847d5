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
