// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Draw} from "../../src/libraries/Draw.sol";
import {Yuma} from "../../src/libraries/Yuma.sol";

/// @notice The libraries' internal functions as calls, so that their reverts can be expected and their gas measured.
contract YumaHarness {
    function epoch(Yuma.Input memory input, uint256 kappa) external pure returns (Yuma.Output memory) {
        return Yuma.epoch(input, kappa);
    }

    function medians(uint256[] memory stakes, uint256[] memory scores, uint256 columns, uint256 kappa)
        external
        pure
        returns (uint256[] memory)
    {
        return Yuma.medians(stakes, scores, columns, kappa);
    }
}

contract DrawHarness {
    using Draw for Draw.Tree;

    Draw.Tree private _tree;

    function add(uint256 weight) external returns (uint256) {
        return _tree.add(weight);
    }

    function set(uint256 index, uint256 oldWeight, uint256 newWeight) external {
        _tree.set(index, oldWeight, newWeight);
    }

    function total() external view returns (uint256) {
        return _tree.total();
    }

    function before(uint256 index) external view returns (uint256) {
        return _tree.before(index);
    }

    /// @dev Draws `count` after taking `excluded` (with their weights) out.
    function draw(bytes32 seed, uint256 count, uint256[] memory excluded, uint256[] memory weights)
        external
        view
        returns (uint256[] memory drawn, uint256[] memory drawnWeights)
    {
        Draw.Taken memory taken = _tree.open(seed, count + excluded.length);
        for (uint256 i = 0; i < excluded.length; ++i) {
            _tree.exclude(taken, excluded[i], weights[i]);
        }
        drawn = new uint256[](count);
        drawnWeights = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            (drawn[i], drawnWeights[i]) = _tree.next(taken);
        }
    }
}
