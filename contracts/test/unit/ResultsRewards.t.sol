// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IDisputable} from "../../src/interfaces/IDisputable.sol";
import {IResultsRewards, Share} from "../../src/interfaces/IResultsRewards.sol";
import {ITaskContract} from "../../src/interfaces/ITaskContract.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Claim} from "../../src/types/Disputes.sol";
import {Role} from "../../src/types/Staking.sol";
import {ModelCertificate, SolutionOpening, TaskPhase, UNREADABLE_SCORE, VoidReason, Vote} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

contract ResultsRewardsTest is World {
    function setUp() public {
        deploy();
        populate(4, 11, 1);
        vm.prank(builder);
        project.setBudget(BUDGET, 4, 5);
    }

    // --- votes

    function test_onlyTheTaskContractMovesTasks() public {
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotTasks.selector, address(this)));
        rewards.open("t", address(project), address(this), 1);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotTasks.selector, address(this)));
        rewards.seat("t", new address[](0), new uint96[](0), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotTasks.selector, address(this)));
        rewards.refund("t");
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotTasks.selector, address(this)));
        rewards.compensate("t", 1, new address[](1));
        ModelCertificate memory none;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotTasks.selector, address(this)));
        rewards.settle("t", address(this), "m", "e", none);
    }

    function test_aVoteIsSealedByItsSeatUntilTheFixedTime() public {
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NoBallot.selector, bytes32("t")));
        rewards.sealVote("t", 0, "s");
        bytes32 taskId = toVote(proposers[0]);
        address coordinator = rewards.seatOf(taskId, 0).coordinator;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourSeat.selector, address(this), 0));
        rewards.sealVote(taskId, 0, "s");
        vm.startPrank(coordinator);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourSeat.selector, coordinator, 1));
        rewards.sealVote(taskId, 1, "s");
        vm.expectRevert(IResultsRewards.SealZero.selector);
        rewards.sealVote(taskId, 0, 0);
        rewards.sealVote(taskId, 0, "s");
        rewards.sealVote(taskId, 0, "better"); // until the closing time a vote may be sealed anew
        uint64 closes = rewards.ballotOf(taskId).sealsClose;
        vm.warp(closes);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SealsClosed.selector, closes));
        rewards.sealVote(taskId, 0, "late");
    }

    function test_aVoteIsOpenedOnceInItsTimeAsSealed() public {
        bytes32 taskId = toVote(proposers[0]);
        Vote memory vote = Vote(honestScores(taskId), true, "evidence");
        Vote memory other = Vote(vote.scores, true, "other");
        sealSeat(taskId, 0, vote);
        uint64 closes = rewards.ballotOf(taskId).sealsClose;
        address coordinator = rewards.seatOf(taskId, 0).coordinator;
        vm.startPrank(coordinator);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SealsNotClosed.selector, closes));
        rewards.openVote(taskId, 0, vote, voteSalt(taskId, 0));
        vm.warp(closes);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.ScoreCountInvalid.selector, 3, 4));
        rewards.openVote(taskId, 0, Vote(new uint32[](3), true, "evidence"), voteSalt(taskId, 0));
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.ScoreCountInvalid.selector, 4, 0));
        rewards.openVote(taskId, 0, Vote(new uint32[](4), false, "evidence"), voteSalt(taskId, 0));
        uint32 high = rewards.MAX_SCORE() + 1;
        other.scores = new uint32[](4);
        other.scores[3] = high;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.ScoreTooHigh.selector, high));
        rewards.openVote(taskId, 0, other, voteSalt(taskId, 0));
        other.scores = vote.scores;
        bytes32 sealed_ = rewards.seatOf(taskId, 0).seal;
        bytes32 computed = sealOf(taskId, 0, other);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SealMismatch.selector, computed, sealed_));
        rewards.openVote(taskId, 0, other, voteSalt(taskId, 0));
        rewards.openVote(taskId, 0, vote, voteSalt(taskId, 0));
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.AlreadyOpened.selector, 0));
        rewards.openVote(taskId, 0, vote, voteSalt(taskId, 0));
        vm.stopPrank();
        vm.prank(rewards.seatOf(taskId, 1).coordinator);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotSealed.selector, 1));
        rewards.openVote(taskId, 1, vote, voteSalt(taskId, 1));
        uint64 ends = rewards.ballotOf(taskId).opensClose;
        vm.warp(ends);
        vm.prank(coordinator);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.OpensClosed.selector, ends));
        rewards.openVote(taskId, 0, vote, voteSalt(taskId, 0));
    }

    function test_theEpochIsComputedOnceAfterTheVote() public {
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NoBallot.selector, bytes32("t")));
        rewards.finalise("t");
        bytes32 taskId = toVote(proposers[0]);
        uint64 ends = rewards.ballotOf(taskId).opensClose;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.VoteNotOver.selector, ends));
        rewards.finalise(taskId);
        voteAll(taskId);
        rewards.finalise(taskId);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.AlreadyFinalised.selector, taskId));
        rewards.finalise(taskId);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 15);
        (uint256[] memory incentives, uint256[] memory dividends) = rewards.sharesOf(taskId);
        vm.assertEq(incentives.length, 4);
        vm.assertEq(dividends.length, 5);
        uint256 sum = 0;
        for (uint256 i = 0; i < 5; ++i) {
            sum += dividends[i];
        }
        vm.assertApproxEqAbs(sum, 1 << 32, 5);
    }

    function test_aDeviatingVoteEarnsNothingAndIsNotSlashed() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory honest = honestScores(taskId);
        uint32[] memory off = honestScores(taskId);
        off[2] += 2_001;
        uint32[] memory near = honestScores(taskId);
        near[2] += 2_000;
        sealSeat(taskId, 0, off, "evidence");
        sealSeat(taskId, 1, honest, "other evidence");
        sealSeat(taskId, 2, near, "evidence");
        sealSeat(taskId, 3, honest, "evidence");
        sealSeat(taskId, 4, honest, "evidence");
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        openSeat(taskId, 0, off, "evidence");
        openSeat(taskId, 1, honest, "other evidence");
        openSeat(taskId, 2, near, "evidence");
        openSeat(taskId, 3, honest, "evidence");
        openSeat(taskId, 4, honest, "evidence");
        vm.warp(rewards.ballotOf(taskId).opensClose);
        rewards.finalise(taskId);
        (, uint256[] memory dividends) = rewards.sharesOf(taskId);
        vm.assertEq(dividends[0], 0);
        vm.assertEq(dividends[1], 0);
        vm.assertGt(dividends[2], 0);
        for (uint256 i = 0; i < 5; ++i) {
            address coordinator = rewards.seatOf(taskId, i).coordinator;
            vm.assertEq(staking.position(coordinator, Role.Coordinator).slashes, 0);
            uint256 place = tasks.solversOf(taskId)[0].member;
            vm.assertEq(rewards.bondOf(address(project), coordinator, place) != 0, i >= 2);
        }
        publish(taskId);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        address idle = rewards.seatOf(taskId, 0).coordinator;
        vm.prank(idle);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NothingToClaim.selector, idle));
        rewards.claim(taskId, Share.Coordinator, 0);
    }

    function test_withoutTwoThirdsOfTheStakeASecondCommitteeJudges() public {
        bytes32 taskId = toVote(proposers[0]);
        address[] memory first = new address[](5);
        uint32[] memory scores = honestScores(taskId);
        for (uint256 i = 0; i < 5; ++i) {
            first[i] = rewards.seatOf(taskId, i).coordinator;
            if (i < 3) sealSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 3; ++i) {
            openSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
        rewards.finalise(taskId);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.DrawDue));
        vm.assertEq(staking.position(first[4], Role.Coordinator).slashes, 1);
        vm.assertEq(staking.position(first[0], Role.Coordinator).slashes, 0);
        tasks.drawCoordinators(taskId);
        vm.assertEq(rewards.ballotOf(taskId).first, 16);
        for (uint256 i = 0; i < 5; ++i) {
            for (uint256 k = 3; k < 5; ++k) {
                vm.assertTrue(rewards.seatOf(taskId, 16 + i).coordinator != first[k]); // who was silent stays away
            }
        }
        // The first committee has no say any more.
        vm.prank(first[0]);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourSeat.selector, first[0], 0));
        rewards.sealVote(taskId, 0, "s");
        voteAll(taskId);
        rewards.finalise(taskId);
        publish(taskId);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        address second = rewards.seatOf(taskId, 17).coordinator;
        vm.prank(second);
        vm.assertGt(rewards.claim(taskId, Share.Coordinator, 17), 0);
        vm.prank(second);
        vm.expectRevert(
            abi.encodeWithSelector(IResultsRewards.AlreadyClaimed.selector, Share.Coordinator, 17)
        );
        rewards.claim(taskId, Share.Coordinator, 17);
        vm.prank(first[1]);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NothingToClaim.selector, first[1]));
        rewards.claim(taskId, Share.Coordinator, 1); // the first committee's seat
    }

    function test_twoFailedCommitteesVoidTheTask() public {
        bytes32 taskId = toVote(proposers[0]);
        vm.warp(rewards.ballotOf(taskId).opensClose);
        rewards.finalise(taskId);
        tasks.drawCoordinators(taskId);
        vm.warp(rewards.ballotOf(taskId).opensClose);
        vm.expectEmit(address(tasks));
        emit ITaskContract.TaskVoid(taskId, VoidReason.Undecided);
        rewards.finalise(taskId);
        vm.assertEq(project.escrowWei(), 10_000 * ATN);
    }

    function test_zeroRanksAreUndecidedAndNeverPaidByStake() public {
        bytes32 taskId = toVote(proposers[0]);
        _voteWith(taskId, new uint32[](4), "evidence");
        rewards.finalise(taskId);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 0);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.DrawDue));
    }

    function test_withoutAMajorityOfEvidenceNothingIsDecided() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = honestScores(taskId);
        for (uint256 i = 0; i < 5; ++i) {
            sealSeat(taskId, i, scores, bytes32(i / 2));
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 5; ++i) {
            openSeat(taskId, i, scores, bytes32(i / 2));
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
        rewards.finalise(taskId);
        vm.assertEq(uint256(tasks.taskOf(taskId).phase), uint256(TaskPhase.DrawDue));
    }

    function test_aSolverThatRevealedNothingScoresNothing() public {
        bytes32 taskId = propose(proposers[0]);
        commitAll(taskId);
        revealTruth(taskId);
        for (uint256 i = 0; i < 3; ++i) {
            revealSeat(taskId, i);
        }
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        tasks.drawCoordinators(taskId);
        uint256 silentPlace = tasks.solversOf(taskId)[3].member;
        _voteWith(taskId, honestScores(taskId), "evidence");
        rewards.finalise(taskId);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 7);
        vm.assertEq(rewards.amountOf(taskId, Share.Solver, 3), 0);
        address coordinator = rewards.seatOf(taskId, 0).coordinator;
        vm.assertEq(rewards.bondOf(address(project), coordinator, silentPlace), 0);
    }

    function test_bondsOfAbsentPairsRest() public {
        wholeRound(proposers[0]);
        uint256[] memory before = _bonds();
        bytes32 taskId = propose(proposers[1]);
        commitAll(taskId);
        revealTruth(taskId);
        for (uint256 i = 1; i < 4; ++i) {
            revealSeat(taskId, i);
        }
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        tasks.drawCoordinators(taskId);
        _voteWith(taskId, honestScores(taskId), "evidence");
        rewards.finalise(taskId);
        uint256[] memory next = _bonds();
        uint256 absent = tasks.solversOf(taskId)[0].member;
        bool moved = false;
        for (uint256 k = 0; k < next.length; ++k) {
            if (k % solvers.length == absent) vm.assertEq(next[k], before[k]);
            else if (next[k] != before[k]) moved = true;
        }
        vm.assertTrue(moved);
    }

    function test_anUpdateThatTheCommitteeCannotReadIsSilence() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = honestScores(taskId);
        scores[1] = UNREADABLE_SCORE;
        _voteWith(taskId, scores, "evidence");
        rewards.finalise(taskId);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 13);
        vm.assertEq(rewards.amountOf(taskId, Share.Solver, 1), 0);
        vm.assertEq(staking.position(tasks.solversOf(taskId)[1].solver, Role.Solver).slashes, 1);
        vm.assertEq(staking.position(tasks.solversOf(taskId)[0].solver, Role.Solver).slashes, 0);
        vm.assertEq(
            rewards.bondOf(
                address(project), rewards.seatOf(taskId, 0).coordinator, tasks.solversOf(taskId)[1].member
            ),
            0
        );
    }

    function test_ifNoUpdateCanBeReadTheTaskIsVoidAndTheSolversCharged() public {
        bytes32 taskId = toVote(proposers[0]);
        uint32[] memory scores = new uint32[](4);
        for (uint256 j = 0; j < 4; ++j) {
            scores[j] = UNREADABLE_SCORE;
        }
        _voteWith(taskId, scores, "evidence");
        vm.expectEmit(address(tasks));
        emit ITaskContract.TaskVoid(taskId, VoidReason.NoSolution);
        rewards.finalise(taskId);
        for (uint256 j = 0; j < 4; ++j) {
            vm.assertEq(staking.position(tasks.solversOf(taskId)[j].solver, Role.Solver).slashes, 1);
        }
    }

    function test_aTruthThatTheCommitteeCannotReadIsTheProposersSilence() public {
        bytes32 taskId = toVote(proposers[0]);
        Vote[] memory votes = new Vote[](5);
        for (uint256 i = 0; i < 5; ++i) {
            votes[i] = i < 3
                ? Vote(new uint32[](0), false, 0)
                : Vote(honestScores(taskId), true, "made up");
        }
        voteOf(taskId, votes);
        vm.expectEmit(address(tasks));
        emit ITaskContract.TaskVoid(taskId, VoidReason.NoTruth);
        rewards.finalise(taskId);
        vm.assertEq(staking.position(proposers[0], Role.Proposer).slashes, 1);
        vm.assertGt(rewards.compensationWei(tasks.solversOf(taskId)[0].solver), 0);
        vm.assertEq(project.escrowWei(), 10_000 * ATN);
    }

    function test_whoCannotReadWhatOthersReadEarnsNothing() public {
        bytes32 taskId = toVote(proposers[0]);
        Vote[] memory votes = new Vote[](5);
        for (uint256 i = 0; i < 5; ++i) {
            votes[i] = Vote(honestScores(taskId), true, "evidence");
        }
        votes[0] = Vote(new uint32[](0), false, 0);
        votes[1].scores[2] = UNREADABLE_SCORE;
        voteOf(taskId, votes);
        rewards.finalise(taskId);
        (, uint256[] memory dividends) = rewards.sharesOf(taskId);
        vm.assertEq(dividends[0], 0);
        vm.assertEq(dividends[1], 0);
        vm.assertGt(dividends[2], 0);
        vm.assertEq(rewards.rewardOf(taskId).accepted, 15);
    }

    function _bonds() private view returns (uint256[] memory bonds) {
        bonds = new uint256[](coordinators.length * solvers.length);
        for (uint256 k = 0; k < bonds.length; ++k) {
            bonds[k] = rewards.bondOf(
                address(project), coordinators[k / solvers.length], k % solvers.length
            );
        }
    }

    // --- certificates

    function test_aCertificateNeedsTwoThirdsOfTheSeatedStake() public {
        bytes32 taskId = toAggregation(proposers[0]);
        bytes32 digest = modelDigest(taskId);
        rewards.requireCertified(taskId, digest, certificateOf(taskId, digest, 15));
        ModelCertificate memory c = certificateOf(taskId, digest, 7);
        vm.expectPartialRevert(IResultsRewards.QuorumMissed.selector);
        rewards.requireCertified(taskId, digest, c);
        c = certificateOf(taskId, digest, 15);
        c.signers = 47;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignerOutOfRange.selector, 47, 5));
        rewards.requireCertified(taskId, digest, c);
        c.signers = 31;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureCountInvalid.selector, 4, 5));
        rewards.requireCertified(taskId, digest, c);
        c.signers = 7;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureCountInvalid.selector, 4, 3));
        rewards.requireCertified(taskId, digest, c);
        c = certificateOf(taskId, digest, 15);
        c.vs = new bytes32[](5);
        (c.vs[0], c.vs[1], c.vs[2], c.vs[3]) = (
            certificateOf(taskId, digest, 15).vs[0],
            certificateOf(taskId, digest, 15).vs[1],
            certificateOf(taskId, digest, 15).vs[2],
            certificateOf(taskId, digest, 15).vs[3]
        );
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureCountInvalid.selector, 5, 4));
        rewards.requireCertified(taskId, digest, c);
        // A signature twice, under two seats.
        c = certificateOf(taskId, digest, 15);
        (c.r[1], c.vs[1]) = (c.r[0], c.vs[0]);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureInvalid.selector, 1));
        rewards.requireCertified(taskId, digest, c);
        // Of a stranger, of another digest, or of nobody.
        c = certificateOf(taskId, "other", 15);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureInvalid.selector, 0));
        rewards.requireCertified(taskId, digest, c);
        c = certificateOf(taskId, digest, 15);
        c.r[2] = 0;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureInvalid.selector, 2));
        rewards.requireCertified(taskId, digest, c);
        ModelCertificate memory none;
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.QuorumMissed.selector, 0, 0));
        rewards.requireCertified("unknown", digest, none);
    }

    function test_onlyADecidedTaskWithAModelIsSettled() public {
        bytes32 taskId = toAggregation(proposers[0]);
        ModelCertificate memory c = certificate(taskId, modelDigest(taskId));
        address aggregator = tasks.aggregatorsOf(taskId)[0];
        vm.prank(aggregator);
        vm.expectRevert(IResultsRewards.ModelZero.selector);
        tasks.publish(taskId, 0, "extent", c);
        vm.prank(address(tasks));
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDecided.selector, bytes32("t")));
        rewards.settle("t", aggregator, "model", "extent", c);
    }

    // --- payment

    function test_aShareIsPaidOnceToWhomItBelongsAfterTheWindow() public {
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDecided.selector, bytes32("t")));
        rewards.claim("t", Share.Proposer, 0);
        bytes32 taskId = wholeRound(proposers[0]);
        uint256 at_ = block.timestamp + CHALLENGE_WINDOW;
        vm.startPrank(proposers[0]);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotClaimable.selector, at_));
        rewards.claim(taskId, Share.Proposer, 0);
        vm.assertFalse(rewards.isFinal(taskId));
        vm.warp(at_);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourShare.selector, proposers[0]));
        rewards.claim(taskId, Share.Solver, 0);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourShare.selector, proposers[0]));
        rewards.claim(taskId, Share.Solver, 200);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourShare.selector, proposers[0]));
        rewards.claim(taskId, Share.Coordinator, 1);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotYourShare.selector, proposers[0]));
        rewards.claim(taskId, Share.Aggregator, 0);
        rewards.claim(taskId, Share.Proposer, 0);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.AlreadyClaimed.selector, Share.Proposer, 0));
        rewards.claim(taskId, Share.Proposer, 0);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NothingToClaim.selector, proposers[0]));
        rewards.withdrawCompensation();
        vm.stopPrank();
        vm.assertEq(rewards.amountOf(taskId, Share.Solver, 99), 0);
        vm.assertEq(rewards.amountOf(taskId, Share.Coordinator, 99), 0);
        vm.assertEq(rewards.projectOf(taskId), address(project));
    }

    // --- disputes

    function test_onlyTheDisputeContractDisputes() public {
        bytes32 taskId = wholeRound(proposers[0]);
        vm.expectRevert(abi.encodeWithSelector(IDisputable.NotDisputeManager.selector, address(this)));
        rewards.disputeOpened(taskId);
        vm.expectRevert(abi.encodeWithSelector(IDisputable.NotDisputeManager.selector, address(this)));
        rewards.disputeClosed(taskId, false);
    }

    function test_aDisputedModelIsNotPaidUntilItStands() public {
        bytes32 taskId = wholeRound(proposers[0]);
        vm.prank(disputes);
        Claim memory claim_ = rewards.disputeOpened(taskId);
        vm.assertEq(claim_.start, "recipe");
        vm.assertEq(claim_.end, "model");
        vm.assertEq(claim_.extent, "extent");
        (address[] memory accounts, Role role) = rewards.answerable(taskId, "");
        vm.assertEq(accounts[0], rewards.rewardOf(taskId).aggregator);
        vm.assertEq(uint256(role), uint256(Role.Aggregator));
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        vm.assertFalse(rewards.isFinal(taskId));
        vm.prank(proposers[0]);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.Disputed.selector, taskId));
        rewards.claim(taskId, Share.Proposer, 0);
        vm.startPrank(disputes);
        rewards.disputeClosed(taskId, true);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDisputable.selector, taskId));
        rewards.disputeClosed(taskId, true);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDisputable.selector, taskId));
        rewards.disputeOpened(taskId); // the window is over
        vm.stopPrank();
        vm.assertTrue(rewards.isFinal(taskId));
        vm.prank(proposers[0]);
        rewards.claim(taskId, Share.Proposer, 0);
    }

    function test_aRejectedModelPaysNobody() public {
        uint256 escrow = project.escrowWei();
        bytes32 taskId = wholeRound(proposers[0]);
        vm.startPrank(disputes);
        rewards.disputeOpened(taskId);
        rewards.disputeOpened(taskId);
        rewards.disputeClosed(taskId, false);
        vm.assertTrue(rewards.isMoot(taskId));
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDisputable.selector, taskId));
        rewards.disputeOpened(taskId);
        rewards.disputeClosed(taskId, false); // the second finds nothing left to undo
        vm.stopPrank();
        vm.assertEq(project.escrowWei(), escrow);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        vm.prank(proposers[0]);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.Rejected.selector, taskId));
        rewards.claim(taskId, Share.Proposer, 0);
        vm.assertFalse(rewards.isFinal(taskId));
    }

    function test_aSolutionIsDisputedAloneAndItsShareReturned() public {
        bytes32 taskId = wholeRound(proposers[0]);
        address solver = tasks.solversOf(taskId)[1].solver;
        SolutionOpening memory o = opening(taskId, solver);
        bytes32 subject = rewards.exposeSolution(taskId, 1, o);
        vm.assertFalse(rewards.isMoot(subject));
        vm.prank(disputes);
        Claim memory claim_ = rewards.disputeOpened(subject);
        vm.assertEq(claim_.end, o.plaintextId);
        vm.assertEq(claim_.extent, o.traceRoot);
        (address[] memory accounts, Role role) = rewards.answerable(subject, "");
        vm.assertEq(accounts[0], solver);
        vm.assertEq(uint256(role), uint256(Role.Solver));
        uint256 shareWei = rewards.amountOf(taskId, Share.Solver, 1);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        vm.prank(solver);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.Disputed.selector, subject));
        rewards.claim(taskId, Share.Solver, 1);
        address other = tasks.solversOf(taskId)[0].solver;
        vm.prank(other);
        rewards.claim(taskId, Share.Solver, 0); // the others are paid meanwhile
        uint256 escrow = project.escrowWei();
        vm.prank(disputes);
        rewards.disputeClosed(subject, false);
        vm.assertEq(project.escrowWei(), escrow + shareWei);
        vm.assertTrue(rewards.isMoot(subject));
        vm.prank(solver);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NothingToClaim.selector, solver));
        rewards.claim(taskId, Share.Solver, 1);
    }

    function test_aSolutionFoundFalseBeforePublicationIsNeverPaid() public {
        bytes32 taskId = toAggregation(proposers[0]);
        address solver = tasks.solversOf(taskId)[0].solver;
        bytes32 subject = rewards.exposeSolution(taskId, 0, opening(taskId, solver));
        vm.startPrank(disputes);
        rewards.disputeOpened(subject);
        rewards.disputeClosed(subject, false);
        vm.stopPrank();
        publish(taskId);
        vm.assertEq(rewards.amountOf(taskId, Share.Solver, 0), 0);
        vm.assertEq(
            atn.balanceOf(address(rewards)), rewards.rewardOf(taskId).outstandingWei
        );
    }

    function test_onlyARevealedSolutionIsExposed() public {
        bytes32 taskId = propose(proposers[0]);
        commitAll(taskId);
        address solver = tasks.solversOf(taskId)[0].solver;
        SolutionOpening memory o = opening(taskId, solver);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SolutionMismatch.selector, taskId, 0));
        rewards.exposeSolution(taskId, 0, o);
        revealTruth(taskId);
        revealSeat(taskId, 0);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SolutionMismatch.selector, taskId, 4));
        rewards.exposeSolution(taskId, 4, o);
        o.plaintextId = "other";
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SolutionMismatch.selector, taskId, 0));
        rewards.exposeSolution(taskId, 0, o);
        bytes32 subject = rewards.exposeSolution(taskId, 0, opening(taskId, solver));
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId);
        vm.warp(tasks.taskOf(taskId).deadline);
        tasks.advance(taskId); // void: nothing depends on the solution any more
        vm.prank(disputes);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDisputable.selector, subject));
        rewards.disputeOpened(subject);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotDisputable.selector, bytes32("unknown")));
        rewards.isMoot("unknown");
    }

    function test_onlyTheTimelockNamesTrapsAndDisputes() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        rewards.setTraps(address(this));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        rewards.setDisputes(address(this));
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.NotTraps.selector, address(this)));
        rewards.barTrap("t", 0);
    }

    function _voteWith(bytes32 taskId, uint32[] memory scores, bytes32 evidence) private {
        for (uint256 i = 0; i < 5; ++i) {
            sealSeat(taskId, i, scores, evidence);
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 5; ++i) {
            openSeat(taskId, i, scores, evidence);
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
    }
}
