// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IProjectToken
/// @notice A project's token. Who holds a part of it when income arrives can claim that part of the income, whatever
/// happens to the token later.
interface IProjectToken is IERC20 {
    /// @notice `amountWei` of income were added for the holders.
    event Distributed(uint256 amountWei);
    /// @notice `holder` took its part.
    event Claimed(address indexed holder, uint256 amountWei);

    /// @notice `caller` is not the project.
    error NotProject(address caller);
    /// @notice Nobody holds the token: there is nobody to distribute to.
    error NoHolders();
    /// @notice There is nothing to claim.
    error NothingToClaim(address holder);

    /// @notice Creates tokens. Only the project.
    function mint(address to, uint256 amount) external;

    /// @notice Takes income from the project and adds it for the holders of now. Only the project.
    function distribute(uint256 amountWei) external;

    /// @notice Pays the caller its part of all income so far.
    function claim() external returns (uint256 amountWei);

    /// @notice What `holder` can claim.
    function claimable(address holder) external view returns (uint256);

    /// @notice What income is paid in.
    function income() external view returns (IERC20);
}
