// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Builds the trees and paths of RFC 6962 section 2.1 as the text defines them, by recursion, independently of how
/// the contracts check them.
library MerkleTree {
    function leaf(bytes memory data) internal pure returns (bytes32) {
        return sha256(bytes.concat(hex"00", data));
    }

    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        return leaves.length == 0 ? sha256("") : _root(leaves, 0, leaves.length);
    }

    function path(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](64);
        uint256 count = _path(leaves, 0, leaves.length, index, siblings);
        assembly ("memory-safe") {
            mstore(siblings, count)
        }
    }

    function _root(bytes32[] memory leaves, uint256 from, uint256 count) private pure returns (bytes32) {
        if (count == 1) return leaves[from];
        uint256 k = _split(count);
        return sha256(bytes.concat(hex"01", _root(leaves, from, k), _root(leaves, from + k, count - k)));
    }

    function _path(bytes32[] memory leaves, uint256 from, uint256 count, uint256 index, bytes32[] memory siblings)
        private
        pure
        returns (uint256 used)
    {
        if (count <= 1) return 0;
        uint256 k = _split(count);
        if (index < k) {
            used = _path(leaves, from, k, index, siblings);
            siblings[used] = _root(leaves, from + k, count - k);
        } else {
            used = _path(leaves, from + k, count - k, index - k, siblings);
            siblings[used] = _root(leaves, from, k);
        }
        return used + 1;
    }

    /// @dev The largest power of two below `count`.
    function _split(uint256 count) private pure returns (uint256 k) {
        k = 1;
        while (k * 2 < count) k *= 2;
    }
}
