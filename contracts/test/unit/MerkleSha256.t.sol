// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleSha256} from "../../src/libraries/MerkleSha256.sol";
import {MerkleTree} from "../support/MerkleTree.sol";
import {T} from "../support/T.sol";

/// @notice The library's check as a call.
contract MerkleHarness {
    function includes(bytes32 leaf, uint256 index, uint256 size, bytes32[] calldata path, bytes32 root)
        external
        pure
        returns (bool)
    {
        return MerkleSha256.includes(leaf, index, size, path, root);
    }

    function leafHash(bytes calldata data) external pure returns (bytes32) {
        return MerkleSha256.leafHash(data);
    }
}

/// @notice Proofs of RFC 6962: the vectors that Certificate Transparency publishes, and every tree to 33 leaves.
contract MerkleSha256Test is T {
    string private constant VECTORS = "../../shared/vectors/rfc6962.json";

    MerkleHarness private _merkle;

    function setUp() public {
        _merkle = new MerkleHarness();
    }

    /// Where the folder is absent forge permits no look into it, and reverts.
    function _isThere(string memory file) private returns (bool) {
        try vm.exists(file) returns (bool there) {
            return there;
        } catch {
            return false;
        }
    }

    function test_publishedVectorsHold() public {
        if (!_isThere(VECTORS)) {
            vm.skip(true, "shared vectors are absent: RFC 6962 vectors not compared");
            return;
        }
        string memory json = vm.readFile(VECTORS);
        string[] memory inputs = vm.parseJsonStringArray(json, ".inputs_hex");
        string[] memory roots = vm.parseJsonStringArray(json, ".roots");
        bytes32[] memory leaves = new bytes32[](inputs.length);
        for (uint256 i = 0; i < inputs.length; ++i) {
            leaves[i] = _merkle.leafHash(_bytes(inputs[i]));
        }
        vm.assertEq(MerkleSha256.EMPTY_ROOT, _hash(roots[0]));
        uint256 proofs = 0;
        for (uint256 size = 1; size <= inputs.length; ++size) {
            for (uint256 index = 0; index < size; ++index) {
                if (_provesAsPublished(json, leaves[index], index, size, _hash(roots[size]))) ++proofs;
            }
        }
        vm.assertGt(proofs, 5);
    }

    function test_everyLeafOfEveryTreeToThirtyThreeProves() public view {
        for (uint256 size = 1; size <= 33; ++size) {
            bytes32[] memory leaves = _leaves(size);
            bytes32 root = MerkleTree.root(leaves);
            for (uint256 index = 0; index < size; ++index) {
                bytes32[] memory path = MerkleTree.path(leaves, index);
                vm.assertTrue(_merkle.includes(leaves[index], index, size, path, root));
            }
        }
    }

    function test_anIndexOutsideTheTreeIsRefused() public view {
        bytes32[] memory leaves = _leaves(1);
        vm.assertFalse(_merkle.includes(leaves[0], 1, 1, new bytes32[](0), leaves[0]));
        vm.assertFalse(_merkle.includes(leaves[0], 0, 0, new bytes32[](0), leaves[0]));
    }

    function test_aPathOfAnotherLengthIsRefused() public view {
        bytes32[] memory leaves = _leaves(5);
        bytes32 root = MerkleTree.root(leaves);
        bytes32[] memory path = MerkleTree.path(leaves, 2);
        bytes32[] memory longer = new bytes32[](path.length + 1);
        bytes32[] memory shorter = new bytes32[](path.length - 1);
        for (uint256 i = 0; i < path.length; ++i) {
            longer[i] = path[i];
            if (i < shorter.length) shorter[i] = path[i];
        }
        vm.assertFalse(_merkle.includes(leaves[2], 2, 5, longer, root));
        vm.assertFalse(_merkle.includes(leaves[2], 2, 5, shorter, root));
    }

    function test_anInnerNodeIsNoLeaf() public view {
        // The 64 bytes of an inner node, hashed as a leaf, do not give that node: the prefixes differ.
        bytes32[] memory leaves = _leaves(4);
        bytes32[] memory path = new bytes32[](1);
        path[0] = sha256(bytes.concat(hex"01", leaves[2], leaves[3]));
        bytes32 forged = _merkle.leafHash(bytes.concat(leaves[0], leaves[1]));
        vm.assertFalse(_merkle.includes(forged, 0, 2, path, MerkleTree.root(leaves)));
    }

    function test_keccakTreesDoNotProve() public view {
        // A regression of an earlier public attempt: keccak on one side and SHA-256 on the other never match.
        bytes32 a = keccak256("a");
        bytes32 b = keccak256("b");
        bytes32[] memory path = new bytes32[](1);
        path[0] = b;
        vm.assertFalse(_merkle.includes(a, 0, 2, path, keccak256(abi.encodePacked(a, b))));
        vm.assertTrue(_merkle.includes(a, 0, 2, path, sha256(abi.encodePacked(bytes1(0x01), a, b))));
    }

    /// @dev False where no proof is published; fails where the published one does not hold.
    function _provesAsPublished(string memory json, bytes32 leaf, uint256 index, uint256 size, bytes32 root)
        private
        view
        returns (bool)
    {
        string memory key = string.concat(".inclusion['", vm.toString(index), "/", vm.toString(size), "']");
        if (!vm.keyExistsJson(json, key)) return false;
        string[] memory given = vm.parseJsonStringArray(json, key);
        bytes32[] memory path = new bytes32[](given.length);
        for (uint256 i = 0; i < given.length; ++i) {
            path[i] = _hash(given[i]);
        }
        vm.assertTrue(_merkle.includes(leaf, index, size, path, root), key);
        return true;
    }

    function _leaves(uint256 count) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            leaves[i] = MerkleTree.leaf(abi.encode(i));
        }
    }

    function _hash(string memory hex_) private pure returns (bytes32) {
        return vm.parseBytes32(string.concat("0x", hex_));
    }

    function _bytes(string memory hex_) private pure returns (bytes memory data) {
        bytes memory digits = bytes(hex_);
        data = new bytes(digits.length / 2);
        for (uint256 i = 0; i < data.length; ++i) {
            data[i] = bytes1(_nibble(digits[2 * i]) * 16 + _nibble(digits[2 * i + 1]));
        }
    }

    function _nibble(bytes1 digit) private pure returns (uint8) {
        uint8 c = uint8(digit);
        return c < 58 ? c - 48 : c - 87;
    }
}
