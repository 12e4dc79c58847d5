// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title MerkleSha256
/// @notice Merkle trees of RFC 6962, section 2.1: SHA-256, leaves prefixed with 0x00 and inner nodes with 0x01, so that
/// no inner node can pass for a leaf. Proofs are checked as RFC 9162, section 2.1.3.2, describes.
library MerkleSha256 {
    /// @notice The root of a tree without leaves: SHA-256 of nothing.
    bytes32 internal constant EMPTY_ROOT = 0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855;

    /// @notice The hash of a leaf's bytes.
    function leafHash(bytes memory data) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), data));
    }

    /// @notice The hash of an inner node.
    function nodeHash(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }

    /// @notice Whether `path` leads from the leaf at `index` of a tree with `size` leaves to `root`.
    /// @param path the siblings, lowest first
    function includes(bytes32 leaf, uint256 index, uint256 size, bytes32[] calldata path, bytes32 root)
        internal
        pure
        returns (bool)
    {
        if (index >= size) return false;
        uint256 node = index;
        uint256 last = size - 1;
        bytes32 hash = leaf;
        for (uint256 i = 0; i < path.length; ++i) {
            if (last == 0) return false; // longer than the tree is high
            if (node & 1 == 1 || node == last) {
                hash = nodeHash(path[i], hash);
                // A last node without sibling stands for itself on the levels above.
                while (node & 1 == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = nodeHash(hash, path[i]);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }
}
