// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Brings a random number into a range, its ends included; what lies inside stays.
function within(uint256 x, uint256 min, uint256 max) pure returns (uint256) {
    if (x >= min && x <= max) return x;
    uint256 size = max - min + 1; // never the whole of uint256
    return min + x % size;
}
