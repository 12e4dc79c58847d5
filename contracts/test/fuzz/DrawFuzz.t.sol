// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DrawHarness} from "../support/Harness.sol";
import {T} from "../support/T.sol";

/// @notice The tree against a list: the same sums after any changes, and the same draws as a plain walk along the line.
contract DrawFuzzTest is T {
    bytes32 private constant TAG = sha256("autonet/draw/1");

    function testFuzz_theTreeSumsLikeAList(uint96[] memory weights, uint256 changes) public {
        if (weights.length > 40) return;
        DrawHarness draw = new DrawHarness();
        for (uint256 i = 0; i < weights.length; ++i) {
            vm.assertEq(draw.add(weights[i]), i);
            if (i != 0 && changes & (1 << i) != 0) {
                uint256 k = changes % i;
                uint96 next = uint96(uint256(keccak256(abi.encode(changes, i))));
                draw.set(k, weights[k], next);
                weights[k] = next;
            }
        }
        uint256 sum = 0;
        for (uint256 i = 0; i < weights.length; ++i) {
            vm.assertEq(draw.before(i), sum);
            sum += weights[i];
        }
        vm.assertEq(draw.total(), sum);
    }

    function testFuzz_drawsAreThoseOfAPlainWalk(uint96[] memory weights, bytes32 seed, uint256 out) public {
        if (weights.length < 2 || weights.length > 30) return;
        DrawHarness draw = new DrawHarness();
        uint256 left = 0;
        uint256 alive = 0;
        for (uint256 i = 0; i < weights.length; ++i) {
            draw.add(weights[i]);
            left += weights[i];
            if (weights[i] != 0) ++alive;
        }
        if (alive < 2) return;
        uint256[] memory excluded = new uint256[](1);
        uint256[] memory excludedWeights = new uint256[](1);
        excluded[0] = out % weights.length;
        excludedWeights[0] = weights[excluded[0]];
        if (excludedWeights[0] != 0) --alive;
        left -= excludedWeights[0];
        (uint256[] memory drawn, uint256[] memory drawnWeights) = draw.draw(seed, alive, excluded, excludedWeights);
        weights[excluded[0]] = 0;
        _walk(weights, seed, left, drawn, drawnWeights);
    }

    function _walk(
        uint96[] memory weights,
        bytes32 seed,
        uint256 left,
        uint256[] memory drawn,
        uint256[] memory drawnWeights
    ) private pure {
        uint256 word = 0;
        for (uint256 n = 0; n < drawn.length; ++n) {
            uint256 point;
            (point, word) = _below(seed, word, left);
            uint256 i = 0;
            while (point >= weights[i]) point -= weights[i++];
            vm.assertEq(drawn[n], i);
            vm.assertEq(drawnWeights[n], weights[i]);
            left -= weights[i];
            weights[i] = 0;
        }
        vm.assertEq(left, 0);
    }

    /// @dev Words at or above the largest multiple of the bound are rejected (DRAW-03).
    function _below(bytes32 seed, uint256 word, uint256 bound_) private pure returns (uint256, uint256) {
        uint256 residue = addmod(type(uint256).max, 1, bound_);
        while (true) {
            uint256 x = uint256(sha256(bytes.concat(TAG, seed, bytes32(word++))));
            if (residue == 0 || x < type(uint256).max - residue + 1) return (x % bound_, word);
        }
        return (0, 0);
    }
}
