// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {DisputeManager} from "../../src/DisputeManager.sol";
import {ICommittee} from "../../src/interfaces/ICommittee.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {IParticipantStaking} from "../../src/interfaces/IParticipantStaking.sol";
import {CheckpointStatus} from "../../src/types/Anchor.sol";
import {Certificate, Seat} from "../../src/types/Committee.sol";
import {Dispute, DisputeTerms, Phase, Verdict} from "../../src/types/Disputes.sol";
import {DisputeFixture} from "../support/DisputeFixture.sol";

/// @notice The game: who may play, in what order, against which clock, down to one step.
contract DisputeManagerTest is DisputeFixture {
    // ---------------------------------------------------------------- opening

    function test_aChallengeTakesTheBondAndStopsTheCheckpoint() public {
        bytes32 subject = submitNext(0);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeOpened(0, address(bridge), subject, CHALLENGER, BOND);
        vm.prank(CHALLENGER);
        uint256 id = disputes.challenge(address(bridge), subject);
        vm.assertEq(atn.balanceOf(address(disputes)), BOND);
        vm.assertEq(uint256(bridge.statusOf(subject)), uint256(CheckpointStatus.Challenged));
        Dispute memory d = disputes.disputeOf(id);
        vm.assertEq(uint256(d.phase), uint256(Phase.AwaitingDefender));
        vm.assertEq(d.challenger, CHALLENGER);
        vm.assertEq(d.target, address(bridge));
        vm.assertEq(d.subject, subject);
        vm.assertEq(d.openedAt, block.timestamp);
        vm.assertEq(d.deadline, block.timestamp + 1 days);
        vm.assertEq(d.claim.end, bridge.recordOf(subject).point);
    }

    function test_aChallengeIsNotFree() public {
        // A regression of an earlier public attempt.
        bytes32 subject = submitNext(0);
        vm.prank(address(0xDEAD));
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        disputes.challenge(address(bridge), subject);
    }

    function test_aTargetWithoutTermsIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TargetUnknown.selector, address(atn)));
        disputes.challenge(address(atn), bytes32(0));
    }

    function test_anUnknownDisputeIsRefused() public {
        bytes memory refused = abi.encodeWithSelector(IDisputeManager.DisputeUnknown.selector, 0);
        vm.expectRevert(refused);
        disputes.disputeOf(0);
        vm.expectRevert(refused);
        disputes.openVote(0);
        vm.expectRevert(refused);
        disputes.claimTimeout(0);
    }

    function test_aShamChallengeKeepsNobodyOut() public {
        bytes32 subject = submitNext(0);
        uint256 sham = open(subject);
        uint256 earnest = open(subject);
        defend(sham, 0);
        defend(earnest, 0);
        // The sham challenger lets its clock run out; the earnest one goes on.
        dissectHonestly(sham);
        vm.warp(block.timestamp + 2 days);
        vm.assertEq(uint256(disputes.disputeOf(sham).phase), uint256(Phase.ChallengerMoves));
        dissectHonestly(earnest);
        vm.warp(block.timestamp + 1);
        disputes.claimTimeout(sham);
        vm.assertEq(uint256(disputes.disputeOf(sham).verdict), uint256(Verdict.Dismissed));
        vm.assertEq(uint256(bridge.statusOf(subject)), uint256(CheckpointStatus.Challenged));
        toOneStep(earnest);
        rule(earnest, Verdict.Upheld);
        vm.assertEq(uint256(bridge.statusOf(subject)), uint256(CheckpointStatus.Rejected));
    }

    // ---------------------------------------------------------------- defence

    function test_aSignerDefendsWithItsBond() public {
        uint256 id = open(submitNext(0));
        address signer = seated.seats[2].signer;
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DefenceJoined(id, signer, STEPS, BATCH);
        defend(id, 2);
        vm.assertEq(atn.balanceOf(address(disputes)), 2 * BOND);
        Dispute memory d = disputes.disputeOf(id);
        vm.assertEq(uint256(d.phase), uint256(Phase.DefenderMoves));
        vm.assertEq(d.defender, signer);
        vm.assertEq(d.low, 0);
        vm.assertEq(d.high, STEPS);
        vm.assertEq(d.lowPoint, d.claim.start);
        vm.assertEq(d.highPoint, d.claim.end);
        vm.assertEq(staking.position(signer, COORDINATOR).freezes, 1);
    }

    function test_whoDidNotSignCannotDefend() public {
        bytes32 subject = submitBy(0x5f);
        uint256 id = open(subject);
        address idle = seated.seats[5].signer;
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(idle);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAnswerable.selector, idle));
        disputes.defend(id, STEPS, BATCH, proof);
    }

    function test_theChallengerCannotDefend() public {
        uint256 id = open(submitNext(0));
        vm.prank(CHALLENGER);
        vm.expectRevert(IDisputeManager.OwnChallenge.selector);
        disputes.defend(id, STEPS, BATCH, "");
    }

    function test_anotherExtentIsRefused() public {
        uint256 id = open(submitNext(0));
        bytes32 given = disputes.extentOf(STEPS + 1, BATCH);
        bytes32 expected = disputes.extentOf(STEPS, BATCH);
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[0].signer);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.ExtentMismatch.selector, given, expected));
        disputes.defend(id, STEPS + 1, BATCH, proof);
        vm.assertEq(
            expected, sha256(abi.encodePacked(sha256("autonet/extent/1"), uint256(STEPS), BATCH))
        );
    }

    function test_theDefenceMustComeInTime() public {
        uint256 id = open(submitNext(0));
        uint64 until = uint64(block.timestamp) + 1 days;
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlineNotPassed.selector, until));
        disputes.claimTimeout(id);
        vm.warp(until + 1);
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[0].signer);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlinePassed.selector, until));
        disputes.defend(id, STEPS, BATCH, proof);
    }

    function test_whatNobodyDefendsFallsWithoutPunishment() public {
        bytes32 subject = submitNext(0);
        uint256 id = open(subject);
        vm.warp(block.timestamp + 1 days + 1);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeClosed(id, Verdict.Undecided, false);
        disputes.claimTimeout(id);
        vm.assertEq(uint256(bridge.statusOf(subject)), uint256(CheckpointStatus.Rejected));
        vm.assertEq(disputes.owed(CHALLENGER), BOND);
        bytes memory proof = abi.encode(seated.seats);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotUpheld.selector, id));
        disputes.punish(id, proof, 0, 7);
    }

    function test_anEmptyClaimThatChangesNothingStands() public {
        bytes32 subject = submitEmpty(true);
        uint256 id = open(subject);
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[0].signer);
        disputes.defend(id, 0, BATCH, proof);
        vm.assertEq(uint256(disputes.disputeOf(id).verdict), uint256(Verdict.Dismissed));
        vm.assertEq(uint256(bridge.statusOf(subject)), uint256(CheckpointStatus.Pending));
        vm.assertEq(disputes.owed(seated.seats[0].signer), BOND + BOND / 2);
    }

    function test_anEmptyClaimThatChangesSomethingCannotBeDefended() public {
        uint256 id = open(submitEmpty(false));
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[0].signer);
        vm.expectRevert(IDisputeManager.ClaimEmpty.selector);
        disputes.defend(id, 0, BATCH, proof);
    }

    // ---------------------------------------------------------------- dissection

    function test_theRangeNarrowsThirtyTwoTimesARound() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        bytes32[] memory points = midpoints(id);
        vm.assertEq(points.length, 31);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.Dissected(id, 0, STEPS, points);
        dissect(id, points);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.Narrowed(id, 1250, 1312, points[19], points[20]);
        vm.prank(CHALLENGER);
        disputes.select(id, 20, points);
        // 62 steps are left, then one or two, then one.
        dissect(id, midpoints(id));
        choose(id, 0);
        Dispute memory d = disputes.disputeOf(id);
        vm.assertEq(uint256(d.phase), uint256(Phase.AwaitingReferees));
        vm.assertEq(d.low, 1250);
        vm.assertEq(d.high, 1251);
        vm.assertEq(d.lowPoint, points[19]);
        vm.assertEq(d.deadline, block.timestamp + 3 days);
    }

    function test_theFirstAndTheLastPartKeepTheEnds() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        bytes32[] memory points = midpoints(id);
        dissect(id, points);
        choose(id, 31);
        Dispute memory d = disputes.disputeOf(id);
        vm.assertEq(d.highPoint, d.claim.end);
        vm.assertEq(d.high, STEPS);
        vm.assertEq(d.lowPoint, points[30]);
        points = midpoints(id);
        dissect(id, points);
        choose(id, 0);
        vm.assertEq(disputes.disputeOf(id).lowPoint, d.lowPoint);
    }

    function test_theLargestRangeEndsAfterThirteenRounds() public view {
        uint64 high = type(uint64).max;
        uint64 low = 0;
        uint256 rounds = 0;
        while (high - low > 1) {
            uint256 last = disputes.segmentsOf(low, high) - 1;
            vm.assertEq(disputes.boundary(low, high, last + 1), high);
            low = disputes.boundary(low, high, last);
            ++rounds;
        }
        vm.assertEq(rounds, 13);
    }

    function test_aClaimOfOneStepGoesStraightToTheReferees() public {
        uint256 id = open(submitWithSteps(1));
        bytes memory proof = abi.encode(seated.seats);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.RefereesCalled(id, 0, uint64(block.timestamp) + 3 days);
        vm.prank(seated.seats[0].signer);
        disputes.defend(id, 1, BATCH, proof);
    }

    function test_movesOutOfTurnAreRefused() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        address defender = seated.seats[0].signer;
        bytes32[] memory points = midpoints(id);
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.NotYourMove.selector, address(this), defender)
        );
        disputes.dissect(id, points);
        vm.prank(CHALLENGER);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.PhaseMismatch.selector, Phase.DefenderMoves, Phase.ChallengerMoves
            )
        );
        disputes.select(id, 0, points);
        dissect(id, points);
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.NotYourMove.selector, address(this), CHALLENGER)
        );
        disputes.select(id, 0, points);
    }

    function test_wrongMidpointsAreRefused() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        vm.prank(seated.seats[0].signer);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.MidpointCountMismatch.selector, 30, 31));
        disputes.dissect(id, new bytes32[](30));
        bytes32[] memory points = midpoints(id);
        dissect(id, points);
        points[4] = keccak256("other");
        vm.prank(CHALLENGER);
        vm.expectRevert(IDisputeManager.MidpointsMismatch.selector);
        disputes.select(id, 4, points);
        points = midpoints(id);
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.SegmentOutOfRange.selector, 32, 32));
        disputes.select(id, 32, points);
    }

    // ---------------------------------------------------------------- clocks

    function test_eachSideHasItsOwnClock() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        vm.warp(block.timestamp + 30 hours);
        dissect(id, midpoints(id));
        Dispute memory d = disputes.disputeOf(id);
        vm.assertEq(d.defenderClock, 18 hours);
        vm.assertEq(d.challengerClock, 48 hours);
        vm.warp(block.timestamp + 47 hours);
        choose(id, 3);
        vm.assertEq(disputes.disputeOf(id).challengerClock, 1 hours);
        // The defender's remaining 18 hours run now.
        uint64 end = uint64(block.timestamp) + 18 hours;
        vm.warp(end + 1);
        bytes32[] memory points = midpoints(id);
        vm.prank(seated.seats[0].signer);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.ClockExpired.selector, end));
        disputes.dissect(id, points);
    }

    function test_aDefenderWhoseClockRunsOutLosesItsBondAndItsPlace() public {
        bytes32 subject = submitNext(0);
        uint256 id = open(subject);
        defend(id, 0);
        uint64 end = uint64(block.timestamp) + 2 days;
        vm.warp(end);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlineNotPassed.selector, end));
        disputes.claimTimeout(id);
        vm.warp(end + 1);
        address defender = seated.seats[0].signer;
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DefenceFailed(id, defender, false, end + 1 + 1 days);
        disputes.claimTimeout(id);
        vm.assertEq(disputes.owed(CHALLENGER), BOND / 2);
        vm.assertEq(disputes.owed(TREASURY), BOND / 2);
        vm.assertTrue(disputes.barred(id, defender));
        // Silence costs no stake beyond the bond, and the claim is not lost: another signer takes over.
        vm.assertEq(staking.slashableStake(defender, COORDINATOR), 500 ether);
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(defender);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DefenderBarred.selector, defender));
        disputes.defend(id, STEPS, BATCH, proof);
        defend(id, 1);
        toOneStep(id);
        rule(id, Verdict.Dismissed);
        vm.assertEq(uint256(bridge.statusOf(subject)), uint256(CheckpointStatus.Pending));
    }

    function test_aChallengerWhoseClockRunsOutLoses() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        dissect(id, midpoints(id));
        vm.warp(block.timestamp + 2 days + 1);
        bytes32[] memory points = midpoints(id);
        uint64 end = disputes.disputeOf(id).movedAt + 2 days;
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.ClockExpired.selector, end));
        disputes.select(id, 0, points);
        disputes.claimTimeout(id);
        vm.assertEq(disputes.owed(seated.seats[0].signer), BOND + BOND / 2);
        vm.assertEq(disputes.owed(TREASURY), BOND / 2);
        vm.assertEq(disputes.owed(CHALLENGER), 0);
    }

    function test_judgementIsNotWaitedOutByTimeout() public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        toOneStep(id);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.PhaseMismatch.selector, Phase.AwaitingReferees, Phase.DefenderMoves
            )
        );
        disputes.claimTimeout(id);
    }

    // ---------------------------------------------------------------- parameters

    function test_theConstructorNeedsStaking() public {
        vm.expectRevert(IDisputeManager.AddressZero.selector);
        new DisputeManager(address(this), IParticipantStaking(address(0)));
    }

    function test_termsThatMakeNoSenseAreRefused() public {
        for (uint256 i = 0; i < 7; ++i) {
            DisputeTerms memory terms = disputeTerms();
            if (i == 0) terms.joinSeconds = 0;
            if (i == 1) terms.clockSeconds = 0;
            if (i == 2) terms.refereeSeconds = 0;
            if (i == 3) terms.voteSeconds = 0;
            if (i == 4) terms.quorumBps = 0;
            if (i == 5) terms.quorumBps = 10_001;
            if (i == 6) terms.voteSeconds = 60 days;
            vm.expectRevert(IDisputeManager.TermsInvalid.selector);
            disputes.setTerms(address(bridge), terms);
        }
    }

    function test_newTermsLeaveOpenDisputesAsTheyAre() public {
        bytes32 subject = submitNext(0);
        uint256 id = open(subject);
        DisputeTerms memory none;
        vm.expectEmit(address(disputes));
        emit IDisputeManager.TermsSet(address(bridge), none);
        disputes.setTerms(address(bridge), none);
        vm.assertEq(disputes.termsOf(address(bridge)).bondWei, 0);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TargetUnknown.selector, address(bridge)));
        disputes.challenge(address(bridge), subject);
        defend(id, 0);
        vm.assertEq(disputes.disputeOf(id).terms.bondWei, BOND);
    }

    function test_refereesAreACommittee() public {
        Seat[] memory seats = committee("judge", 3, 1).seats;
        bytes32 hash = hashOf(seats);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.RefereesSet(hash, seats);
        disputes.setReferees(seats);
        vm.assertEq(disputes.referees(), hash);
        seats[2] = seats[1];
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatsNotAscending.selector, 2));
        disputes.setReferees(seats);
    }

    function test_onlyTheTimelockGoverns() public {
        DisputeTerms memory terms = disputeTerms();
        Seat[] memory seats = referees.seats;
        bytes memory refused = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, CHALLENGER);
        vm.startPrank(CHALLENGER);
        vm.expectRevert(refused);
        disputes.setTerms(address(bridge), terms);
        vm.expectRevert(refused);
        disputes.setReferees(seats);
    }

    function test_theSettingsCanBeRead() public view {
        vm.assertEq(address(disputes.staking()), address(staking));
        vm.assertEq(address(disputes.token()), address(atn));
        vm.assertEq(disputes.WAYS(), 32);
        vm.assertEq(disputes.WINNER_BPS(), 5000);
        vm.assertEq(disputes.termsOf(address(bridge)).quorumBps, 2000);
    }
}
