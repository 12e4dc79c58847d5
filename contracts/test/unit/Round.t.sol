// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Reward, Share} from "../../src/interfaces/IResultsRewards.sol";
import {TaskPhase} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

/// @notice Whole rounds, and where every ATN of their budgets ends.
contract RoundTest is World {
    function setUp() public {
        deploy();
        populate(9, 14, 3);
    }

    function test_aRoundPaysEveryShareAndReturnsTheRest() public {
        uint256 escrowBefore = project.escrowWei();
        bytes32 taskId = wholeRound(proposers[0]);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.Published));
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        vm.assertTrue(rewards.isFinal(taskId));

        uint256 paid = _claim(taskId, Share.Proposer, 0, proposers[0]);
        vm.assertEq(paid, BUDGET / 10);
        uint256 all = paid + _claim(taskId, Share.Aggregator, 0, rewards.rewardOf(taskId).aggregator);
        vm.assertEq(all, BUDGET * 15 / 100);
        uint256 last = 0;
        for (uint256 j = 0; j < 8; ++j) {
            uint256 amount = _claim(taskId, Share.Solver, j, tasks.solversOf(taskId)[j].solver);
            vm.assertGt(amount, last); // a better score earns more
            last = amount;
            all += amount;
        }
        for (uint256 i = 0; i < 11; ++i) {
            all += _claim(taskId, Share.Coordinator, i, rewards.seatOf(taskId, i).coordinator);
        }
        vm.assertEq(rewards.rewardOf(taskId).outstandingWei, 0);
        vm.assertEq(project.escrowWei(), escrowBefore - all);
        vm.assertEq(atn.balanceOf(address(rewards)), 0);
        vm.assertLe(BUDGET - all, BUDGET / 1e6); // rounding only
    }

    function test_roundsFollowOneAnotherAndBondsGrow() public {
        bytes32 first = wholeRound(proposers[0]);
        bytes32 second = wholeRound(proposers[1]);
        vm.assertNotEq(first, second);
        (bytes32 lastTask, uint32 rounds,) = tasks.progressOf(address(project));
        vm.assertEq(lastTask, second);
        vm.assertEq(rounds, 2);
        vm.assertEq(tasks.taskOf(second).round, 1);
        uint256 bonds = 0;
        for (uint256 i = 0; i < coordinators.length; ++i) {
            for (uint256 place = 0; place < solvers.length; ++place) {
                bonds += rewards.bondOf(address(project), coordinators[i], place);
            }
        }
        vm.assertGt(bonds, 0);
    }

    function _claim(bytes32 taskId, Share share, uint256 seat, address who) private returns (uint256 amount) {
        uint256 before = atn.balanceOf(who);
        vm.prank(who);
        amount = rewards.claim(taskId, share, seat);
        vm.assertEq(atn.balanceOf(who) - before, amount);
    }
}
