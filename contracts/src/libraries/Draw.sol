// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Draw
/// @notice Stake-weighted draws without replacement in O(log n) each, by a binary indexed tree over the weights; the same
/// draw as docs/spec/draw.md, with the candidates in the order of their indices.
/// @dev Word k of a seed is SHA-256(tag ‖ seed ‖ k). A word below the largest multiple of W, the sum of the weights not
/// yet taken, is a point, modulo W, on the line on which these weights lie one after the other; words above are used up
/// and rejected, so that there is no bias. What is taken is skipped in memory: a draw writes nothing.
/// Tree: P. M. Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994.
library Draw {
    /// @notice Weights by index. `nodes[k]` is the sum of the `lowbit(k)` weights that end at index k - 1.
    struct Tree {
        mapping(uint256 position => uint256 sum) nodes;
        uint256 size;
    }

    /// @dev SHA-256 of "autonet/draw/1".
    bytes32 internal constant TAG = 0xdd8ff3a74c50b81aa38298b06172af016df33271b41d45ea35cc00ca0d0f0e14;

    /// @notice A draw under way: the next word of its seed, what has been taken from the line as intervals in ascending
    /// order, and how much is left.
    struct Taken {
        bytes32 seed;
        uint256 word;
        uint256 leftWei;
        uint256 count;
        uint256[] starts;
        uint256[] weights;
    }

    /// @notice There is no weight left to draw from.
    error NothingToDraw();
    /// @notice The index is not in the tree.
    error IndexUnknown(uint256 index, uint256 size);

    /// @notice Appends a weight and returns its index.
    function add(Tree storage self, uint256 weight) internal returns (uint256 index) {
        index = self.size;
        uint256 k = index + 1;
        self.size = k;
        // The new node covers the lowbit(k) weights that end here: its own and those of its children.
        uint256 sum = weight;
        uint256 floor = k - (k & (~k + 1));
        for (uint256 child = k - 1; child > floor; child -= child & (~child + 1)) {
            sum += self.nodes[child];
        }
        self.nodes[k] = sum;
    }

    /// @notice Changes a weight from `oldWeight`, which the caller keeps, to `newWeight`.
    function set(Tree storage self, uint256 index, uint256 oldWeight, uint256 newWeight) internal {
        uint256 size = self.size;
        if (index >= size) revert IndexUnknown(index, size);
        if (oldWeight == newWeight) return;
        for (uint256 k = index + 1; k <= size; k += k & (~k + 1)) {
            self.nodes[k] = self.nodes[k] + newWeight - oldWeight;
        }
    }

    /// @notice The sum of the weights before `index`.
    function before(Tree storage self, uint256 index) internal view returns (uint256 sum) {
        for (uint256 k = index; k != 0; k -= k & (~k + 1)) {
            sum += self.nodes[k];
        }
    }

    /// @notice The sum of all weights.
    function total(Tree storage self) internal view returns (uint256) {
        return before(self, self.size);
    }

    /// @notice A draw from the whole tree with room for `most` taken weights.
    function open(Tree storage self, bytes32 seed, uint256 most) internal view returns (Taken memory taken) {
        taken.seed = seed;
        taken.leftWei = total(self);
        taken.starts = new uint256[](most);
        taken.weights = new uint256[](most);
    }

    /// @notice Takes an index out of the draw, as if it had been drawn.
    function exclude(Tree storage self, Taken memory taken, uint256 index, uint256 weight) internal view {
        if (weight != 0) _take(taken, before(self, index), weight);
    }

    /// @notice Draws one index, with a probability proportional to its weight, and takes it out.
    /// @return index what was drawn
    /// @return weight its weight
    function next(Tree storage self, Taken memory taken) internal view returns (uint256 index, uint256 weight) {
        if (taken.leftWei == 0) revert NothingToDraw();
        uint256 point = _below(taken, taken.leftWei);
        // From the line of what is left to the line of all: skip every taken interval that begins at or before the point.
        for (uint256 i = 0; i < taken.count && taken.starts[i] <= point; ++i) {
            point += taken.weights[i];
        }
        uint256 start;
        (index, start) = _find(self, point);
        weight = before(self, index + 1) - start;
        _take(taken, start, weight);
    }

    /// @dev An unbiased number below `bound`: words in the last, incomplete run of residues are rejected.
    function _below(Taken memory taken, uint256 bound) private pure returns (uint256) {
        uint256 incomplete = (type(uint256).max % bound + 1) % bound;
        uint256 word;
        do {
            word = uint256(sha256(abi.encode(TAG, taken.seed, taken.word++)));
        } while (word > type(uint256).max - incomplete);
        return word % bound;
    }

    /// @dev The index whose interval holds the point, and where the interval starts.
    function _find(Tree storage self, uint256 point) private view returns (uint256 index, uint256 start) {
        uint256 size = self.size;
        uint256 step = 1;
        while (step << 1 <= size) step <<= 1;
        for (; step != 0; step >>= 1) {
            uint256 k = index + step;
            if (k > size) continue;
            uint256 sum = start + self.nodes[k];
            if (sum <= point) {
                index = k;
                start = sum;
            }
        }
    }

    function _take(Taken memory taken, uint256 start, uint256 weight) private pure {
        uint256 i = taken.count;
        for (; i != 0 && taken.starts[i - 1] > start; --i) {
            taken.starts[i] = taken.starts[i - 1];
            taken.weights[i] = taken.weights[i - 1];
        }
        taken.starts[i] = start;
        taken.weights[i] = weight;
        taken.count += 1;
        taken.leftWei -= weight;
    }
}
