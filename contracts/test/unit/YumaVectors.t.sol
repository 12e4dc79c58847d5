// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Yuma} from "../../src/libraries/Yuma.sol";
import {T} from "../support/T.sol";
import {YumaHarness} from "../support/Harness.sol";

/// @notice The epoch against upstream's own results (Yuma 2 cases): consensus, incentives, dividends and bonds exactly.
contract YumaVectorsTest is T {
    string private constant EPOCHS = "../../shared/vectors/yuma_epoch.json";
    string private constant MEDIANS = "../../shared/vectors/yuma_weighted_median.json";

    YumaHarness private _yuma;
    string private _json;

    function setUp() public {
        _yuma = new YumaHarness();
    }

    function test_bondsMovingAverageMatchesUpstream() public {
        _runCase(0, 9);
    }

    function test_inactiveStakeMatchesUpstream() public {
        _runCase(1, 3);
    }

    function test_zeroWeightsAreUndecided() public {
        _runCase(2, 4);
    }

    function test_selfWeightsGiveNothing() public {
        _runCase(3, 1);
    }

    function test_weightedMedianMatchesUpstream() public {
        if (!_load(MEDIANS)) return;
        // Proportions are decimal numbers there; the cases with whole hundredths are exact enough to compare in Q32.32.
        for (uint256 c = 1; c < 12; ++c) {
            string memory path = string.concat(".vector_cases[", vm.toString(c), "]");
            uint256[] memory stake = _decimals(string.concat(path, ".stake"));
            uint256[] memory score = _decimals(string.concat(path, ".score"));
            uint256 majority = _decimal(vm.parseJsonString(_json, string.concat(path, ".majority")));
            uint256 expected = _decimal(vm.parseJsonString(_json, string.concat(path, ".expected")));
            uint256[] memory median = _yuma.medians(stake, score, 1, majority);
            vm.assertEq(median[0], expected, path);
        }
        for (uint256 c = 0; c < 4; ++c) {
            string memory path = string.concat(".column_cases[", vm.toString(c), "]");
            uint256[] memory stake = _decimals(string.concat(path, ".stake"));
            uint256[] memory scores = new uint256[](stake.length * 3);
            for (uint256 i = 0; i < stake.length; ++i) {
                uint256[] memory row = _decimals(string.concat(path, ".weights[", vm.toString(i), "]"));
                for (uint256 j = 0; j < 3; ++j) {
                    scores[i * 3 + j] = row[j];
                }
            }
            uint256 majority = _decimal(vm.parseJsonString(_json, string.concat(path, ".majority")));
            uint256[] memory median = _yuma.medians(stake, scores, 3, majority);
            uint256[] memory expected = _decimals(string.concat(path, ".expected"));
            for (uint256 j = 0; j < 3; ++j) {
                vm.assertEq(median[j], expected[j], path);
            }
        }
    }

    function _runCase(uint256 number, uint256 steps) private {
        if (!_load(EPOCHS)) return;
        string memory path = string.concat(".cases[", vm.toString(number), "]");
        uint256 n = vm.parseJsonUint(_json, string.concat(path, ".n"));
        uint256 kappa = vm.parseJsonUint(_json, string.concat(path, ".params.kappa_u16")) * Yuma.ONE / 65535;
        Yuma.Input memory input;
        input.columns = n;
        input.bonds = new uint256[](n * n);
        for (uint256 s = 0; s < steps; ++s) {
            string memory step = string.concat(path, ".steps[", vm.toString(s), "]");
            _readInput(input, n, string.concat(step, ".inputs"));
            Yuma.Output memory output = _yuma.epoch(input, kappa);
            _check(output, n, string.concat(step, ".oracle"));
            // Upstream moves bonds in undecided epochs too; here they rest then, so its result is taken over.
            input.bonds = output.decided ? output.bonds : _bondsAfter(n, string.concat(step, ".oracle"));
        }
    }

    function _readInput(Yuma.Input memory input, uint256 n, string memory path) private view {
        input.stakesWei = vm.parseJsonUintArray(_json, string.concat(path, ".stakes"));
        input.scores = new uint256[](n * n);
        for (uint256 i = 0; i < n; ++i) {
            string memory row = string.concat(path, ".weights_u16[", vm.toString(i), "]");
            string[] memory columns = vm.parseJsonKeys(_json, row);
            for (uint256 k = 0; k < columns.length; ++k) {
                uint256 j = vm.parseUint(columns[k]);
                // Upstream drops what a neuron says of itself, and what it said before the other registered.
                if (i != j && !_outdated(path, i, j)) {
                    input.scores[i * n + j] = vm.parseJsonUint(_json, string.concat(row, "['", columns[k], "']"));
                }
            }
            if (!_flag(path, ".active", i) || !_flag(path, ".permit", i)) input.stakesWei[i] = 0;
        }
    }

    function _outdated(string memory path, uint256 i, uint256 j) private view returns (bool) {
        if (!vm.keyExistsJson(_json, string.concat(path, ".last_update"))) return false;
        uint256[] memory updated = vm.parseJsonUintArray(_json, string.concat(path, ".last_update"));
        uint256[] memory registered = vm.parseJsonUintArray(_json, string.concat(path, ".registered_at"));
        return updated[i] <= registered[j];
    }

    function _flag(string memory path, string memory key, uint256 i) private view returns (bool) {
        if (!vm.keyExistsJson(_json, string.concat(path, key))) return true;
        return vm.parseJsonBool(_json, string.concat(path, key, "[", vm.toString(i), "]"));
    }

    function _check(Yuma.Output memory output, uint256 n, string memory path) private view {
        uint256[] memory consensus = vm.parseJsonUintArray(_json, string.concat(path, ".consensus_u16"));
        uint256[] memory incentives = vm.parseJsonUintArray(_json, string.concat(path, ".incentive_u16"));
        uint256[] memory dividends = vm.parseJsonUintArray(_json, string.concat(path, ".dividends_u16"));
        uint256 ranked = 0;
        for (uint256 i = 0; i < n; ++i) {
            ranked += incentives[i];
            vm.assertEq((output.consensus[i] * 65535) >> 32, consensus[i], string.concat(path, " consensus"));
            vm.assertEq((output.incentives[i] * 65535) >> 32, incentives[i], string.concat(path, " incentive"));
            vm.assertEq((output.dividends[i] * 65535) >> 32, dividends[i], string.concat(path, " dividend"));
        }
        vm.assertEq(output.decided, ranked != 0);
        if (!output.decided) return;
        uint256[] memory bonds = _bondsAfter(n, path);
        for (uint256 i = 0; i < bonds.length; ++i) {
            vm.assertEq(output.bonds[i], bonds[i], string.concat(path, " bond ", vm.toString(i)));
        }
    }

    function _bondsAfter(uint256 n, string memory path) private view returns (uint256[] memory bonds) {
        bonds = new uint256[](n * n);
        for (uint256 i = 0; i < n; ++i) {
            string memory row = string.concat(path, ".bonds_u16_after[", vm.toString(i), "]");
            string[] memory columns = vm.parseJsonKeys(_json, row);
            for (uint256 k = 0; k < columns.length; ++k) {
                uint256 j = vm.parseUint(columns[k]);
                bonds[i * n + j] = vm.parseJsonUint(_json, string.concat(row, "['", columns[k], "']"));
            }
        }
    }

    /// Where the folder is absent forge permits no look into it, and reverts.
    function _isThere(string memory file) private returns (bool) {
        try vm.exists(file) returns (bool there) {
            return there;
        } catch {
            return false;
        }
    }

    function _load(string memory file) private returns (bool) {
        if (!_isThere(file)) {
            vm.skip(true, "the shared vectors are not here: ../shared/vectors stands beside the checkout where they are");
            return false;
        }
        _json = vm.readFile(file);
        return true;
    }

    function _decimals(string memory key) private view returns (uint256[] memory values) {
        string[] memory texts = vm.parseJsonStringArray(_json, key);
        values = new uint256[](texts.length);
        for (uint256 i = 0; i < texts.length; ++i) {
            values[i] = _decimal(texts[i]);
        }
    }

    /// @dev A decimal number below 2 as Q32.32.
    function _decimal(string memory text) private pure returns (uint256 value) {
        bytes memory digits = bytes(text);
        uint256 scale = 0;
        for (uint256 i = 0; i < digits.length; ++i) {
            if (digits[i] == ".") {
                scale = 1;
                continue;
            }
            value = value * 10 + uint8(digits[i]) - 48;
            scale *= 10;
        }
        return value * Yuma.ONE / (scale == 0 ? 1 : scale);
    }
}
