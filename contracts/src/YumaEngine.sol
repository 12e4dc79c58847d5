// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EpochResult, IYumaEngine, Votes} from "./interfaces/IYumaEngine.sol";
import {Agreement} from "./libraries/Agreement.sol";
import {Yuma} from "./libraries/Yuma.sol";
import {Outcome} from "./types/Tasks.sol";

/// @title YumaEngine
/// @notice Agreement and Yuma epoch as one pure call. See `IYumaEngine`.
/// @dev A contract of its own only because `ResultsRewards` would be too large with it.
contract YumaEngine is IYumaEngine {
    /// @inheritdoc IYumaEngine
    // The arguments are read many times, as memory.
    // solhint-disable-next-line gas-calldata-parameters
    function compute(Votes memory votes, uint256[] memory bonds) external pure returns (EpochResult memory result) {
        uint256 solvers = votes.solvers;
        result.consensus = new uint256[](solvers);
        result.incentives = new uint256[](solvers);
        result.dividends = new uint256[](votes.stakesWei.length);
        result.bonds = bonds;
        if (_isBlind(votes)) {
            result.outcome = Outcome.NoTruth;
            return result;
        }
        (bool[] memory stands, bool agreed) = Agreement.judge(votes);
        if (!agreed) return result;
        uint256[] memory rows = _standing(stands);
        result.unreadable = votes.unreadable[rows[0]];
        uint256[] memory columns = _readable(solvers, result.unreadable);
        if (columns.length == 0) {
            result.outcome = Outcome.NoSolution;
            return result;
        }
        Yuma.Output memory output = Yuma.epoch(_input(votes, bonds, rows, columns), Yuma.KAPPA);
        if (!output.decided) return result;
        result.outcome = Outcome.Decided;
        _spread(result, output, rows, columns);
    }

    /// @dev Whether more than half of the seated stake cannot read the truth.
    function _isBlind(Votes memory votes) private pure returns (bool) {
        uint256 blindWei = 0;
        for (uint256 v = 0; v < votes.blind.length; ++v) {
            if (votes.blind[v]) blindWei += votes.stakesWei[v];
        }
        return blindWei * 2 > votes.seatedWei;
    }

    function _standing(bool[] memory stands) private pure returns (uint256[] memory rows) {
        rows = new uint256[](stands.length);
        uint256 count = 0;
        for (uint256 v = 0; v < stands.length; ++v) {
            if (stands[v]) rows[count++] = v;
        }
        // Cutting an array in memory short is safe: its tail is merely not used.
        assembly ("memory-safe") {
            mstore(rows, count)
        }
    }

    function _readable(uint256 solvers, uint256 unreadable) private pure returns (uint256[] memory columns) {
        columns = new uint256[](solvers);
        uint256 count = 0;
        for (uint256 j = 0; j < solvers; ++j) {
            if ((unreadable >> j) & 1 == 0) columns[count++] = j;
        }
        // As above.
        assembly ("memory-safe") {
            mstore(columns, count)
        }
    }

    function _input(
        Votes memory votes,
        uint256[] memory bonds,
        uint256[] memory rows,
        uint256[] memory columns
    ) private pure returns (Yuma.Input memory input) {
        input = Yuma.Input({
            columns: columns.length,
            stakesWei: new uint256[](rows.length),
            scores: new uint256[](rows.length * columns.length),
            bonds: new uint256[](rows.length * columns.length)
        });
        for (uint256 i = 0; i < rows.length; ++i) {
            uint256 from = rows[i] * votes.solvers;
            uint256 to = i * columns.length;
            input.stakesWei[i] = votes.stakesWei[rows[i]];
            for (uint256 j = 0; j < columns.length; ++j) {
                input.scores[to + j] = votes.scores[from + columns[j]];
                input.bonds[to + j] = bonds[from + columns[j]];
            }
            Agreement.weigh(input.scores, to, columns.length);
        }
    }

    /// @dev From the epoch's rows and columns back to votes and solvers.
    function _spread(
        EpochResult memory result,
        Yuma.Output memory output,
        uint256[] memory rows,
        uint256[] memory columns
    ) private pure {
        uint256 solvers = result.consensus.length;
        for (uint256 j = 0; j < columns.length; ++j) {
            result.consensus[columns[j]] = output.consensus[j];
            result.incentives[columns[j]] = output.incentives[j];
        }
        for (uint256 i = 0; i < rows.length; ++i) {
            result.dividends[rows[i]] = output.dividends[i];
            for (uint256 j = 0; j < columns.length; ++j) {
                result.bonds[rows[i] * solvers + columns[j]] = output.bonds[i * columns.length + j];
            }
        }
    }
}
