// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Claim} from "../types/Disputes.sol";
import {Role} from "../types/Staking.sol";

/// @title IDisputable
/// @notice A contract whose claims can be disputed: the bridge for checkpoints, and what holds the results of tasks.
/// @dev Several disputes about one subject may be open at once, so that a sham challenge keeps nobody else out.
interface IDisputable {
    /// @notice `caller` is not the contract that decides disputes.
    error NotDisputeManager(address caller);

    /// @notice A dispute about `subject` begins. Reverts where it cannot be disputed now. Only the dispute contract.
    /// @return claim what is disputed
    function disputeOpened(bytes32 subject) external returns (Claim memory claim);

    /// @notice A dispute about `subject` ended. Only the dispute contract.
    /// @param stands false when the claim must be undone
    function disputeClosed(bytes32 subject, bool stands) external;

    /// @notice Whether `subject` was already undone for another reason.
    function isMoot(bytes32 subject) external view returns (bool);

    /// @notice Who answers for the claim with stake, and in which role.
    /// @param proof what shows it, in a form that each contract defines
    /// @return accounts always the same ones in the same order
    function answerable(bytes32 subject, bytes calldata proof)
        external
        view
        returns (address[] memory accounts, Role role);
}
