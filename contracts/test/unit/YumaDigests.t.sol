// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Yuma} from "../../src/libraries/Yuma.sol";
import {T} from "../support/T.sol";

/// @notice The generated matrices of docs/spec/yuma.md and their results as bytes.
contract GeneratedMatrices {
    uint64 private _state;

    /// @dev SHA-256 over the results of matrices 100m .. 100m + 99.
    function digest(uint256 m) external returns (bytes32) {
        bytes memory results;
        for (uint256 k = 100 * m; k < 100 * m + 100; ++k) {
            results = bytes.concat(results, this.result(k));
        }
        return sha256(results);
    }

    function result(uint256 k) external returns (bytes memory encoded) {
        Yuma.Output memory output = Yuma.epoch(_generate(k), Yuma.KAPPA);
        if (!output.decided) return hex"00";
        encoded = hex"01";
        encoded = bytes.concat(encoded, _words(output.consensus), _words(output.incentives), _words(output.dividends));
        for (uint256 i = 0; i < output.bonds.length; ++i) {
            encoded = bytes.concat(encoded, bytes2(uint16(output.bonds[i])));
        }
    }

    function _words(uint256[] memory values) private pure returns (bytes memory encoded) {
        for (uint256 i = 0; i < values.length; ++i) {
            encoded = bytes.concat(encoded, bytes8(uint64(values[i])));
        }
    }

    function _generate(uint256 k) private returns (Yuma.Input memory input) {
        _state = uint64(0x6175746F6E65742F + k);
        uint256 rows = 1 + _below(12);
        input.columns = 1 + _below(10);
        input.stakesWei = _stakes(rows);
        input.scores = _scores(rows, input.columns);
        input.bonds = new uint256[](rows * input.columns);
        if (_below(4) != 0) {
            for (uint256 i = 0; i < input.bonds.length; ++i) {
                if (_below(3) != 0) input.bonds[i] = _below(65536);
            }
        }
    }

    function _stakes(uint256 rows) private returns (uint256[] memory stakes) {
        stakes = new uint256[](rows);
        uint256 all = 0;
        for (uint256 i = 0; i < rows; ++i) {
            if (_below(16) == 0) continue;
            uint256 shift = _below(60);
            stakes[i] = 1 + uint256(_next() >> shift);
            all += stakes[i];
        }
        if (all == 0) stakes[0] = 1;
    }

    function _scores(uint256 rows, uint256 columns) private returns (uint256[] memory scores) {
        scores = new uint256[](rows * columns);
        for (uint256 i = 0; i < rows; ++i) {
            uint256 kind = _below(8);
            if (kind == 0) continue;
            for (uint256 j = 0; j < columns; ++j) {
                if (kind <= 3 && i > 0) {
                    scores[i * columns + j] = scores[j];
                    continue;
                }
                uint256 form = _below(4);
                scores[i * columns + j] = form == 0 ? 0 : form == 1 ? 65535 : _below(65536);
            }
        }
    }

    function _below(uint64 n) private returns (uint256) {
        return _next() % n;
    }

    /// @dev splitmix64 (Steele, Lea, Flood 2014) wraps modulo 2^64.
    function _next() private returns (uint64) {
        unchecked {
            _state += 0x9E3779B97F4A7C15;
            uint64 z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

/// @notice 10,000 generated matrices give the bits that Java committed (docs/spec/yuma.md, "The shared test").
contract YumaDigestsTest is T {
    string private constant DIGESTS = "../src/test/resources/yuma/digests.txt";

    GeneratedMatrices private _matrices;
    string[] private _lines;

    function setUp() public {
        _matrices = new GeneratedMatrices();
        _lines = vm.split(vm.trim(vm.readFile(DIGESTS)), "\n");
    }

    function test_thereAreAHundredDigests() public view {
        vm.assertEq(_lines.length, 100);
    }

    function test_matrices0() public {
        _compare(0);
    }

    function test_matrices1() public {
        _compare(1);
    }

    function test_matrices2() public {
        _compare(2);
    }

    function test_matrices3() public {
        _compare(3);
    }

    function test_matrices4() public {
        _compare(4);
    }

    function test_matrices5() public {
        _compare(5);
    }

    function test_matrices6() public {
        _compare(6);
    }

    function test_matrices7() public {
        _compare(7);
    }

    function test_matrices8() public {
        _compare(8);
    }

    function test_matrices9() public {
        _compare(9);
    }

    /// @dev Ten digests at a time: a test has a gas limit too.
    function _compare(uint256 part) private {
        for (uint256 m = 10 * part; m < 10 * part + 10; ++m) {
            vm.assertEq(_matrices.digest(m), vm.parseBytes32(string.concat("0x", _lines[m])), vm.toString(m));
        }
    }
}
