// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The parts that a participant can play; each has a stake of its own.
enum Role {
    Proposer,
    Solver,
    Coordinator,
    Aggregator
}

/// @notice Why stake was taken. Each reason belongs to one contract, and only that contract can give it.
enum SlashReason {
    Silence,
    MissedTrap,
    Equivocation,
    Verdict
}

/// @notice What a role asks of its holder.
/// @param minimumWei least active stake with which the role may be played
/// @param lockSeconds time after the last stake during which unbonding cannot begin
struct RoleTerms {
    uint128 minimumWei;
    uint64 lockSeconds;
}
