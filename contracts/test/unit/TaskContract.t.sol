// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {TaskContract} from "../../src/TaskContract.sol";
import {Project} from "../../src/Project.sol";
import {IRoster} from "../../src/interfaces/IRoster.sol";
import {ITaskContract} from "../../src/interfaces/ITaskContract.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role} from "../../src/types/Staking.sol";
import {
    ModelCertificate,
    Outcome,
    PhaseSeconds,
    SolutionOpening,
    SolverSeat,
    Task,
    TaskPhase,
    VoidReason
} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

/// @notice A project that says one thing and pays another.
contract LyingProject {
    IERC20 private immutable _atn;
    address private immutable _rewards;
    uint256 public budgetWei;
    uint256 public paidWei;
    uint8 public solverSeats = 8;
    uint8 public coordinatorSeats = 11;
    TaskContract public reenter;

    constructor(IERC20 atn, address rewards) {
        _atn = atn;
        _rewards = rewards;
    }

    function set(uint256 budgetWei_, uint256 paidWei_, uint8 solvers, uint8 coordinators) external {
        (budgetWei, paidWei, solverSeats, coordinatorSeats) = (budgetWei_, paidWei_, solvers, coordinators);
    }

    function setReenter(TaskContract tasks) external {
        reenter = tasks;
    }

    function openRound(bytes32 taskId) external returns (uint256, uint8, uint8) {
        if (address(reenter) != address(0)) reenter.advance(taskId);
        _atn.transfer(_rewards, paidWei);
        return (budgetWei, solverSeats, coordinatorSeats);
    }
}

contract TaskContractTest is World {
    function setUp() public {
        deploy();
        populate(9, 14, 3);
    }

    // --- roster

    function test_enrollingNeedsStakeAndAProperCapacity() public {
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IRoster.StakeTooLow.selector, stranger, Role.Solver));
        tasks.enroll(address(project), Role.Solver, 1);
        vm.expectRevert(abi.encodeWithSelector(IRoster.CapacityInvalid.selector, 0));
        tasks.enroll(address(project), Role.Solver, 0);
        vm.expectRevert(abi.encodeWithSelector(IRoster.CapacityInvalid.selector, 2));
        tasks.enroll(address(project), Role.Coordinator, 2);
        vm.expectRevert(abi.encodeWithSelector(IRoster.NotEnrolled.selector, stranger, Role.Solver));
        tasks.resign(address(project), Role.Solver);
        vm.expectRevert(abi.encodeWithSelector(IRoster.NotEnrolled.selector, stranger, Role.Solver));
        tasks.refresh(address(project), Role.Solver, stranger);
    }

    function test_theRosterFollowsStakeAndResignation() public {
        (uint256 places, uint256 weightWei) = tasks.rosterOf(address(project), Role.Coordinator);
        vm.assertEq(places, 14);
        vm.assertEq(weightWei, (14 * 500 + 10 * 91) * ATN);
        vm.assertEq(tasks.memberAt(address(project), Role.Coordinator, 3), coordinators[3]);
        stakeFor(coordinators[3], Role.Coordinator, 70 * ATN);
        tasks.refresh(address(project), Role.Coordinator, coordinators[3]);
        vm.assertEq(tasks.member(address(project), Role.Coordinator, coordinators[3]).weightWei, 600 * ATN);
        vm.startPrank(coordinators[3]);
        tasks.resign(address(project), Role.Coordinator);
        vm.assertEq(tasks.member(address(project), Role.Coordinator, coordinators[3]).weightWei, 0);
        vm.expectRevert(abi.encodeWithSelector(IRoster.NotEnrolled.selector, coordinators[3], Role.Coordinator));
        tasks.resign(address(project), Role.Coordinator);
        tasks.enroll(address(project), Role.Coordinator, 1);
        vm.assertEq(tasks.member(address(project), Role.Coordinator, coordinators[3]).place, 4); // place kept
        (, weightWei) = tasks.rosterOf(address(project), Role.Coordinator);
        vm.assertEq(weightWei, (14 * 500 + 10 * 91 + 70) * ATN);
    }

    function test_coordinatorsNeitherComeNorGoWhileTheSeedIsKnown() public {
        bytes32 taskId = propose(proposers[0]);
        address late = join("late", Role.Coordinator, 500 * ATN); // still open: the truth's salt is not known
        commitAll(taskId);
        vm.startPrank(late);
        vm.expectRevert(abi.encodeWithSelector(IRoster.RosterLocked.selector, address(project)));
        tasks.resign(address(project), Role.Coordinator);
        vm.expectRevert(abi.encodeWithSelector(IRoster.RosterLocked.selector, address(project)));
        tasks.enroll(address(project), Role.Coordinator, 1);
        vm.expectRevert(abi.encodeWithSelector(IRoster.RosterLocked.selector, address(project)));
        tasks.refresh(address(project), Role.Coordinator, late);
    }

    function test_aFullSolverIsNotDrawnUntilATaskEnds() public {
        // Of two solvers with room for one task each, both are seated, and none is left for another project's round.
        for (uint256 i = 2; i < 9; ++i) {
            vm.prank(solvers[i]);
            tasks.resign(address(project), Role.Solver);
        }
        stakeFor(solvers[0], Role.Solver, 10 * ATN);
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(solvers[i]);
            tasks.enroll(address(project), Role.Solver, 1);
        }
        bytes32 taskId = propose(proposers[0]);
        vm.assertEq(tasks.solversOf(taskId).length, 2);
        (, uint256 weightWei) = tasks.rosterOf(address(project), Role.Solver);
        vm.assertEq(weightWei, 0);
        vm.assertEq(tasks.member(address(project), Role.Solver, solvers[0]).busy, 1);
        vm.warp(block.timestamp + 1 hours);
        tasks.advance(taskId);
        vm.assertEq(tasks.member(address(project), Role.Solver, solvers[0]).busy, 0);
        vm.assertEq(tasks.member(address(project), Role.Solver, solvers[0]).weightWei, 60 * ATN * 99 / 100);
    }

    function test_whoLostItsStakeIsPassedOver() public {
        vm.warp(block.timestamp + 3 days);
        for (uint256 i = 1; i < 9; ++i) {
            uint256 stakeWei = staking.eligibleStake(solvers[i], Role.Solver);
            vm.prank(solvers[i]);
            staking.unbond(Role.Solver, stakeWei);
        }
        bytes32 taskId = propose(proposers[0]);
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        vm.assertEq(seats.length, 1);
        vm.assertEq(seats[0].solver, solvers[0]);
        (, uint256 weightWei) = tasks.rosterOf(address(project), Role.Solver);
        vm.assertEq(weightWei, 50 * ATN);
    }

    // --- proposing

    function test_onlyTheDeployerConnectsAndOnlyOnce() public {
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.CannotConnect.selector, address(this)));
        tasks.connect(rewards);
        TaskContract fresh = new TaskContract(staking, timelock, phaseSeconds());
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.CannotConnect.selector, stranger));
        fresh.connect(rewards);
    }

    function test_proposingNeedsEnrolmentStakeAndACommitment() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IRoster.NotEnrolled.selector, stranger, Role.Proposer));
        tasks.propose(address(project), "recipe", "truth");
        vm.prank(proposers[0]);
        vm.expectRevert(ITaskContract.CommitmentZero.selector);
        tasks.propose(address(project), "recipe", 0);
        vm.warp(block.timestamp + 7 days);
        vm.startPrank(proposers[0]);
        staking.unbond(Role.Proposer, 100 * ATN);
        vm.expectRevert(abi.encodeWithSelector(IRoster.StakeTooLow.selector, proposers[0], Role.Proposer));
        tasks.propose(address(project), "recipe", "truth");
    }

    function test_oneTaskAtATime() public {
        bytes32 taskId = propose(proposers[0]);
        vm.prank(proposers[1]);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.TaskUnderWay.selector, taskId));
        tasks.propose(address(project), "recipe", "truth");
    }

    function test_aProjectThatDoesNotPayGetsNoTask() public {
        LyingProject liar = new LyingProject(atn, address(rewards));
        atn.transfer(address(liar), 1_000 * ATN);
        vm.startPrank(proposers[0]);
        tasks.enroll(address(liar), Role.Proposer, 1);
        liar.set(100, 99, 8, 11);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.BudgetNotPaid.selector, 99, 100));
        tasks.propose(address(liar), "recipe", "truth");
        liar.set(0, 0, 8, 11);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.BudgetNotPaid.selector, 0, 0));
        tasks.propose(address(liar), "recipe", "truth");
        uint8[2][4] memory wrong = [[uint8(0), 11], [17, 11], [8, 2], [8, 17]];
        for (uint256 i = 0; i < 4; ++i) {
            liar.set(100, 100, wrong[i][0], wrong[i][1]);
            vm.expectRevert(
                abi.encodeWithSelector(ITaskContract.SeatsInvalid.selector, wrong[i][0], wrong[i][1])
            );
            tasks.propose(address(liar), "recipe", "truth");
        }
        liar.set(100, 100, 8, 11);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NoSolverFree.selector, address(liar)));
        tasks.propose(address(liar), "recipe", "truth");
        liar.setReenter(tasks);
        vm.expectRevert(bytes4(keccak256("ReentrancyGuardReentrantCall()")));
        tasks.propose(address(liar), "recipe", "truth");
    }

    // --- phases

    function test_everyActHasItsPhase() public {
        bytes32 taskId = propose(proposers[0]);
        _expectWrongPhase(TaskPhase.Committing, TaskPhase.TruthDue);
        tasks.revealTruth(taskId, 0, 0, 0);
        _expectWrongPhase(TaskPhase.Committing, TaskPhase.SolutionsDue);
        tasks.revealSolution(taskId, 0, opening(taskId, address(this)));
        _expectWrongPhase(TaskPhase.Committing, TaskPhase.DrawDue);
        tasks.drawCoordinators(taskId);
        ModelCertificate memory none;
        _expectWrongPhase(TaskPhase.Committing, TaskPhase.Aggregating);
        tasks.publish(taskId, "m", "e", none);
        _expectWrongPhase(TaskPhase.None, TaskPhase.Committing);
        tasks.commit("unknown", 0, "c");
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NotRewards.selector, address(this)));
        tasks.conclude(taskId, Outcome.Decided, new address[](0), 0);
        vm.prank(address(rewards));
        _expectWrongPhase(TaskPhase.Committing, TaskPhase.Voting);
        tasks.conclude(taskId, Outcome.Decided, new address[](0), 0);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NothingToAdvance.selector, TaskPhase.None));
        tasks.advance("unknown");
    }

    function test_noActAfterItsDeadlineAndNoAdvanceBefore() public {
        bytes32 taskId = propose(proposers[0]);
        uint64 deadline = tasks.taskOf(taskId).deadline;
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.PhaseNotOver.selector, deadline));
        tasks.advance(taskId);
        commitSeat(taskId, 0);
        vm.warp(deadline);
        address solver = tasks.solversOf(taskId)[1].solver;
        vm.prank(solver);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.PhaseOver.selector, deadline));
        tasks.commit(taskId, 1, "late");
        tasks.advance(taskId);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.TruthDue));
        vm.assertEq(tasks.taskOf(taskId).closedAt, deadline);
    }

    function test_commitmentsAreOnePerSeatByItsOwner() public {
        bytes32 taskId = propose(proposers[0]);
        address solver = tasks.solversOf(taskId)[2].solver;
        vm.startPrank(solver);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NotYourSeat.selector, solver, 1));
        tasks.commit(taskId, 1, "c");
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NotYourSeat.selector, solver, 8));
        tasks.commit(taskId, 8, "c");
        vm.expectRevert(ITaskContract.CommitmentZero.selector);
        tasks.commit(taskId, 2, 0);
        tasks.commit(taskId, 2, "c");
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.AlreadyCommitted.selector, 2));
        tasks.commit(taskId, 2, "d");
    }

    function test_theTruthIsWhatWasCommittedTo() public {
        bytes32 taskId = propose(proposers[0]);
        commitAll(taskId);
        bytes32 salt = truthSalt(proposers[0], 0);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NotProposer.selector, address(this)));
        tasks.revealTruth(taskId, "truth-cipher", "truth-plain", salt);
        bytes32 computed =
            Commitments.truth(address(project), 0, proposers[0], "truth-cipher", "other-plain", salt);
        bytes32 committed = tasks.taskOf(taskId).truthCommitment;
        vm.prank(proposers[0]);
        vm.expectRevert(
            abi.encodeWithSelector(ITaskContract.CommitmentMismatch.selector, computed, committed)
        );
        tasks.revealTruth(taskId, "truth-cipher", "other-plain", salt);
        revealTruth(taskId);
        bytes32[] memory closed = new bytes32[](16);
        for (uint256 i = 0; i < 8; ++i) {
            SolverSeat memory s = tasks.solversOf(taskId)[i];
            closed[2 * i] = bytes32(uint256(uint160(s.solver)));
            closed[2 * i + 1] = s.commitment;
            if (i != 0) vm.assertLt(uint256(closed[2 * i - 2]), uint256(closed[2 * i])); // seats ascend
        }
        vm.assertEq(tasks.taskOf(taskId).seed, Commitments.committeeSeed(taskId, salt, closed, 1));
    }

    function test_aSolutionOpensItsOwnCommitmentOnce() public {
        bytes32 taskId = propose(proposers[0]);
        for (uint256 i = 0; i < 7; ++i) {
            commitSeat(taskId, i);
        }
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        revealTruth(taskId);
        address solver = tasks.solversOf(taskId)[0].solver;
        SolutionOpening memory wrong = opening(taskId, solver);
        wrong.salt = "other";
        bytes32 computed = Commitments.update(taskId, solver, wrong);
        bytes32 committed = tasks.solversOf(taskId)[0].commitment;
        vm.startPrank(solver);
        vm.expectRevert(
            abi.encodeWithSelector(ITaskContract.CommitmentMismatch.selector, computed, committed)
        );
        tasks.revealSolution(taskId, 0, wrong);
        tasks.revealSolution(taskId, 0, opening(taskId, solver));
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.AlreadyRevealed.selector, 0));
        tasks.revealSolution(taskId, 0, opening(taskId, solver));
        vm.stopPrank();
        address silent = tasks.solversOf(taskId)[7].solver;
        vm.prank(silent);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NotCommitted.selector, 7));
        tasks.revealSolution(taskId, 7, opening(taskId, silent));
    }

    function test_coordinatorsHaveNoInterestInTheTask() public {
        // The proposer and every solver stake as coordinators too, with far more than the others.
        stakeFor(proposers[0], Role.Coordinator, 1e6 * ATN);
        vm.prank(proposers[0]);
        tasks.enroll(address(project), Role.Coordinator, 1);
        for (uint256 i = 0; i < 9; ++i) {
            stakeFor(solvers[i], Role.Coordinator, 1e6 * ATN);
            vm.prank(solvers[i]);
            tasks.enroll(address(project), Role.Coordinator, 1);
        }
        bytes32 taskId = toVote(proposers[0]);
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        for (uint256 i = 0; i < 11; ++i) {
            address coordinator = rewards.seatOf(taskId, i).coordinator;
            vm.assertTrue(coordinator != proposers[0]);
            for (uint256 j = 0; j < seats.length; ++j) {
                vm.assertTrue(coordinator != seats[j].solver);
            }
            for (uint256 k = 0; k < i; ++k) {
                vm.assertTrue(coordinator != rewards.seatOf(taskId, k).coordinator);
            }
        }
    }

    function test_fewerThanThreeCoordinatorsJudgeNothing() public {
        for (uint256 i = 2; i < 14; ++i) {
            vm.prank(coordinators[i]);
            tasks.resign(address(project), Role.Coordinator);
        }
        bytes32 taskId = propose(proposers[0]);
        commitAll(taskId);
        revealTruth(taskId);
        revealAll(taskId);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.TooFewCoordinators.selector, 2, 3));
        tasks.drawCoordinators(taskId);
        uint256 escrow = project.escrowWei();
        vm.warp(tasks.taskOf(taskId).deadline);
        _expectVoid(taskId, VoidReason.NoCommittee);
        tasks.advance(taskId);
        vm.assertEq(project.escrowWei(), escrow + BUDGET);
    }

    // --- silence

    function test_noCommitmentVoidsAndChargesEverySolver() public {
        bytes32 taskId = propose(proposers[0]);
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        uint256 stakeWei = staking.eligibleStake(seats[3].solver, Role.Solver);
        vm.warp(tasks.taskOf(taskId).deadline);
        _expectVoid(taskId, VoidReason.NoCommitment);
        tasks.advance(taskId);
        vm.assertEq(project.escrowWei(), 10_000 * ATN);
        for (uint256 i = 0; i < seats.length; ++i) {
            vm.assertEq(staking.position(seats[i].solver, Role.Solver).slashes, 1);
        }
        vm.assertEq(staking.slashableStake(seats[3].solver, Role.Solver), stakeWei - stakeWei / 100);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NothingToAdvance.selector, TaskPhase.Void));
        tasks.advance(taskId);
    }

    function test_aSilentProposerPaysTheSolversAndStepsAside() public {
        stakeFor(proposers[0], Role.Proposer, 100 * ATN);
        bytes32 taskId = propose(proposers[0]);
        for (uint256 i = 0; i < 3; ++i) {
            commitSeat(taskId, i);
        }
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        vm.warp(tasks.taskOf(taskId).deadline);
        uint256 treasuryBefore = atn.balanceOf(treasury);
        _expectVoid(taskId, VoidReason.NoTruth);
        tasks.advance(taskId);
        vm.assertEq(atn.balanceOf(treasury) - treasuryBefore, ATN);
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        uint256 all = 0;
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(seats[i].solver);
            all += rewards.withdrawCompensation();
        }
        vm.assertEq(all, ATN); // half of 1 % of 200 ATN
        vm.assertEq(rewards.compensationWei(seats[5].solver), 0);
        vm.prank(proposers[0]);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.ProposerDefaulted.selector, proposers[0]));
        tasks.propose(address(project), "recipe", "truth");
        bytes32 next = propose(proposers[1]);
        vm.assertEq(tasks.taskOf(next).round, 0); // the round is repeated
    }

    function test_noSolutionVoidsAndChargesWhoCommitted() public {
        bytes32 taskId = propose(proposers[0]);
        commitAll(taskId);
        revealTruth(taskId);
        vm.warp(tasks.taskOf(taskId).deadline);
        _expectVoid(taskId, VoidReason.NoSolution);
        tasks.advance(taskId);
        vm.assertEq(staking.position(tasks.solversOf(taskId)[0].solver, Role.Solver).slashes, 1);
        vm.assertEq(staking.position(proposers[0], Role.Proposer).slashes, 0);
    }

    function test_aSilentSolverIsChargedAndTheOthersGoOn() public {
        bytes32 taskId = propose(proposers[0]);
        commitAll(taskId);
        revealTruth(taskId);
        revealSeat(taskId, 0);
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.DrawDue));
        vm.assertEq(staking.position(tasks.solversOf(taskId)[0].solver, Role.Solver).slashes, 0);
        vm.assertEq(staking.position(tasks.solversOf(taskId)[1].solver, Role.Solver).slashes, 1);
        tasks.drawCoordinators(taskId);
        vm.assertEq(rewards.ballotOf(taskId).revealed, 1);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NothingToAdvance.selector, TaskPhase.Voting));
        tasks.advance(taskId);
    }

    function test_aSilentAggregatorIsChargedAndTheNextHasItsTurn() public {
        bytes32 taskId = toAggregation(proposers[0]);
        address[] memory turns = tasks.aggregatorsOf(taskId);
        vm.assertEq(turns.length, 3);
        ModelCertificate memory c = certificate(taskId, modelDigest(taskId));
        vm.prank(turns[1]);
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.NotYourTurn.selector, turns[1], turns[0]));
        tasks.publish(taskId, "model", "extent", c);
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        vm.assertEq(staking.position(turns[0], Role.Aggregator).slashes, 1);
        vm.prank(turns[1]);
        tasks.publish(taskId, "model", "extent", c);
        vm.assertEq(rewards.rewardOf(taskId).aggregator, turns[1]);
    }

    function test_withoutAnyAggregatorTheTaskIsVoid() public {
        bytes32 taskId = toAggregation(proposers[0]);
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.Aggregating));
            vm.warp(tasks.taskOf(taskId).deadline);
            if (i == 2) _expectVoid(taskId, VoidReason.NoAggregator);
            tasks.advance(taskId);
        }
        vm.assertEq(project.escrowWei(), 10_000 * ATN);
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(aggregators[i]);
            tasks.resign(address(project), Role.Aggregator);
        }
        taskId = toVote(proposers[0]);
        voteAll(taskId);
        _expectVoid(taskId, VoidReason.NoAggregator);
        rewards.finalise(taskId);
    }

    // --- settings

    function test_phasesMustEndBeforeStakeCanLeave() public {
        PhaseSeconds memory p = phaseSeconds();
        vm.startPrank(timelock);
        p.seal = 1 days;
        tasks.setPhaseSeconds(p);
        (,,,, uint32 seal,,) = tasks.phaseSeconds();
        vm.assertEq(seal, 1 days);
        p.seal = uint32(UNBONDING - CHALLENGE_WINDOW) / 2;
        vm.expectPartialRevert(ITaskContract.PhaseSecondsInvalid.selector);
        tasks.setPhaseSeconds(p);
        for (uint256 i = 0; i < 7; ++i) {
            p = phaseSeconds();
            if (i == 0) p.commit = 0;
            if (i == 1) p.truth = 0;
            if (i == 2) p.solutions = 0;
            if (i == 3) p.draw = 0;
            if (i == 4) p.seal = 0;
            if (i == 5) p.open = 0;
            if (i == 6) p.aggregate = 0;
            vm.expectPartialRevert(ITaskContract.PhaseSecondsInvalid.selector);
            tasks.setPhaseSeconds(p);
        }
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        tasks.setPhaseSeconds(phaseSeconds());
    }

    function _expectWrongPhase(TaskPhase actual, TaskPhase needed) private {
        vm.expectRevert(abi.encodeWithSelector(ITaskContract.WrongPhase.selector, actual, needed));
    }

    function _expectVoid(bytes32 taskId, VoidReason reason) private {
        vm.expectEmit(address(tasks));
        emit ITaskContract.TaskVoid(taskId, reason);
    }
}
