// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title AutonetTimelock
/// @notice Owns every contract of Autonet and holds the treasury. What the DAO decided waits here before it happens.
/// @dev The DAO creates it and alone may propose, cancel and execute. It has no administrator but itself, so that there
/// was never a key that could do more.
contract AutonetTimelock is TimelockController {
    constructor(uint256 minDelaySeconds)
        TimelockController(minDelaySeconds, _only(msg.sender), _only(msg.sender), address(0))
    {}

    function _only(address account) private pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}
