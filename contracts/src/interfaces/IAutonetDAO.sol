// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice How the DAO votes.
/// @param votingDelaySeconds time from a proposal to its vote
/// @param votingPeriodSeconds how long a vote runs
/// @param lateQuorumSeconds how long a vote still runs once its quorum is reached
/// @param timelockSeconds how long a decision waits before it happens
/// @param proposalThresholdWei votes that a proposer needs
/// @param quorumBps ten-thousandths of the supply that must vote for or abstain
struct DaoTerms {
    uint48 votingDelaySeconds;
    uint32 votingPeriodSeconds;
    uint48 lateQuorumSeconds;
    uint256 timelockSeconds;
    uint256 proposalThresholdWei;
    uint256 quorumBps;
}

/// @title IAutonetDAO
/// @notice What Autonet's DAO adds to an OpenZeppelin governor with timelock: proposals carry the verdict of the
/// constitution's judges, and the constitution changes only with the votes of 95 % of the supply.
interface IAutonetDAO {
    /// @notice The judges' opinion on the proposal has this hash.
    event VerdictAttached(uint256 indexed proposalId, bytes32 indexed verdict, bool amendment);
    /// @notice The constitution was amended.
    event ConstitutionAmended(bytes32 indexed previous, bytes32 indexed next);

    /// @notice A proposal needs the hash of a verdict: use `proposeWithVerdict`.
    error VerdictRequired();
    /// @notice The hash of a constitution is not zero and not the present one.
    error ConstitutionInvalid(bytes32 next);

    /// @notice Proposes calls, with the hash of the judges' verdict on them. The verdict becomes part of the description
    /// and so of the proposal's id.
    function proposeWithVerdict(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        string calldata description,
        bytes32 verdict
    ) external returns (uint256 proposalId);

    /// @notice Replaces the hash of the constitution. Only by a proposal that calls this directly and gets 95 % of the
    /// supply.
    function amendConstitution(bytes32 next) external;

    /// @notice The description with the verdict before it, whose keccak hash `queue` and `execute` ask for.
    function describe(string calldata description, bytes32 verdict) external pure returns (string memory);

    /// @notice The hash of the constitution.
    function constitution() external view returns (bytes32);

    /// @notice The verdict that a proposal carries.
    function verdictOf(uint256 proposalId) external view returns (bytes32);

    /// @notice Whether a proposal amends the constitution.
    function isAmendment(uint256 proposalId) external view returns (bool);
}
