// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome} from "../types/Tasks.sol";

/// @notice The opened votes of a committee.
/// @param solvers how many scores a vote has: one for each solver that revealed
/// @param seatedWei the stake of all seats, of silent ones too
/// @param stakesWei by vote
/// @param scores by vote and solver, in micro-nats
/// @param evidence by vote
/// @param unreadable by vote: bit j is set where it cannot read the update of solver j, whose score is 0 then
/// @param blind by vote: it cannot read the truth, and its scores are 0
struct Votes {
    uint256 solvers;
    uint256 seatedWei;
    uint256[] stakesWei;
    uint256[] scores;
    bytes32[] evidence;
    uint256[] unreadable;
    bool[] blind;
}

/// @notice What an epoch yields; fractions in Q32.32.
/// @param outcome unless it is Decided there are no shares, and bonds do not change
/// @param unreadable bit j is set where the committee agrees that the update of solver j cannot be read
/// @param consensus by solver; a solver is accepted where it is above zero
/// @param incentives by solver
/// @param dividends by vote; zero where a vote does not stand
/// @param bonds by vote and solver; as they were where a vote does not stand or an update cannot be read
struct EpochResult {
    Outcome outcome;
    uint256 unreadable;
    uint256[] consensus;
    uint256[] incentives;
    uint256[] dividends;
    uint256[] bonds;
}

/// @title IYumaEngine
/// @notice From a committee's opened votes and bonds to the epoch's shares and new bonds, without any state.
interface IYumaEngine {
    /// @notice Computes an epoch.
    /// @param bonds by vote and solver, 16 bits each
    function compute(Votes calldata votes, uint256[] calldata bonds) external pure returns (EpochResult memory result);
}
