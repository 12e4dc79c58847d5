// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EpochResult, IYumaEngine, Votes} from "./interfaces/IYumaEngine.sol";
import {Agreement} from "./libraries/Agreement.sol";
import {Yuma} from "./libraries/Yuma.sol";

/// @title YumaEngine
/// @notice Agreement and Yuma epoch as one pure call. See `IYumaEngine`.
/// @dev A contract of its own only because `ResultsRewards` would be too large with it.
contract YumaEngine is IYumaEngine {
    /// @inheritdoc IYumaEngine
    // The arguments are read many times, as memory.
    // solhint-disable-next-line gas-calldata-parameters
    function compute(Votes memory votes, uint256[] memory bonds) external pure returns (EpochResult memory result) {
        result.dividends = new uint256[](votes.stakesWei.length);
        result.bonds = bonds;
        (bool[] memory stands, bool agreed) = Agreement.judge(votes);
        if (!agreed) return result;
        (Yuma.Input memory input, uint256[] memory rows) = _rows(votes, bonds, stands);
        Yuma.Output memory output = Yuma.epoch(input, Yuma.KAPPA);
        result.consensus = output.consensus;
        if (!output.decided) return result;
        result.decided = true;
        result.incentives = output.incentives;
        uint256 solvers = votes.solvers;
        for (uint256 i = 0; i < rows.length; ++i) {
            result.dividends[rows[i]] = output.dividends[i];
            for (uint256 j = 0; j < solvers; ++j) {
                result.bonds[rows[i] * solvers + j] = output.bonds[i * solvers + j];
            }
        }
    }

    /// @dev The votes that stand as rows of an epoch, and by row which vote it is.
    function _rows(Votes memory votes, uint256[] memory bonds, bool[] memory stands)
        private
        pure
        returns (Yuma.Input memory input, uint256[] memory rows)
    {
        uint256 count = 0;
        for (uint256 v = 0; v < stands.length; ++v) {
            if (stands[v]) ++count;
        }
        uint256 solvers = votes.solvers;
        rows = new uint256[](count);
        input = Yuma.Input({
            columns: solvers,
            stakesWei: new uint256[](count),
            scores: new uint256[](count * solvers),
            bonds: new uint256[](count * solvers)
        });
        uint256 row = 0;
        for (uint256 v = 0; v < stands.length; ++v) {
            if (!stands[v]) continue;
            rows[row] = v;
            input.stakesWei[row] = votes.stakesWei[v];
            Agreement.weigh(votes.scores, v * solvers, solvers, input.scores, row * solvers);
            for (uint256 j = 0; j < solvers; ++j) {
                input.bonds[row * solvers + j] = bonds[v * solvers + j];
            }
            ++row;
        }
    }
}
