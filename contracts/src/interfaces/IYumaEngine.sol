// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The opened votes of a committee.
/// @param solvers how many scores a vote has
/// @param seatedWei the stake of all seats, of silent ones too
/// @param stakesWei by vote
/// @param scores by vote and solver, in micro-nats
/// @param evidence by vote
struct Votes {
    uint256 solvers;
    uint256 seatedWei;
    uint256[] stakesWei;
    uint256[] scores;
    bytes32[] evidence;
}

/// @notice What an epoch yields; fractions in Q32.32.
/// @param decided false: no shares, and bonds do not change
/// @param consensus by solver; a solver is accepted where it is above zero
/// @param incentives by solver
/// @param dividends by vote; zero where a vote does not stand
/// @param bonds by vote and solver; as they were where a vote does not stand
struct EpochResult {
    bool decided;
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
