// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Where a task stands.
enum TaskPhase {
    None,
    /// drawn solvers train and commit
    Committing,
    /// the proposer owes the truth
    TruthDue,
    /// the solvers that committed owe their solutions
    SolutionsDue,
    /// anybody may draw the coordinators
    DrawDue,
    /// coordinators seal and open votes
    Voting,
    /// the aggregator whose turn it is owes a certified model
    Aggregating,
    Published,
    Void
}

/// @notice Why a task ended without a result.
enum VoidReason {
    NoCommitment,
    NoTruth,
    NoSolution,
    NoCommittee,
    Undecided,
    NoAggregator
}

/// @notice What a committee's vote comes to.
enum Outcome {
    /// too few votes, or no agreement
    Failed,
    /// more than half of the seated stake cannot read the truth
    NoTruth,
    /// the committee agrees that it can read no solution
    NoSolution,
    Decided
}

/// @notice How long each phase lasts at most.
struct PhaseSeconds {
    uint32 commit;
    uint32 truth;
    uint32 solutions;
    uint32 draw;
    uint32 seal;
    uint32 open;
    uint32 aggregate;
}

/// @notice One task: one round of a project.
/// @param project the project that pays
/// @param round the project's round; a void task's round is repeated by the next
/// @param phase where the task stands
/// @param committee 0, or 1 after the first committee failed
/// @param committed solvers that committed
/// @param revealed solvers that revealed
/// @param turn whose turn it is among the aggregators
/// @param coordinatorSeats how many coordinators to draw
/// @param proposer who proposed
/// @param deadline end of the phase
/// @param phases the phases' lengths when the task was proposed
/// @param closedAt when commitments closed
/// @param recipeId the training recipe's blob
/// @param truthCommitment what the proposer committed to
/// @param truthSalt the salt of the truth, when it is revealed
/// @param seed draws the coordinators, known when the truth is
struct Task {
    address project;
    uint32 round;
    TaskPhase phase;
    uint8 committee;
    uint8 committed;
    uint8 revealed;
    uint8 turn;
    uint8 coordinatorSeats;
    address proposer;
    uint64 deadline;
    PhaseSeconds phases;
    uint64 closedAt;
    bytes32 recipeId;
    bytes32 truthCommitment;
    bytes32 truthSalt;
    bytes32 seed;
}

/// @notice A drawn solver.
/// @param solver whose seat it is
/// @param member its place in the project's roster of solvers
/// @param revealed whether the solution was revealed
/// @param commitment what it committed to; zero before
struct SolverSeat {
    address solver;
    uint32 member;
    bool revealed;
    bytes32 commitment;
}

/// @notice What opens a solver's commitment.
/// @param ciphertextId the encrypted update's blob
/// @param plaintextId the update's hash
/// @param salt from which the key is derived
/// @param traceRoot commitment to the training trace: SHA-256(extent tag, steps, blob) as disputes ask for it
struct SolutionOpening {
    bytes32 ciphertextId;
    bytes32 plaintextId;
    bytes32 salt;
    bytes32 traceRoot;
}

/// @notice What a coordinator has to say.
/// @param scores in micro-nats, one for each solver that revealed, in the order of their seats; `UNREADABLE_SCORE` for an
/// update that cannot be read
/// @param truthReadable false: the truth cannot be read, and there are no scores
/// @param evidence digest of what was measured
struct Vote {
    uint32[] scores;
    bool truthReadable;
    bytes32 evidence;
}

/// @dev Stands for the score of an update that cannot be read.
uint32 constant UNREADABLE_SCORE = type(uint32).max;

/// @notice A drawn coordinator and its vote.
/// @param coordinator whose seat it is
/// @param stakeWei what its vote weighs
/// @param seal commitment to the vote; zero before
/// @param scores as voted, 32 bits each, eight to a word, the first in the lowest bits
/// @param evidence digest of what it measured
struct CoordinatorSeat {
    address coordinator;
    uint96 stakeWei;
    bytes32 seal;
    uint256[2] scores;
    bytes32 evidence;
}

/// @notice Signatures of a committee under one digest.
/// @param signers bit i is set where the i-th coordinator of the deciding committee signed
/// @param r first half of each signature, in the order of the set bits
/// @param vs second half of each, as EIP-2098 packs it
struct ModelCertificate {
    uint256 signers;
    bytes32[] r;
    bytes32[] vs;
}
