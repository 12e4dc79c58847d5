// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ATNToken} from "./ATNToken.sol";
import {Allocation, IEmission} from "./interfaces/IEmission.sol";

/// @title Emission
/// @notice The only source of ATN: genesis allocations once, then at most a rate, all under one cap for ever.
/// @dev It creates the token, so that there is no moment at which another could mint. The owner is the timelock.
contract Emission is IEmission, Ownable {
    /// @notice The token that is minted.
    ATNToken public immutable token;
    /// @inheritdoc IEmission
    uint256 public immutable capWei;
    /// @notice The highest rate that can ever be set.
    uint256 public immutable maxRatePerSecondWei;

    /// @notice How much accrues now.
    uint256 public ratePerSecondWei;
    /// @inheritdoc IEmission
    uint256 public mintedWei;

    uint256 private _accruedWei;
    uint256 private _accruedAt;

    constructor(uint256 capWei_, uint256 maxRatePerSecondWei_, address owner_, Allocation[] memory genesis)
        Ownable(owner_)
    {
        token = new ATNToken(address(this));
        capWei = capWei_;
        maxRatePerSecondWei = maxRatePerSecondWei_;
        _accruedAt = block.timestamp;
        uint256 total = 0;
        for (uint256 i = 0; i < genesis.length; ++i) {
            total += genesis[i].amountWei;
            if (total > capWei_) revert CapExceeded(total, capWei_);
            _emit(genesis[i].holder, genesis[i].amountWei);
        }
    }

    /// @inheritdoc IEmission
    function emitTo(address to, uint256 amountWei) external onlyOwner {
        uint256 availableWei = available();
        if (amountWei > availableWei) revert EmissionExceeded(amountWei, availableWei);
        _accruedWei = availableWei - amountWei;
        _accruedAt = block.timestamp;
        _emit(to, amountWei);
    }

    /// @inheritdoc IEmission
    function setRate(uint256 ratePerSecondWei_) external onlyOwner {
        if (ratePerSecondWei_ > maxRatePerSecondWei) revert RateTooHigh(ratePerSecondWei_, maxRatePerSecondWei);
        _accruedWei = available();
        _accruedAt = block.timestamp;
        ratePerSecondWei = ratePerSecondWei_;
        emit RateSet(ratePerSecondWei_);
    }

    /// @inheritdoc IEmission
    function available() public view returns (uint256) {
        uint256 fresh = Math.saturatingMul(ratePerSecondWei, block.timestamp - _accruedAt);
        uint256 accrued = Math.saturatingAdd(_accruedWei, fresh);
        return Math.min(accrued, capWei - mintedWei);
    }

    function _emit(address to, uint256 amountWei) private {
        mintedWei += amountWei;
        token.mint(to, amountWei);
        emit Emitted(to, amountWei);
    }
}
