// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IParticipantStaking} from "../../src/interfaces/IParticipantStaking.sol";
import {IProject} from "../../src/interfaces/IProject.sol";
import {IResultsRewards, Share} from "../../src/interfaces/IResultsRewards.sol";
import {ITaskContract} from "../../src/interfaces/ITaskContract.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {ModelCertificate, SolutionOpening, TaskPhase, Vote} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

/// @notice What went wrong in an earlier public attempt at such a system, and must not here.
contract KnownFailuresTest is World {
    function setUp() public {
        deploy();
        populate(4, 11, 1);
        vm.prank(builder);
        project.setBudget(BUDGET, 4, 5);
    }

    function test_theSecondSolversCommitmentIsAccepted() public {
        bytes32 taskId = propose(proposers[0]);
        commitSeat(taskId, 0);
        commitSeat(taskId, 1);
        vm.assertEq(tasks.taskOf(taskId).committed, 2);
    }

    function test_aCopiedCommitmentIsAcceptedAndCannotBeOpened() public {
        bytes32 taskId = propose(proposers[0]);
        commitSeat(taskId, 0);
        bytes32 copied = tasks.solversOf(taskId)[0].commitment;
        address copier = tasks.solversOf(taskId)[1].solver;
        vm.prank(copier);
        tasks.commit(taskId, 1, copied);
        commitSeat(taskId, 2);
        commitSeat(taskId, 3);
        revealTruth(taskId);
        revealSeat(taskId, 0);
        // The copier knows everything by now, and its commitment still does not bear its name.
        SolutionOpening memory o = opening(taskId, tasks.solversOf(taskId)[0].solver);
        bytes32 computed = Commitments.update(taskId, copier, o);
        vm.prank(copier);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.CommitmentMismatch.selector, computed, copied));
        tasks.revealSolution(taskId, 1, o);
    }

    function test_aCommitmentOfOneTaskOpensNoOther() public {
        bytes32 first = wholeRound(proposers[0]);
        bytes32 second = propose(proposers[0]);
        address solver = tasks.solversOf(second)[0].solver;
        bytes32 replayed = Commitments.update(first, solver, opening(first, solver));
        vm.prank(solver);
        tasks.commit(second, 0, replayed);
        for (uint256 i = 1; i < 4; ++i) {
            commitSeat(second, i);
        }
        revealTruth(second);
        vm.prank(solver);
        vm.expectPartialRevert(ITaskContract.CommitmentMismatch.selector);
        tasks.revealSolution(second, 0, opening(first, solver));
    }

    function test_nobodyFinalisesAfterTwoVotes() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = honestScores(taskId);
        sealSeat(taskId, 0, scores, "evidence");
        sealSeat(taskId, 1, scores, "evidence");
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        openSeat(taskId, 0, scores, "evidence");
        openSeat(taskId, 1, scores, "evidence");
        uint64 ends = rewards.ballotOf(taskId).opensClose;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.VoteNotOver.selector, ends));
        rewards.finalise(taskId);
        vm.warp(ends);
        rewards.finalise(taskId);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 0); // two of five are too few
    }

    function test_votesAreSealedUntilNobodyCanChangeHis() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = honestScores(taskId);
        sealSeat(taskId, 0, scores, "evidence");
        // A copied seal does not open under another name.
        bytes32 copied = rewards.seatOf(taskId, 0).seal;
        address copier = rewards.seatOf(taskId, 1).coordinator;
        vm.prank(copier);
        rewards.sealVote(taskId, 1, copied);
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        openSeat(taskId, 0, scores, "evidence");
        vm.prank(copier);
        vm.expectPartialRevert(IResultsRewards.SealMismatch.selector);
        rewards.openVote(taskId, 1, Vote(scores, true, "evidence"), voteSalt(taskId, 0));
    }

    function test_oneCoordinatorAloneDecidesNothingWhateverItsStake() public {
        for (uint256 i = 5; i < 11; ++i) {
            vm.prank(coordinators[i]);
            tasks.resign(address(project), Role.Coordinator);
        }
        stakeFor(coordinators[0], Role.Coordinator, 1e7 * ATN);
        tasks.refresh(address(project), Role.Coordinator, coordinators[0]);
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = honestScores(taskId);
        uint256 whale = 0;
        while (rewards.seatOf(taskId, whale).coordinator != coordinators[0]) ++whale;
        sealSeat(taskId, whale, scores, "evidence");
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        openSeat(taskId, whale, scores, "evidence");
        vm.warp(rewards.ballotOf(taskId).opensClose);
        rewards.finalise(taskId);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 0);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.DrawDue));
    }

    function test_oneSignaturePublishesNothing() public {
        bytes32 taskId = toAggregation(proposers[0]);
        ModelCertificate memory c = certificateOf(taskId, modelDigest(taskId), 1);
        vm.prank(tasks.aggregatorsOf(taskId)[0]);
        vm.expectPartialRevert(IResultsRewards.QuorumMissed.selector);
        tasks.publish(taskId, "model", "extent", c);
    }

    function test_stakeSlashedBelowTheMinimumCanLeave() public {
        vm.prank(disputes);
        staking.slash(solvers[0], Role.Solver, SlashReason.Verdict, 30 * ATN, address(0), 0);
        vm.assertEq(staking.eligibleStake(solvers[0], Role.Solver), 0);
        vm.warp(block.timestamp + 3 days);
        vm.startPrank(solvers[0]);
        vm.expectPartialRevert(IParticipantStaking.StakeTooLow.selector);
        staking.unbond(Role.Solver, 10 * ATN); // a part would leave too little
        staking.unbond(Role.Solver, 20 * ATN);
        vm.warp(block.timestamp + UNBONDING);
        staking.withdraw(Role.Solver);
        vm.assertEq(atn.balanceOf(solvers[0]), 20 * ATN);
    }

    function test_noReRegistrationResetsARecord() public {
        vm.prank(disputes);
        staking.slash(solvers[0], Role.Solver, SlashReason.Verdict, 30 * ATN, address(0), 0);
        uint64 since = staking.position(solvers[0], Role.Solver).since;
        vm.warp(block.timestamp + 3 days);
        vm.prank(solvers[0]);
        staking.unbond(Role.Solver, 20 * ATN);
        vm.warp(block.timestamp + UNBONDING);
        vm.startPrank(solvers[0]);
        staking.withdraw(Role.Solver);
        tasks.resign(address(project), Role.Solver);
        vm.stopPrank();
        uint32 place = tasks.member(address(project), Role.Solver, solvers[0]).place;
        stakeFor(solvers[0], Role.Solver, 80 * ATN);
        vm.prank(solvers[0]);
        tasks.enroll(address(project), Role.Solver, 1);
        vm.assertEq(tasks.member(address(project), Role.Solver, solvers[0]).place, place); // and so its bonds
        IParticipantStaking.Position memory p = staking.position(solvers[0], Role.Solver);
        vm.assertEq(p.slashes, 1);
        vm.assertEq(p.slashedWei, 30 * ATN);
        vm.assertEq(p.since, since);
    }

    function test_fundingMintsNothingAndInvestmentOnlyItsRate() public {
        atn.approve(address(project), 10 * ATN);
        project.fund(5 * ATN);
        vm.assertEq(project.token().totalSupply(), 0);
        vm.expectRevert(abi.encodeWithSelector(IProject.TooFewTokens.selector, 50 * ATN, type(uint256).max));
        project.invest(5 * ATN, type(uint256).max);
        project.invest(5 * ATN, 0);
        vm.assertEq(project.token().totalSupply(), 50 * ATN);
    }

    function test_dustSentAnywhereChangesNothing() public {
        atn.transfer(address(rewards), 1);
        atn.transfer(address(staking), 1);
        atn.transfer(address(tasks), 1);
        bytes32 taskId = wholeRound(proposers[0]);
        vm.assertEq(rewards.rewardOf(taskId).budgetWei, BUDGET);
        vm.assertEq(atn.balanceOf(address(rewards)), rewards.rewardOf(taskId).outstandingWei + 1);
        vm.assertEq(staking.slashableStake(solvers[0], Role.Solver), 50 * ATN);
    }

    function test_theLargestScoresAreCounted() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = new uint32[](4);
        for (uint256 j = 0; j < 4; ++j) {
            scores[j] = rewards.MAX_SCORE();
        }
        for (uint256 i = 0; i < 5; ++i) {
            sealSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 5; ++i) {
            openSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
        rewards.finalise(taskId);
        vm.assertEq(rewards.amountOf(taskId, Share.Solver, 0), BUDGET * 60 / 100 / 4);
    }
}
