// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICommittee} from "../../src/interfaces/ICommittee.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {CheckpointStatus} from "../../src/types/Anchor.sol";
import {Certificate} from "../../src/types/Committee.sol";
import {Dispute, Phase, Verdict} from "../../src/types/Disputes.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {DisputeFixture} from "../support/DisputeFixture.sol";

/// @notice How one step is judged, and what follows: bonds, slashes, freezes, and the fate of the checkpoint.
contract DisputeJudgementTest is DisputeFixture {
    address private constant VOTER = address(0x701);
    address private constant OTHER = address(0x702);

    bytes32 private _subject;
    bytes32 private _child;
    uint256 private _id;

    function setUp() public override {
        super.setUp();
        stakeAs(VOTER, Role.Aggregator, 3000 ether);
        stakeAs(OTHER, Role.Solver, 1000 ether);
        vm.warp(block.timestamp + 1);
        _subject = submitNext(0);
        _child = submitNext(0);
        _id = open(_subject);
        defend(_id, 0);
        toOneStep(_id);
    }

    // ---------------------------------------------------------------- referees

    function test_upheldRejectsTheCheckpointWithItsChildrenAndPays() public {
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeClosed(_id, Verdict.Upheld, false);
        rule(_id, Verdict.Upheld);
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Rejected));
        vm.assertEq(uint256(bridge.statusOf(_child)), uint256(CheckpointStatus.Rejected));
        vm.assertEq(disputes.owed(CHALLENGER), BOND + BOND / 2);
        vm.assertEq(disputes.owed(TREASURY), BOND / 2);
        uint256 before = atn.balanceOf(CHALLENGER);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.Paid(CHALLENGER, BOND + BOND / 2);
        vm.prank(CHALLENGER);
        vm.assertEq(disputes.claim(), BOND + BOND / 2);
        vm.assertEq(atn.balanceOf(CHALLENGER), before + BOND + BOND / 2);
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NothingOwed.selector, CHALLENGER));
        disputes.claim();
    }

    function test_dismissedLetsTheCheckpointStandAndPaysTheDefender() public {
        rule(_id, Verdict.Dismissed);
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Pending));
        vm.assertEq(disputes.owed(seated.seats[0].signer), BOND + BOND / 2);
        vm.assertEq(disputes.owed(TREASURY), BOND / 2);
        vm.warp(block.timestamp + WINDOW + 1);
        bridge.finalize(1);
    }

    function test_misplayedBarsTheDefenderAndOpensItsPlace() public {
        address defender = seated.seats[0].signer;
        vm.expectEmit(address(disputes));
        emit IDisputeManager.Punished(_id, defender, SLASH);
        rule(_id, Verdict.Misplayed);
        Dispute memory d = disputes.disputeOf(_id);
        vm.assertEq(uint256(d.phase), uint256(Phase.AwaitingDefender));
        vm.assertEq(d.attempt, 1);
        vm.assertEq(d.defender, address(0));
        vm.assertEq(staking.slashableStake(defender, COORDINATOR), 500 ether - SLASH);
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Challenged));
        // A false step of one signer cannot bring a true checkpoint down: the next one defends it.
        defend(_id, 1);
        toOneStep(_id);
        rule(_id, Verdict.Dismissed);
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Pending));
    }

    function test_aRulingForAnEarlierAttemptIsWorthless() public {
        Certificate memory early =
            certificate(referees, 0x1f, disputes.rulingDigest(_id, Verdict.Upheld));
        rule(_id, Verdict.Misplayed);
        defend(_id, 1);
        toOneStep(_id);
        vm.expectPartialRevert(ICommittee.SignerNotSeated.selector);
        disputes.rule(_id, Verdict.Upheld, early);
    }

    function test_refereesNeedAQuorumAndAVerdict() public {
        Certificate memory given = certificate(referees, 0x07, disputes.rulingDigest(_id, Verdict.Upheld));
        vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, 3 ether, 5 ether));
        disputes.rule(_id, Verdict.Upheld, given);
        given = certificate(referees, 0x1f, disputes.rulingDigest(_id, Verdict.Undecided));
        vm.expectRevert(IDisputeManager.VerdictInvalid.selector);
        disputes.rule(_id, Verdict.Undecided, given);
        given = certificate(referees, 0x1f, disputes.rulingDigest(_id, Verdict.Upheld));
        vm.expectPartialRevert(ICommittee.SignerNotSeated.selector);
        disputes.rule(_id, Verdict.Dismissed, given);
    }

    function test_refereesCannotRuleBeforeOneStepIsLeft() public {
        uint256 early = open(_subject);
        defend(early, 1);
        Certificate memory given =
            certificate(referees, 0x1f, disputes.rulingDigest(early, Verdict.Upheld));
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.PhaseMismatch.selector, Phase.DefenderMoves, Phase.AwaitingReferees
            )
        );
        disputes.rule(early, Verdict.Upheld, given);
    }

    function test_lateRefereesLeaveItToTheStakes() public {
        uint64 until = disputes.disputeOf(_id).deadline;
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlineNotPassed.selector, until));
        disputes.openVote(_id);
        vm.warp(until + 1);
        Certificate memory given = certificate(referees, 0x1f, disputes.rulingDigest(_id, Verdict.Upheld));
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlinePassed.selector, until));
        disputes.rule(_id, Verdict.Upheld, given);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.VoteOpened(_id, uint64(block.timestamp) + 5 days);
        disputes.openVote(_id);
    }

    // ---------------------------------------------------------------- the vote

    function test_aVoteRunsItsWholeTime() public {
        // A regression of an earlier public attempt, which resolved at the first quorum in mid-vote, without effect.
        _openVote();
        vm.expectEmit(address(disputes));
        emit IDisputeManager.Voted(_id, VOTER, Verdict.Upheld, 3000 ether);
        _vote(VOTER, Verdict.Upheld);
        vm.assertEq(disputes.votesFor(_id, Verdict.Upheld), 3000 ether);
        uint64 until = disputes.disputeOf(_id).deadline;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlineNotPassed.selector, until));
        disputes.tally(_id);
        vm.warp(until + 1);
        disputes.tally(_id);
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Rejected));
        vm.assertEq(disputes.owed(CHALLENGER), BOND + BOND / 2);
    }

    function test_theMajorityOfTheStakeDecides() public {
        _openVote();
        _vote(VOTER, Verdict.Dismissed);
        _vote(OTHER, Verdict.Upheld);
        for (uint256 i = 1; i < 4; ++i) {
            _vote(seated.seats[i].signer, Verdict.Upheld);
        }
        _tally();
        vm.assertEq(uint256(disputes.disputeOf(_id).verdict), uint256(Verdict.Dismissed));
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Pending));
    }

    function test_theStakesCanFindAMisplayToo() public {
        _openVote();
        _vote(VOTER, Verdict.Misplayed);
        _tally();
        vm.assertEq(uint256(disputes.disputeOf(_id).phase), uint256(Phase.AwaitingDefender));
        // The next vote begins from nothing, and those who voted can vote again.
        defend(_id, 1);
        toOneStep(_id);
        _openVote();
        vm.assertEq(disputes.votesFor(_id, Verdict.Misplayed), 0);
        _vote(VOTER, Verdict.Dismissed);
        _tally();
        vm.assertEq(uint256(disputes.disputeOf(_id).verdict), uint256(Verdict.Dismissed));
    }

    function test_withoutQuorumTheClaimFallsAndNobodyIsPunished() public {
        _openVote();
        _vote(OTHER, Verdict.Dismissed); // 1000 of 7500 is less than a fifth
        _tally();
        _assertUndecided();
    }

    function test_withoutMajorityTheClaimFallsAndNobodyIsPunished() public {
        _openVote();
        _vote(OTHER, Verdict.Dismissed);
        _vote(seated.seats[1].signer, Verdict.Upheld);
        _vote(seated.seats[2].signer, Verdict.Misplayed);
        _tally();
        _assertUndecided();
    }

    function test_nobodyVotesTwiceOrWithoutStakeOrInItsOwnCause() public {
        _openVote();
        _vote(VOTER, Verdict.Upheld);
        vm.startPrank(VOTER);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyVoted.selector, VOTER));
        disputes.vote(_id, Verdict.Dismissed);
        vm.stopPrank();
        vm.startPrank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.PartyCannotVote.selector, CHALLENGER));
        disputes.vote(_id, Verdict.Upheld);
        vm.stopPrank();
        address defender = seated.seats[0].signer;
        vm.startPrank(defender);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.PartyCannotVote.selector, defender));
        disputes.vote(_id, Verdict.Dismissed);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NoVotingStake.selector, address(this)));
        disputes.vote(_id, Verdict.Upheld);
        vm.startPrank(OTHER);
        vm.expectRevert(IDisputeManager.VerdictInvalid.selector);
        disputes.vote(_id, Verdict.Undecided);
    }

    function test_stakeBoughtAfterTheDisputeBeganDoesNotVote() public {
        address late = address(0x1A7E);
        stakeAs(late, Role.Aggregator, 5000 ether);
        _openVote();
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NoVotingStake.selector, late));
        disputes.vote(_id, Verdict.Upheld);
    }

    function test_noVoteAfterClosing() public {
        _openVote();
        uint64 until = disputes.disputeOf(_id).deadline;
        vm.warp(until + 1);
        vm.prank(VOTER);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DeadlinePassed.selector, until));
        disputes.vote(_id, Verdict.Upheld);
        disputes.tally(_id);
        vm.prank(VOTER);
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.PhaseMismatch.selector, Phase.Closed, Phase.Voting)
        );
        disputes.vote(_id, Verdict.Upheld);
    }

    // ---------------------------------------------------------------- stakes

    function test_upheldSlashesThoseWhoSignedOnce() public {
        rule(_id, Verdict.Upheld);
        bytes memory proof = abi.encode(seated.seats);
        uint256 before = atn.balanceOf(CHALLENGER);
        disputes.punish(_id, proof, 0, 4);
        disputes.punish(_id, proof, 2, 7); // an overlap charges nobody twice
        for (uint256 i = 0; i < 7; ++i) {
            vm.assertEq(staking.slashableStake(seated.seats[i].signer, COORDINATOR), 500 ether - SLASH);
        }
        // Half goes to the challenger, half to the treasury.
        vm.assertEq(atn.balanceOf(CHALLENGER), before + 7 * SLASH / 2);
        vm.assertEq(atn.balanceOf(TREASURY), 7 * SLASH / 2);
    }

    function test_whoMisplayedIsNotSlashedAgainForTheSameClaim() public {
        rule(_id, Verdict.Misplayed);
        defend(_id, 1);
        toOneStep(_id);
        rule(_id, Verdict.Upheld);
        disputes.punish(_id, abi.encode(seated.seats), 0, 7);
        vm.assertEq(staking.slashableStake(seated.seats[0].signer, COORDINATOR), 500 ether - SLASH);
    }

    function test_nobodyGainsFromItsOwnSlash() public {
        // A signer challenges what it signed itself: it gets no part of its own stake.
        address own = seated.seats[6].signer;
        vm.prank(own);
        uint256 id = disputes.challenge(address(bridge), _subject);
        defend(id, 1);
        while (disputes.disputeOf(id).phase != Phase.AwaitingReferees) {
            dissectHonestly(id);
            bytes32[] memory points = midpoints(id);
            vm.prank(own);
            disputes.select(id, 0, points);
        }
        rule(id, Verdict.Upheld);
        uint256 before = atn.balanceOf(own);
        disputes.punish(id, abi.encode(seated.seats), 6, 7);
        vm.assertEq(atn.balanceOf(own), before);
        vm.assertEq(atn.balanceOf(TREASURY), SLASH);
    }

    function test_aSignerWithoutStakeStopsNobody() public {
        vm.warp(block.timestamp + 1);
        rule(_id, Verdict.Upheld);
        bytes memory proof = abi.encode(seated.seats);
        staking.setSlasher(SlashReason.Equivocation, address(this));
        staking.slash(seated.seats[3].signer, COORDINATOR, SlashReason.Equivocation, 500 ether, address(0), 0);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.Punished(_id, seated.seats[3].signer, 0);
        disputes.punish(_id, proof, 3, 4);
    }

    function test_openDisputesFreezeThoseWhoAnswer() public {
        bytes memory proof = abi.encode(seated.seats);
        disputes.freeze(_id, proof, 0, 7);
        disputes.freeze(_id, proof, 0, 7); // once is enough
        vm.warp(block.timestamp + 15 days);
        for (uint256 i = 0; i < 7; ++i) {
            address signer = seated.seats[i].signer;
            vm.assertEq(staking.position(signer, COORDINATOR).freezes, 1);
            vm.prank(signer);
            vm.expectPartialRevert(bytes4(keccak256("StakeFrozen(uint64)")));
            staking.unbond(COORDINATOR, 500 ether);
        }
    }

    function test_releaseSlashesWhoWasFrozenAndLiftsTheFreeze() public {
        disputes.freeze(_id, abi.encode(seated.seats), 0, 7);
        address[] memory one = new address[](1);
        one[0] = seated.seats[4].signer;
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.PhaseMismatch.selector, Phase.AwaitingReferees, Phase.Closed
            )
        );
        disputes.release(_id, one);
        rule(_id, Verdict.Upheld);
        disputes.release(_id, one);
        vm.assertEq(staking.slashableStake(one[0], COORDINATOR), 500 ether - SLASH);
        vm.assertEq(staking.position(one[0], COORDINATOR).freezes, 0);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AccountNotFrozen.selector, one[0]));
        disputes.release(_id, one);
    }

    function test_releaseAfterADismissalTakesNothing() public {
        rule(_id, Verdict.Dismissed);
        address[] memory one = new address[](1);
        one[0] = seated.seats[0].signer;
        disputes.release(_id, one);
        vm.assertEq(staking.slashableStake(one[0], COORDINATOR), 500 ether);
        vm.assertEq(staking.position(one[0], COORDINATOR).freezes, 0);
    }

    function test_aNewAttemptRenewsTheFreeze() public {
        bytes memory proof = abi.encode(seated.seats);
        disputes.freeze(_id, proof, 3, 4);
        address signer = seated.seats[3].signer;
        uint64 first = staking.position(signer, COORDINATOR).frozenUntil;
        vm.warp(block.timestamp + 1 days);
        rule(_id, Verdict.Misplayed);
        disputes.freeze(_id, proof, 3, 4);
        vm.assertEq(staking.position(signer, COORDINATOR).freezes, 1);
        vm.assertEq(staking.position(signer, COORDINATOR).frozenUntil, first + 1 days);
    }

    function test_rangesOutsideTheAccountsAreRefused() public {
        bytes memory proof = abi.encode(seated.seats);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.RangeInvalid.selector, 0, 8, 7));
        disputes.freeze(_id, proof, 0, 8);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.RangeInvalid.selector, 3, 2, 7));
        disputes.freeze(_id, proof, 3, 2);
    }

    function test_aClosedDisputeFreezesNobody() public {
        rule(_id, Verdict.Dismissed);
        bytes memory proof = abi.encode(seated.seats);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.PhaseMismatch.selector, Phase.Closed, Phase.AwaitingDefender
            )
        );
        disputes.freeze(_id, proof, 0, 7);
    }

    // ---------------------------------------------------------------- moot

    function test_disputesAboutAFallenChildGiveTheBondsBack() public {
        uint256 about = open(_child);
        uint256 waiting = open(_child);
        defend(about, 2);
        vm.expectRevert(IDisputeManager.SubjectNotMoot.selector);
        disputes.settleMoot(about);
        rule(_id, Verdict.Upheld);
        uint256 owed = disputes.owed(CHALLENGER);

        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[3].signer);
        vm.expectRevert(IDisputeManager.SubjectMoot.selector);
        disputes.defend(waiting, STEPS, BATCH, proof);
        vm.warp(block.timestamp + 3 days);
        vm.expectRevert(IDisputeManager.SubjectMoot.selector);
        disputes.claimTimeout(about);

        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeMoot(about);
        disputes.settleMoot(about);
        disputes.settleMoot(waiting);
        vm.assertEq(disputes.owed(CHALLENGER), owed + 2 * BOND);
        vm.assertEq(disputes.owed(seated.seats[2].signer), BOND);
        vm.assertEq(bridge.openChallenges(), 0);
        vm.expectPartialRevert(IDisputeManager.PhaseMismatch.selector);
        disputes.settleMoot(about);
    }

    function test_aMootClaimIsNotJudged() public {
        uint256 second = open(_subject);
        defend(second, 1);
        toOneStep(second);
        rule(_id, Verdict.Upheld);
        Certificate memory given =
            certificate(referees, 0x1f, disputes.rulingDigest(second, Verdict.Dismissed));
        vm.expectRevert(IDisputeManager.SubjectMoot.selector);
        disputes.rule(second, Verdict.Dismissed, given);
        vm.warp(block.timestamp + 3 days + 1);
        disputes.openVote(second);
        vm.warp(block.timestamp + 5 days + 1);
        vm.expectRevert(IDisputeManager.SubjectMoot.selector);
        disputes.tally(second);
    }

    // ---------------------------------------------------------------- helpers

    function _openVote() private {
        vm.warp(disputes.disputeOf(_id).deadline + 1);
        disputes.openVote(_id);
    }

    function _vote(address who, Verdict verdict) private {
        vm.prank(who);
        disputes.vote(_id, verdict);
    }

    function _tally() private {
        vm.warp(disputes.disputeOf(_id).deadline + 1);
        disputes.tally(_id);
    }

    function _assertUndecided() private view {
        vm.assertEq(uint256(disputes.disputeOf(_id).verdict), uint256(Verdict.Undecided));
        vm.assertEq(uint256(bridge.statusOf(_subject)), uint256(CheckpointStatus.Rejected));
        vm.assertEq(disputes.owed(CHALLENGER), BOND);
        vm.assertEq(disputes.owed(seated.seats[0].signer), BOND);
        vm.assertEq(disputes.owed(TREASURY), 0);
    }
}
