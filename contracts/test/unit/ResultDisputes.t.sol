// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DisputeManager} from "../../src/DisputeManager.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {IResultsRewards, Share} from "../../src/interfaces/IResultsRewards.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Certificate} from "../../src/types/Committee.sol";
import {Dispute, DisputeTerms, Phase, Verdict} from "../../src/types/Disputes.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {ModelCertificate, SolutionOpening, Task} from "../../src/types/Tasks.sol";
import {Committees} from "../support/Committees.sol";
import {World} from "../support/World.sol";

/// @notice Disputes about the results of tasks, with the contracts as they are in use: a published model, and one solver's
/// training, dissected to one segment.
contract ResultDisputesTest is World, Committees {
    uint64 private constant SEGMENTS = 100;
    bytes32 private constant TRACE = keccak256("the blob of the trace");
    address private constant CHALLENGER = address(0xC4A1);

    DisputeManager private _manager;
    Committee private _referees;
    bytes32 private _taskId;

    function setUp() public {
        deploy();
        populate(3, 5, 2);
        _manager = new DisputeManager(timelock, staking);
        Committee memory made = committee("referee", 3, 1);
        vm.startPrank(timelock);
        _manager.setReferees(made.seats);
        _manager.setTerms(
            address(rewards),
            DisputeTerms(uint128(100 * ATN), uint128(40 * ATN), 1 days, 10 days, 1 days, 1 days, 2000)
        );
        rewards.setDisputes(address(_manager));
        staking.setFreezer(address(_manager));
        staking.setSlasher(SlashReason.Verdict, address(_manager));
        vm.stopPrank();
        for (uint256 i = 0; i < 3; ++i) {
            _referees.seats.push(made.seats[i]);
            _referees.keys.push(made.keys[i]);
        }
        _give(CHALLENGER);
    }

    function test_anUpheldChallengePaysNobodyForTheModel() public {
        _publish();
        address aggregator = tasks.aggregatorsOf(_taskId)[tasks.taskOf(_taskId).turn];
        uint256 before = atn.balanceOf(address(project));
        uint256 id = _challenge(_taskId);
        _defend(id, aggregator);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        _claimIsRefused(abi.encodeWithSelector(IResultsRewards.Disputed.selector, _taskId));
        _toOneStep(id);
        _rule(id, Verdict.Upheld);
        _claimIsRefused(abi.encodeWithSelector(IResultsRewards.Rejected.selector, _taskId));
        vm.assertGt(atn.balanceOf(address(project)), before);
        uint256 staked = staking.slashableStake(aggregator, Role.Aggregator);
        address[] memory one = new address[](1);
        one[0] = aggregator;
        _manager.release(id, one);
        vm.assertEq(staking.slashableStake(aggregator, Role.Aggregator), staked - 40 * ATN);
    }

    function test_aDismissedChallengeLetsThePaymentThrough() public {
        _publish();
        uint256 id = _challenge(_taskId);
        _defend(id, tasks.aggregatorsOf(_taskId)[tasks.taskOf(_taskId).turn]);
        _toOneStep(id);
        _rule(id, Verdict.Dismissed);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        address proposer = tasks.taskOf(_taskId).proposer;
        vm.prank(proposer);
        vm.assertEq(rewards.claim(_taskId, Share.Proposer, 0), BUDGET / 10);
    }

    function test_aTrainingSegmentThatWasNotRunBarsItsSolver() public {
        _taskId = toAggregationWithTrace();
        address solver = tasks.solversOf(_taskId)[0].solver;
        bytes32 subject = rewards.exposeSolution(_taskId, 0, _opening(_taskId, solver));
        uint256 granted = rewards.amountOf(_taskId, Share.Solver, 0);
        vm.assertGt(granted, 0);
        uint256 id = _challenge(subject);
        address other = tasks.solversOf(_taskId)[1].solver;
        _give(other);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAnswerable.selector, other));
        _manager.defend(id, SEGMENTS, TRACE, "");
        _defend(id, solver);
        _toOneStep(id);
        Dispute memory d = _manager.disputeOf(id);
        vm.assertEq(d.high - d.low, 1);
        vm.assertEq(d.claim.start, bytes32("recipe"));
        vm.assertEq(d.claim.end, _opening(_taskId, solver).plaintextId);
        uint256 staked = staking.slashableStake(solver, Role.Solver);
        _rule(id, Verdict.Upheld);
        vm.assertEq(rewards.amountOf(_taskId, Share.Solver, 0), 0);
        _manager.punish(id, "", 0, 1);
        vm.assertEq(staking.slashableStake(solver, Role.Solver), staked - 40 * ATN);
        vm.assertEq(atn.balanceOf(CHALLENGER), 10_000 * ATN - 100 * ATN + 20 * ATN);
    }

    // ---------------------------------------------------------------- helpers

    function toAggregationWithTrace() private returns (bytes32 taskId) {
        taskId = propose(proposers[0]);
        uint256 count = tasks.solversOf(taskId).length;
        for (uint256 i = 0; i < count; ++i) {
            address solver = tasks.solversOf(taskId)[i].solver;
            bytes32 commitment = Commitments.update(taskId, solver, _opening(taskId, solver));
            vm.prank(solver);
            tasks.commit(taskId, i, commitment);
        }
        revealTruth(taskId);
        for (uint256 i = 0; i < count; ++i) {
            address solver = tasks.solversOf(taskId)[i].solver;
            SolutionOpening memory given = _opening(taskId, solver);
            vm.prank(solver);
            tasks.revealSolution(taskId, i, given);
        }
        tasks.drawCoordinators(taskId);
        voteAll(taskId);
        rewards.finalise(taskId);
    }

    function _opening(bytes32 taskId, address solver) private view returns (SolutionOpening memory given) {
        given = opening(taskId, solver);
        given.traceRoot = _manager.extentOf(SEGMENTS, TRACE);
    }

    function _publish() private {
        _taskId = toAggregation(proposers[0]);
        Task memory task = tasks.taskOf(_taskId);
        bytes32 extent = _manager.extentOf(SEGMENTS, TRACE);
        ModelCertificate memory given =
            certificate(_taskId, Commitments.model(address(rewards), _taskId, "model", extent));
        address aggregator = tasks.aggregatorsOf(_taskId)[task.turn];
        vm.prank(aggregator);
        tasks.publish(_taskId, "model", extent, given);
    }

    function _give(address who) private {
        atn.transfer(who, 10_000 * ATN);
        vm.prank(who);
        atn.approve(address(_manager), type(uint256).max);
    }

    function _challenge(bytes32 subject) private returns (uint256) {
        vm.prank(CHALLENGER);
        return _manager.challenge(address(rewards), subject);
    }

    function _defend(uint256 id, address who) private {
        _give(who);
        vm.prank(who);
        _manager.defend(id, SEGMENTS, TRACE, "");
    }

    function _toOneStep(uint256 id) private {
        while (_manager.disputeOf(id).phase != Phase.AwaitingReferees) {
            Dispute memory d = _manager.disputeOf(id);
            bytes32[] memory points = new bytes32[](_manager.segmentsOf(d.low, d.high) - 1);
            for (uint256 i = 0; i < points.length; ++i) {
                points[i] = keccak256(abi.encode(d.low, d.high, i));
            }
            vm.prank(d.defender);
            _manager.dissect(id, points);
            vm.prank(d.challenger);
            _manager.select(id, points.length / 2, points);
        }
    }

    function _rule(uint256 id, Verdict verdict) private {
        Certificate memory given = certificate(_referees, 0x07, _manager.rulingDigest(id, verdict));
        _manager.rule(id, verdict, given);
    }

    function _claimIsRefused(bytes memory why) private {
        address proposer = tasks.taskOf(_taskId).proposer;
        vm.prank(proposer);
        vm.expectRevert(why);
        rewards.claim(_taskId, Share.Proposer, 0);
    }
}
