// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Yuma
/// @notice One epoch of Yuma 2 consensus (Opentensor, "Yuma Consensus", subtensor): from stakes, scores and bonds to
/// consensus, incentives, dividends and new bonds, in Q32.32 fixed point that truncates, bit for bit what Java computes.
/// @dev The rules YUMA-01 to YUMA-13 of docs/spec/yuma.md. Matrices are flat, row after row; a row is a coordinator whose
/// vote stands, a column a solver. An epoch whose ranks are all zero is undecided; it is never paid by stake.
///
/// Every `unchecked` block rests on the same bounds: stakes are below 2^128, scores below 2^16, bonds below 2^16, there
/// are at most 2^16 rows and columns, and so a fraction is at most 2^32, a product of two at most 2^64, a stake or score
/// times 2^32 below 2^160, and a sum of them below 2^176. Each is far below 2^256; differences are commented.
library Yuma {
    /// @notice One, in Q32.32.
    uint256 internal constant ONE = 1 << 32;
    /// @notice The share of stake that must stand behind a score: 32768 / 65535.
    uint256 internal constant KAPPA = (32768 * ONE) / 65535;
    /// @notice The weight of the past in the bonds' moving average, 0.9; the present has the rest.
    uint256 internal constant PAST = (900_000 * ONE) / 1_000_000;
    /// @notice What one means among stored bonds.
    uint256 internal constant BOND_ONE = type(uint16).max;

    /// @notice What an epoch starts from.
    /// @param columns how many solvers
    /// @param stakesWei by row
    /// @param scores by row and column, 16 bits each
    /// @param bonds by row and column, as the last epoch left them
    struct Input {
        uint256 columns;
        uint256[] stakesWei;
        uint256[] scores;
        uint256[] bonds;
    }

    /// @notice What an epoch yields; fractions in Q32.32.
    /// @param decided false: all ranks are zero, and the rest says nothing
    /// @param consensus by column: the score that more than kappa of the stake grants
    /// @param incentives by column: shares of the solvers
    /// @param dividends by row: shares of the coordinators
    /// @param bonds by row and column, column-wise scaled so that the largest is `BOND_ONE`
    struct Output {
        bool decided;
        uint256[] consensus;
        uint256[] incentives;
        uint256[] dividends;
        uint256[] bonds;
    }

    /// @notice Computes an epoch.
    /// @param kappa the share of stake that must stand behind a score, in Q32.32: `KAPPA`
    function epoch(Input memory input, uint256 kappa) internal pure returns (Output memory output) {
        uint256 columns = input.columns;
        // Stakes are normalised twice, as among all and among the active: the second time takes up what the first cut off.
        uint256[] memory stakes = normalised(normalised(input.stakesWei));
        uint256[] memory weights = _rowNormalised(input.scores, stakes.length, columns);
        output.consensus = medians(stakes, weights, columns, kappa);
        _clip(weights, output.consensus);
        uint256[] memory ranks = _ranks(stakes, weights, columns);
        output.incentives = normalised(ranks);
        output.decided = sum(ranks) != 0;
        output.bonds = input.bonds;
        output.dividends = new uint256[](stakes.length);
        if (output.decided) _settleBonds(input, stakes, weights, output);
    }

    /// @notice The values divided by their sum; zeros stay zeros.
    function normalised(uint256[] memory values) internal pure returns (uint256[] memory fractions) {
        uint256 all = sum(values);
        fractions = new uint256[](values.length);
        if (all == 0) return fractions;
        unchecked {
            for (uint256 i = 0; i < values.length; ++i) {
                fractions[i] = values[i] * ONE / all;
            }
        }
    }

    /// @notice The sum of the values.
    function sum(uint256[] memory values) internal pure returns (uint256 all) {
        unchecked {
            for (uint256 i = 0; i < values.length; ++i) {
                all += values[i];
            }
        }
    }

    /// @notice By column, the stake-weighted median: the smallest score such that the stake behind scores up to it exceeds
    /// the minority, all stake less kappa. Rows without stake have no say.
    function medians(uint256[] memory stakes, uint256[] memory scores, uint256 columns, uint256 kappa)
        internal
        pure
        returns (uint256[] memory median)
    {
        uint256[] memory shares = normalised(stakes);
        uint256 all = sum(shares);
        // Where even all stake is less than kappa, every score exceeds the minority: the smallest is the median.
        bool unreachable = all < kappa;
        uint256 minority = unreachable ? 0 : all - kappa;
        median = new uint256[](columns);
        for (uint256 j = 0; j < columns; ++j) {
            median[j] = _median(shares, scores, columns, j, minority, unreachable);
        }
    }

    function _median(
        uint256[] memory shares,
        uint256[] memory scores,
        uint256 columns,
        uint256 j,
        uint256 minority,
        bool unreachable
    ) private pure returns (uint256) {
        uint256 rows = shares.length;
        uint256 count = 0;
        uint256[] memory order = new uint256[](rows); // score in the upper half of a word, share in the lower
        unchecked {
            for (uint256 i = 0; i < rows; ++i) {
                if (shares[i] == 0) continue;
                uint256 entry = scores[i * columns + j] << 128 | shares[i];
                uint256 k = count++;
                // k > 0 inside the loop, so k - 1 is an index.
                for (; k != 0 && order[k - 1] > entry; --k) {
                    order[k] = order[k - 1];
                }
                order[k] = entry;
            }
            uint256 upTo = 0;
            for (uint256 k = 0; k < count; ++k) {
                upTo += uint128(order[k]);
                if (unreachable || upTo > minority) return order[k] >> 128;
            }
        }
        return count == 0 ? 0 : order[count - 1] >> 128;
    }

    function _rowNormalised(uint256[] memory scores, uint256 rows, uint256 columns)
        private
        pure
        returns (uint256[] memory weights)
    {
        weights = new uint256[](scores.length);
        unchecked {
            for (uint256 i = 0; i < rows; ++i) {
                uint256 row = i * columns;
                uint256 all = 0;
                for (uint256 j = 0; j < columns; ++j) {
                    all += scores[row + j];
                }
                if (all == 0) continue;
                for (uint256 j = 0; j < columns; ++j) {
                    weights[row + j] = scores[row + j] * ONE / all;
                }
            }
        }
    }

    /// @dev Nobody's weight counts above the consensus.
    function _clip(uint256[] memory weights, uint256[] memory consensus) private pure {
        uint256 columns = consensus.length;
        unchecked {
            for (uint256 cell = 0; cell < weights.length; cell += columns) {
                for (uint256 j = 0; j < columns; ++j) {
                    if (weights[cell + j] > consensus[j]) weights[cell + j] = consensus[j];
                }
            }
        }
    }

    function _ranks(uint256[] memory stakes, uint256[] memory weights, uint256 columns)
        private
        pure
        returns (uint256[] memory ranks)
    {
        ranks = new uint256[](columns);
        unchecked {
            for (uint256 i = 0; i < stakes.length; ++i) {
                for (uint256 j = 0; j < columns; ++j) {
                    ranks[j] += (weights[i * columns + j] * stakes[i]) >> 32;
                }
            }
        }
    }

    /// @dev Moves the bonds towards clipped weight times stake, pays dividends by them, and scales them for storage.
    function _settleBonds(
        Input memory input,
        uint256[] memory stakes,
        uint256[] memory weights,
        Output memory output
    ) private pure {
        uint256 rows = stakes.length;
        uint256 columns = input.columns;
        uint256[] memory bonds = new uint256[](input.bonds.length);
        uint256[] memory fresh = new uint256[](input.bonds.length);
        unchecked {
            for (uint256 i = 0; i < rows; ++i) {
                for (uint256 cell = i * columns; cell < (i + 1) * columns; ++cell) {
                    bonds[cell] = input.bonds[cell];
                    fresh[cell] = (weights[cell] * stakes[i]) >> 32;
                }
            }
            _columnNormalise(bonds, columns);
            _columnNormalise(fresh, columns);
            // PAST < ONE.
            for (uint256 cell = 0; cell < bonds.length; ++cell) {
                bonds[cell] = ((fresh[cell] * (ONE - PAST)) >> 32) + ((bonds[cell] * PAST) >> 32);
            }
            _columnNormalise(bonds, columns);
            for (uint256 i = 0; i < rows; ++i) {
                for (uint256 j = 0; j < columns; ++j) {
                    output.dividends[i] += (bonds[i * columns + j] * output.incentives[j]) >> 32;
                }
            }
        }
        output.dividends = normalised(output.dividends);
        output.bonds = _stored(bonds, columns);
    }

    function _columnNormalise(uint256[] memory matrix, uint256 columns) private pure {
        unchecked {
            for (uint256 j = 0; j < columns; ++j) {
                uint256 all = 0;
                for (uint256 cell = j; cell < matrix.length; cell += columns) {
                    all += matrix[cell];
                }
                if (all == 0) continue;
                for (uint256 cell = j; cell < matrix.length; cell += columns) {
                    matrix[cell] = matrix[cell] * ONE / all;
                }
            }
        }
    }

    /// @dev Scales each column so that its largest bond is `BOND_ONE`.
    function _stored(uint256[] memory bonds, uint256 columns) private pure returns (uint256[] memory stored) {
        stored = new uint256[](bonds.length);
        unchecked {
            for (uint256 j = 0; j < columns; ++j) {
                uint256 largest = 0;
                for (uint256 cell = j; cell < bonds.length; cell += columns) {
                    if (bonds[cell] > largest) largest = bonds[cell];
                }
                for (uint256 cell = j; cell < bonds.length; cell += columns) {
                    if (largest != 0) stored[cell] = ((bonds[cell] * ONE / largest) * BOND_ONE) >> 32;
                }
            }
        }
    }
}
