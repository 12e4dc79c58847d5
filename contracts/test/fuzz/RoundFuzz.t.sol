// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Share} from "../../src/interfaces/IResultsRewards.sol";
import {Role} from "../../src/types/Staking.sol";
import {TaskPhase, UNREADABLE_SCORE, Vote} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

/// @notice Whole rounds with any votes: a budget is paid out and returned to the last wei, and nothing else moves.
contract RoundFuzzTest is World {
    function setUp() public {
        deploy();
        populate(5, 8, 1);
        vm.prank(builder);
        project.setBudget(BUDGET, 5, 5);
    }

    function testFuzz_everyWeiOfABudgetIsPaidOrReturned(uint256 seed, uint256 budgetWei) public {
        budgetWei = bound(budgetWei, 1, 10_000 * ATN);
        vm.prank(builder);
        project.setBudget(budgetWei, 5, 5);
        uint256 escrow = project.escrowWei();
        bytes32 taskId = _reveal(seed);
        tasks.drawCoordinators(taskId);
        _vote(taskId, seed);
        rewards.finalise(taskId);
        if (tasks.taskOf(taskId).phase != TaskPhase.Aggregating) {
            vm.assertEq(rewards.rewardOf(taskId).accepted, 0);
            if (tasks.taskOf(taskId).phase == TaskPhase.Void) vm.assertEq(project.escrowWei(), escrow);
            return;
        }
        publish(taskId);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        uint256 paidWei = _claimAll(taskId);
        vm.assertEq(rewards.rewardOf(taskId).outstandingWei, 0);
        vm.assertEq(atn.balanceOf(address(rewards)), 0);
        vm.assertEq(project.escrowWei(), escrow - paidWei);
        vm.assertLe(paidWei, budgetWei);
    }

    /// @dev The random votes do reach both ends: what always failed, or never, would prove little.
    function test_someOfTheseRoundsPayAndSomeDoNot() public {
        uint256 paid = 0;
        uint256 start = vm.snapshotState();
        for (uint256 seed = 0; seed < 24; ++seed) {
            testFuzz_everyWeiOfABudgetIsPaidOrReturned(seed, BUDGET);
            (bytes32 taskId,,) = tasks.progressOf(address(project));
            if (tasks.taskOf(taskId).phase == TaskPhase.Published) ++paid;
            vm.revertToState(start);
        }
        vm.assertGe(paid, 4);
        vm.assertLt(paid, 24);
    }

    /// @dev Some solvers reveal, at least one.
    function _reveal(uint256 seed) private returns (bytes32 taskId) {
        taskId = propose(proposers[0]);
        commitAll(taskId);
        revealTruth(taskId);
        for (uint256 i = 0; i < 5; ++i) {
            if (i == 0 || _random(seed, "reveal", i) % 4 != 0) revealSeat(taskId, i);
        }
        if (tasks.taskOf(taskId).phase == TaskPhase.DrawDue) return taskId;
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
    }

    /// @dev Mostly like one another, with some that stray, cannot read, or stay silent.
    function _vote(bytes32 taskId, uint256 seed) private {
        Vote[] memory votes = new Vote[](5);
        for (uint256 i = 0; i < 5; ++i) {
            votes[i] = _voteFrom(taskId, seed, i);
            sealSeat(taskId, i, votes[i]);
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 5; ++i) {
            if (_random(seed, "open", i) % 8 != 0) openSeat(taskId, i, votes[i]);
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
    }

    function _voteFrom(bytes32 taskId, uint256 seed, uint256 i) private view returns (Vote memory vote) {
        vote.truthReadable = _random(seed, "blind", i) % 12 != 0;
        if (!vote.truthReadable) return vote;
        vote.evidence = _random(seed, "evidence", i) % 10 == 0 ? bytes32("other") : bytes32("evidence");
        vote.scores = new uint32[](tasks.taskOf(taskId).revealed);
        for (uint256 j = 0; j < vote.scores.length; ++j) {
            uint256 common = _random(seed, "score", j);
            if (common % 7 == 0) vote.scores[j] = UNREADABLE_SCORE;
            else if (common % 7 != 1) vote.scores[j] = uint32(common % 20_000 + _random(seed, "noise", i * 8 + j) % 2_100);
        }
    }

    function _claimAll(bytes32 taskId) private returns (uint256 paidWei) {
        paidWei += _claim(taskId, Share.Proposer, 0, proposers[0]);
        paidWei += _claim(taskId, Share.Aggregator, 0, aggregators[0]);
        for (uint256 k = 0; k < 5; ++k) {
            paidWei += _claim(taskId, Share.Solver, k, tasks.solversOf(taskId)[k].solver);
            paidWei += _claim(taskId, Share.Coordinator, k, rewards.seatOf(taskId, k).coordinator);
        }
    }

    function _claim(bytes32 taskId, Share share, uint256 seat, address who) private returns (uint256) {
        if (rewards.amountOf(taskId, share, seat) == 0) return 0;
        vm.prank(who);
        return rewards.claim(taskId, share, seat);
    }

    function _random(uint256 seed, string memory what, uint256 i) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what, i)));
    }
}
