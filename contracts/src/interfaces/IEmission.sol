// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A first holder and what it gets.
struct Allocation {
    address holder;
    uint256 amountWei;
}

/// @title IEmission
/// @notice The only source of ATN: genesis allocations once, then at most a rate, all under one cap for ever.
interface IEmission {
    /// @notice `amountWei` were minted for `to`.
    event Emitted(address indexed to, uint256 amountWei);
    /// @notice From now on at most `ratePerSecondWei` accrue.
    event RateSet(uint256 ratePerSecondWei);

    /// @notice The rate may be at most `maximumWei` per second.
    error RateTooHigh(uint256 ratePerSecondWei, uint256 maximumWei);
    /// @notice Only `availableWei` can be minted now.
    error EmissionExceeded(uint256 amountWei, uint256 availableWei);
    /// @notice The allocations together exceed the cap.
    error CapExceeded(uint256 totalWei, uint256 capWei);

    /// @notice Mints what has accrued. Only the timelock.
    function emitTo(address to, uint256 amountWei) external;

    /// @notice Changes the rate from now on; what has accrued stays. Only the timelock.
    function setRate(uint256 ratePerSecondWei_) external;

    /// @notice How much can be minted now.
    function available() external view returns (uint256);

    /// @notice How much was ever minted, burned tokens included.
    function mintedWei() external view returns (uint256);

    /// @notice How much can ever be minted.
    function capWei() external view returns (uint256);
}
