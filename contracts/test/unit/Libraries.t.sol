// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EpochResult, Votes} from "../../src/interfaces/IYumaEngine.sol";
import {YumaEngine} from "../../src/YumaEngine.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Draw} from "../../src/libraries/Draw.sol";
import {Yuma} from "../../src/libraries/Yuma.sol";
import {Outcome, SolutionOpening, UNREADABLE_SCORE, Vote} from "../../src/types/Tasks.sol";
import {DrawHarness, YumaHarness} from "../support/Harness.sol";
import {T} from "../support/T.sol";

/// @notice Hashes, draws, agreement and the epoch's edges, each against the sentence that defines it.
contract LibrariesTest is T {
    // --- commitments

    function test_tagsAreTheHashesOfTheirNames() public pure {
        vm.assertEq(Commitments.TASK_TAG, sha256("autonet/task/1"));
        vm.assertEq(Commitments.TRUTH_TAG, sha256("autonet/truth/1"));
        vm.assertEq(Commitments.UPDATE_TAG, sha256("autonet/update/1"));
        vm.assertEq(Commitments.VOTE_TAG, sha256("autonet/vote/1"));
        vm.assertEq(Commitments.SCORE_TAG, sha256("autonet/score/1"));
        vm.assertEq(Commitments.SOLVER_DRAW_TAG, sha256("autonet/solvers/1"));
        vm.assertEq(Commitments.COMMITTEE_TAG, sha256("autonet/committee/1"));
        vm.assertEq(Commitments.AGGREGATOR_DRAW_TAG, sha256("autonet/aggregators/1"));
        vm.assertEq(Commitments.MODEL_TAG, sha256("autonet/model/1"));
        vm.assertEq(Commitments.MATURE_TAG, sha256("autonet/mature-model/1"));
        vm.assertEq(Commitments.INFERENCE_TAG, sha256("autonet/inference/1"));
        vm.assertEq(Commitments.SOLUTION_TAG, sha256("autonet/solution/1"));
        vm.assertEq(Commitments.TRAP_TAG, sha256("autonet/trap/1"));
        vm.assertEq(Draw.TAG, sha256("autonet/draw/1"));
    }

    function test_everyFieldIs32BytesAndAddressesArePaddedOnTheLeft() public pure {
        SolutionOpening memory o = SolutionOpening("cipher", "plain", "salt", "trace");
        bytes memory preimage = bytes.concat(
            sha256("autonet/update/1"),
            bytes32("task"),
            bytes12(0),
            bytes20(address(0x1234)),
            bytes32("cipher"),
            bytes32("plain"),
            sha256(bytes.concat(bytes32("salt"))),
            bytes32("trace")
        );
        vm.assertEq(preimage.length, 7 * 32);
        vm.assertEq(Commitments.update("task", address(0x1234), o), sha256(preimage));
        address[] memory solvers = new address[](3);
        (solvers[0], solvers[1], solvers[2]) = (address(0xa), address(0xb), address(0xc));
        Vote memory v = Vote(new uint32[](3), true, "evidence");
        (v.scores[0], v.scores[1], v.scores[2]) = (7, UNREADABLE_SCORE, 9);
        preimage = bytes.concat(
            sha256("autonet/vote/1"),
            bytes32("task"),
            bytes32(uint256(uint160(address(0x1234)))),
            sha256(bytes.concat(_score(address(0xa), 7), _score(address(0xc), 9))),
            sha256(bytes.concat(bytes32(uint256(0xb)))),
            bytes32(uint256(1)),
            bytes32("evidence"),
            sha256(bytes.concat(bytes32("salt")))
        );
        vm.assertEq(Commitments.vote("task", address(0x1234), solvers, v, "salt"), sha256(preimage));
        bytes32[] memory closed = new bytes32[](2);
        (closed[0], closed[1]) = (bytes32(uint256(0xa)), "commitment");
        preimage = bytes.concat(
            sha256("autonet/committee/1"),
            bytes32("task"),
            bytes32("salt"),
            sha256(bytes.concat(bytes32(uint256(0xa)), bytes32("commitment"))),
            bytes32(uint256(2))
        );
        vm.assertEq(Commitments.committeeSeed("task", "salt", closed, 2), sha256(preimage));
    }

    function _score(address solver, uint256 microNats) private pure returns (bytes32) {
        return sha256(bytes.concat(sha256("autonet/score/1"), bytes12(0), bytes20(solver), bytes32(microNats)));
    }

    // --- draws

    function test_aDrawOfNothingIsRefused() public {
        DrawHarness draw = new DrawHarness();
        vm.expectRevert(Draw.NothingToDraw.selector);
        draw.draw("seed", 1, new uint256[](0), new uint256[](0));
        draw.add(5);
        vm.expectRevert(Draw.NothingToDraw.selector);
        draw.draw("seed", 2, new uint256[](0), new uint256[](0));
        vm.expectRevert(abi.encodeWithSelector(Draw.IndexUnknown.selector, 1, 1));
        draw.set(1, 0, 1);
    }

    function test_drawsFollowTheWeights() public {
        DrawHarness draw = new DrawHarness();
        draw.add(1);
        draw.add(0);
        draw.add(3);
        uint256[] memory hits = new uint256[](3);
        for (uint256 s = 0; s < 400; ++s) {
            (uint256[] memory drawn,) = draw.draw(bytes32(s), 1, new uint256[](0), new uint256[](0));
            hits[drawn[0]] += 1;
        }
        vm.assertEq(hits[1], 0);
        vm.assertApproxEqAbs(hits[0], 100, 30);
        vm.assertApproxEqAbs(hits[2], 300, 30);
    }

    function test_wordsInTheLastIncompleteRunAreRejected() public {
        DrawHarness draw = new DrawHarness();
        uint256 half = 1 << 255;
        draw.add(half);
        draw.add(1);
        // Of all words nearly half lie above 2^255 + 1 and would favour low points.
        uint256 rejected = 0;
        for (uint256 s = 0; s < 32; ++s) {
            uint256 word = 0;
            uint256 x;
            do {
                x = uint256(sha256(bytes.concat(sha256("autonet/draw/1"), bytes32(s), bytes32(word++))));
            } while (x > half);
            rejected += word - 1;
            (uint256[] memory drawn,) = draw.draw(bytes32(s), 1, new uint256[](0), new uint256[](0));
            vm.assertEq(drawn[0], x == half ? 1 : 0);
        }
        vm.assertGt(rejected, 8);
    }

    // --- agreement and epoch

    function test_aMajorityOfTheSeatedStakeMustHoldOneDigest() public {
        YumaEngine engine = new YumaEngine();
        Votes memory votes = _votes(3, 2);
        votes.seatedWei = 6; // three voted with one each, three were silent
        _expect(engine.compute(votes, new uint256[](6)), Outcome.Failed);
        votes.seatedWei = 5;
        _expect(engine.compute(votes, new uint256[](6)), Outcome.Decided);
        votes.evidence[0] = "other";
        _expect(engine.compute(votes, new uint256[](6)), Outcome.Failed);
        votes.seatedWei = 3;
        _expect(engine.compute(votes, new uint256[](6)), Outcome.Decided);
    }

    function test_votesThatDoNotStandKeepTheirBonds() public {
        YumaEngine engine = new YumaEngine();
        Votes memory votes = _votes(4, 2);
        votes.scores[6] += 2_001;
        uint256[] memory bonds = new uint256[](8);
        (bonds[6], bonds[7]) = (123, 456);
        EpochResult memory result = engine.compute(votes, bonds);
        _expect(result, Outcome.Decided);
        vm.assertEq(result.dividends[3], 0);
        vm.assertEq(result.bonds[6], 123);
        vm.assertEq(result.bonds[7], 456);
        vm.assertEq(result.bonds[0], 65_535);
    }

    function test_ifTooFewVotesStandNothingIsDecided() public {
        YumaEngine engine = new YumaEngine();
        Votes memory votes = _votes(4, 1);
        // Everybody holds the digest, but the scores scatter around the median: only one vote is near it.
        (votes.scores[0], votes.scores[1], votes.scores[2], votes.scores[3]) = (0, 10_000, 20_000, 30_000);
        _expect(engine.compute(votes, new uint256[](4)), Outcome.Failed);
    }

    function test_zeroScoresAreUndecided() public {
        YumaEngine engine = new YumaEngine();
        Votes memory votes = _votes(3, 2);
        votes.scores = new uint256[](6);
        EpochResult memory result = engine.compute(votes, new uint256[](6));
        _expect(result, Outcome.Failed);
        vm.assertEq(result.dividends[0], 0);
    }

    function test_mediansWithoutStakeAreZeroAndOutOfReachTheLeast() public {
        YumaHarness yuma = new YumaHarness();
        uint256[] memory stakes = new uint256[](2);
        uint256[] memory scores = new uint256[](2);
        (scores[0], scores[1]) = (5, 3);
        vm.assertEq(yuma.medians(stakes, scores, 1, Yuma.KAPPA)[0], 0);
        (stakes[0], stakes[1]) = (1, 1);
        // Asking for more than all stake: the smallest score is the median.
        vm.assertEq(yuma.medians(stakes, scores, 1, Yuma.ONE + 1)[0], 3);
        // Asking for nothing: no score exceeds the minority, so it is the largest.
        vm.assertEq(yuma.medians(stakes, scores, 1, 0)[0], 5);
    }

    function testFuzz_sharesNeverExceedTheWhole(uint256 seed) public {
        YumaHarness yuma = new YumaHarness();
        uint256 rows = 1 + seed % 11;
        uint256 columns = 1 + (seed >> 8) % 8;
        Yuma.Input memory input =
            Yuma.Input(columns, new uint256[](rows), new uint256[](rows * columns), new uint256[](rows * columns));
        for (uint256 i = 0; i < rows; ++i) {
            input.stakesWei[i] = uint256(keccak256(abi.encode(seed, i))) >> 128;
        }
        for (uint256 k = 0; k < rows * columns; ++k) {
            input.scores[k] = uint16(uint256(keccak256(abi.encode(seed, "score", k))));
            input.bonds[k] = uint16(uint256(keccak256(abi.encode(seed, "bond", k))));
        }
        Yuma.Output memory output = yuma.epoch(input, Yuma.KAPPA);
        vm.assertLe(Yuma.sum(output.incentives), Yuma.ONE);
        vm.assertLe(Yuma.sum(output.dividends), Yuma.ONE);
        for (uint256 k = 0; k < output.bonds.length; ++k) {
            vm.assertLe(output.bonds[k], 65_535);
        }
        if (!output.decided) return;
        // What the divisions cut off is below one unit per party and step.
        vm.assertGe(Yuma.sum(output.incentives), Yuma.ONE - columns);
        vm.assertGe(Yuma.sum(output.dividends), Yuma.ONE - rows);
    }

    function _expect(EpochResult memory result, Outcome outcome) private pure {
        vm.assertEq(uint256(result.outcome), uint256(outcome));
    }

    /// @dev Votes of one wei each that agree: solver j scores 10,000 + j.
    function _votes(uint256 count, uint256 solvers) private pure returns (Votes memory votes) {
        votes = Votes(
            solvers,
            count,
            new uint256[](count),
            new uint256[](count * solvers),
            new bytes32[](count),
            new uint256[](count),
            new bool[](count)
        );
        for (uint256 i = 0; i < count; ++i) {
            votes.stakesWei[i] = 1;
            votes.evidence[i] = "evidence";
            for (uint256 j = 0; j < solvers; ++j) {
                votes.scores[i * solvers + j] = 10_000 + j;
            }
        }
    }
}
