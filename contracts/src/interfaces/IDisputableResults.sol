// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IDisputableResults
/// @notice What a dispute contract may do about a task's result: stop its payment while the dispute is open, then let it
/// stand or reject it. A rejected result pays nobody; its reward goes back to the project's escrow.
interface IDisputableResults {
    /// @notice Payment of the task's result waits for a dispute, at the latest until `suspendedUntil`.
    event ResultSuspended(bytes32 indexed taskId, uint64 suspendedUntil);
    /// @notice The dispute ended: the result stands or is rejected.
    event ResultResolved(bytes32 indexed taskId, bool upheld);

    /// @notice `caller` is not the dispute contract.
    error NotDisputes(address caller);
    /// @notice The task has no published result, or its challenge window ended at `disputableUntil`.
    error NotDisputable(bytes32 taskId, uint64 disputableUntil);
    /// @notice The task's result is not suspended.
    error NotSuspended(bytes32 taskId);

    /// @notice Stops payment. Only the dispute contract, only inside the challenge window; a second dispute about the same
    /// task is counted.
    function suspendResult(bytes32 taskId) external;

    /// @notice Ends one dispute. Only the dispute contract. The first rejection decides.
    function resolveResult(bytes32 taskId, bool upheld) external;

    /// @notice The published model's blob id (zero: none) and the end of its challenge window.
    function resultOf(bytes32 taskId) external view returns (bytes32 modelId, uint64 disputableUntil);
}
