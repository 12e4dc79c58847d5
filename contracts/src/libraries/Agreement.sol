// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Votes} from "../interfaces/IYumaEngine.sol";

/// @title Agreement
/// @notice Which opened votes stand: those that saw, and could read, what more than half of the seated stake did, and
/// whose scores lie near the stake median (SCORE-04 to SCORE-08 of docs/spec/scoring.md, TASK-12 of docs/spec/task.md).
/// @dev `unchecked` rests on: stakes below 2^96, scores below 2^32, at most 2^8 votes and solvers.
library Agreement {
    /// @notice How far a score may lie from the stake median: 0.002 nats.
    uint256 internal constant TOLERANCE_MICRO_NATS = 2_000;
    /// @notice The weight of a vote's largest score.
    uint256 internal constant LARGEST_WEIGHT = 65_535;

    /// @notice By vote, whether it stands; and whether the votes that stand hold more than half of the seated stake.
    function judge(Votes memory votes) internal pure returns (bool[] memory stands, bool agreed) {
        uint256 count = votes.stakesWei.length;
        stands = new bool[](count);
        (uint256 first, bool held) = _majority(votes);
        if (!held) return (stands, false);
        uint256[] memory median = new uint256[](votes.solvers);
        for (uint256 j = 0; j < votes.solvers; ++j) {
            median[j] = _median(votes, j);
        }
        uint256 standingWei = 0;
        for (uint256 i = 0; i < count; ++i) {
            if (!_isSameView(votes, i, first) || !_isNear(votes, i, median)) continue;
            stands[i] = true;
            standingWei += votes.stakesWei[i];
        }
        agreed = standingWei * 2 > votes.seatedWei;
    }

    /// @notice Turns the scores of one vote, in place, into 16-bit weights: scaled so that the largest is 65,535, rounded
    /// down.
    function weigh(uint256[] memory scores, uint256 from, uint256 solvers) internal pure {
        unchecked {
            uint256 largest = 0;
            for (uint256 j = from; j < from + solvers; ++j) {
                if (scores[j] > largest) largest = scores[j];
            }
            if (largest == 0) return;
            for (uint256 j = from; j < from + solvers; ++j) {
                scores[j] = scores[j] * LARGEST_WEIGHT / largest;
            }
        }
    }

    /// @dev The first vote of those that share their view with more than half of the seated stake.
    function _majority(Votes memory votes) private pure returns (uint256 first, bool held) {
        uint256 count = votes.stakesWei.length;
        unchecked {
            for (; first < count; ++first) {
                uint256 heldWei = 0;
                for (uint256 k = first; k < count; ++k) {
                    if (_isSameView(votes, first, k)) heldWei += votes.stakesWei[k];
                }
                if (heldWei * 2 > votes.seatedWei) return (first, true);
            }
        }
        return (0, false);
    }

    function _isSameView(Votes memory votes, uint256 i, uint256 k) private pure returns (bool) {
        return votes.evidence[i] == votes.evidence[k] && votes.unreadable[i] == votes.unreadable[k]
            && votes.blind[i] == votes.blind[k];
    }

    /// @dev The smallest score up to which the backing stake is more than half of all that is behind votes.
    function _median(Votes memory votes, uint256 j) private pure returns (uint256) {
        uint256 count = votes.stakesWei.length;
        uint256[] memory order = new uint256[](count); // score in the upper half of a word, stake in the lower
        uint256 allWei = 0;
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                allWei += votes.stakesWei[i];
                uint256 entry = votes.scores[i * votes.solvers + j] << 128 | votes.stakesWei[i];
                uint256 k = i;
                for (; k != 0 && order[k - 1] > entry; --k) {
                    order[k] = order[k - 1];
                }
                order[k] = entry;
            }
            uint256 upToWei = 0;
            uint256 last = 0;
            while (upToWei * 2 <= allWei) upToWei += uint128(order[last++]);
            return order[last - 1] >> 128;
        }
    }

    function _isNear(Votes memory votes, uint256 i, uint256[] memory median) private pure returns (bool) {
        unchecked {
            for (uint256 j = 0; j < votes.solvers; ++j) {
                uint256 score = votes.scores[i * votes.solvers + j];
                // Written without subtraction, which could go below zero.
                if (score > median[j] + TOLERANCE_MICRO_NATS || median[j] > score + TOLERANCE_MICRO_NATS) return false;
            }
        }
        return true;
    }
}
