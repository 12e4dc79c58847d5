// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {AnchorBridge} from "../../src/AnchorBridge.sol";
import {IAnchorBridge} from "../../src/interfaces/IAnchorBridge.sol";
import {ICommittee} from "../../src/interfaces/ICommittee.sol";
import {IDisputable} from "../../src/interfaces/IDisputable.sol";
import {IParticipantStaking} from "../../src/interfaces/IParticipantStaking.sol";
import {Checkpoint, CheckpointRecord, CheckpointStatus} from "../../src/types/Anchor.sol";
import {Certificate, Seat} from "../../src/types/Committee.sol";
import {Claim} from "../../src/types/Disputes.sol";
import {Role} from "../../src/types/Staking.sol";
import {AnchorFixture} from "../support/AnchorFixture.sol";

/// @notice The life of checkpoints, and the committees that certify them. Here the test decides disputes itself.
contract AnchorBridgeCheckpointsTest is AnchorFixture {
    address private constant STRANGER = address(0x57);

    function setUp() public override {
        super.setUp();
        bridge.setDisputes(address(this));
    }

    // ---------------------------------------------------------------- genesis

    function test_genesisIsFinalFromTheStart() public view {
        bytes32 id = bridge.checkpointId(genesis);
        vm.assertEq(bridge.checkpointAt(0), id);
        vm.assertEq(uint256(bridge.statusOf(id)), uint256(CheckpointStatus.Final));
        vm.assertEq(bridge.committee(), hashOf(seated.seats));
        vm.assertEq(address(bridge.staking()), address(staking));
        vm.assertEq(bridge.challengeSeconds(), WINDOW);
        vm.assertEq(bridge.silenceSeconds(), SILENCE);
        vm.assertEq(bridge.committeeNumber(), 0);
        vm.assertEq(bridge.owner(), address(this));
    }

    function test_aBridgeWithoutStakingOrWindowIsRefused() public {
        Seat[] memory seats = seated.seats;
        vm.expectRevert(IAnchorBridge.AddressZero.selector);
        new AnchorBridge(address(this), IParticipantStaking(address(0)), WINDOW, SILENCE, genesis, seats);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.WindowInvalid.selector, 0, SILENCE));
        new AnchorBridge(address(this), staking, 0, SILENCE, genesis, seats);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.WindowInvalid.selector, WINDOW, WINDOW));
        new AnchorBridge(address(this), staking, WINDOW, WINDOW, genesis, seats);
    }

    function test_aGenesisOfAnotherEpochOrWithParentIsRefused() public {
        Seat[] memory seats = seated.seats;
        Checkpoint memory odd = genesis;
        odd.epoch = 1;
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.EpochNotNext.selector, 1, 0));
        new AnchorBridge(address(this), staking, WINDOW, SILENCE, odd, seats);
        odd = genesis;
        odd.parent = keccak256("p");
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.ParentMismatch.selector, odd.parent, bytes32(0)));
        new AnchorBridge(address(this), staking, WINDOW, SILENCE, odd, seats);
    }

    // ---------------------------------------------------------------- acceptance

    function test_aCertifiedCheckpointIsPending() public {
        Checkpoint memory next = nextCheckpoint(0);
        bytes32 id = bridge.checkpointId(next);
        Certificate memory given = certificate(seated, 0x1f, id);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CheckpointAccepted(id, 1, next.parent, uint64(block.timestamp) + WINDOW);
        vm.prank(STRANGER);
        vm.assertEq(bridge.submit(next, given), id);
        CheckpointRecord memory record = bridge.recordOf(id);
        vm.assertEq(uint256(record.status), uint256(CheckpointStatus.Pending));
        vm.assertEq(record.epoch, 1);
        vm.assertEq(record.parent, next.parent);
        vm.assertEq(record.withdrawalRoot, next.withdrawalRoot);
        vm.assertEq(record.batchHash, next.batchHash);
        vm.assertEq(record.committee, hashOf(seated.seats));
        vm.assertEq(record.signers, 0x1f);
        vm.assertEq(record.point, bridge.pointOf(next.logRoot, next.stateRoot, next.withdrawalRoot));
        vm.assertEq(bridge.lastEpoch(), 1);
        vm.assertEq(bridge.lastFinalEpoch(), 0);
        vm.assertEq(bridge.lastSignOfLife(), block.timestamp);
    }

    function test_theIdBindsChainBridgeAndEveryField() public view {
        Checkpoint memory c = nextCheckpoint(0);
        vm.assertEq(
            bridge.checkpointId(c),
            sha256(
                abi.encodePacked(
                    sha256("autonet/checkpoint/1"),
                    block.chainid,
                    uint256(uint160(address(bridge))),
                    uint256(c.epoch),
                    c.parent,
                    c.logRoot,
                    c.stateRoot,
                    c.withdrawalRoot,
                    c.batchHash
                )
            )
        );
        vm.assertEq(
            bridge.pointOf(c.logRoot, c.stateRoot, c.withdrawalRoot),
            sha256(abi.encodePacked(sha256("autonet/point/1"), c.logRoot, c.stateRoot, c.withdrawalRoot))
        );
    }

    function test_aSubQuorumIsRefused() public {
        Checkpoint memory next = nextCheckpoint(0);
        Certificate memory given = certificate(seated, 0x0f, bridge.checkpointId(next));
        vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, 2000 ether, 3500 ether));
        bridge.submit(next, given);
    }

    function test_oneSignatureDoesNotAnchor() public {
        // A regression of an earlier public attempt.
        Checkpoint memory next = nextCheckpoint(0);
        Certificate memory given = certificate(seated, 0x01, bridge.checkpointId(next));
        vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, 500 ether, 3500 ether));
        bridge.submit(next, given);
    }

    function test_aSkippedOrRepeatedEpochIsRefused() public {
        bytes32 root = genesis.withdrawalRoot;
        Checkpoint memory skipped = checkpointOn(bridge.checkpointAt(0), 2, root, 0);
        Certificate memory given = certificate(seated, 0x7f, bridge.checkpointId(skipped));
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.EpochNotNext.selector, 2, 1));
        bridge.submit(skipped, given);
        submitNext(0);
        Checkpoint memory repeated = checkpointOn(bridge.checkpointAt(0), 1, root, 1);
        given = certificate(seated, 0x7f, bridge.checkpointId(repeated));
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.EpochNotNext.selector, 1, 2));
        bridge.submit(repeated, given);
    }

    function test_anotherParentIsRefused() public {
        submitNext(0);
        bytes32 last = bridge.checkpointAt(1);
        Checkpoint memory stray = checkpointOn(bridge.checkpointAt(0), 2, genesis.withdrawalRoot, 0);
        Certificate memory given = certificate(seated, 0x7f, bridge.checkpointId(stray));
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.ParentMismatch.selector, stray.parent, last));
        bridge.submit(stray, given);
    }

    function test_atMostSixtyFourWait() public {
        for (uint256 i = 0; i < 64; ++i) {
            submitNext(0);
        }
        Checkpoint memory next = nextCheckpoint(0);
        Certificate memory given = certificate(seated, 0x7f, bridge.checkpointId(next));
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.TooManyPending.selector, 64));
        bridge.submit(next, given);
        vm.warp(block.timestamp + WINDOW + 1);
        bridge.finalize(1);
        bridge.submit(next, given);
    }

    // ---------------------------------------------------------------- finality

    function test_aCheckpointIsFinalAfterItsWindow() public {
        bytes32 id = submitNext(0);
        uint64 until = uint64(block.timestamp) + WINDOW;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.ChallengeWindowOpen.selector, until));
        bridge.finalize(1);
        vm.warp(until + 1);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CheckpointFinalized(id, 1);
        bridge.finalize(1);
        vm.assertEq(uint256(bridge.statusOf(id)), uint256(CheckpointStatus.Final));
        vm.assertEq(bridge.lastFinalEpoch(), 1);
    }

    function test_nothingIsFinalBeforeItsParent() public {
        submitNext(0);
        submitNext(0);
        vm.warp(block.timestamp + WINDOW + 1);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.ParentNotFinal.selector, 1));
        bridge.finalize(2);
        bridge.finalize(1);
        bridge.finalize(2);
    }

    function test_aParentUnderChallengeHoldsItsChildrenBack() public {
        bytes32 parent = submitNext(0);
        submitNext(0);
        bridge.disputeOpened(parent);
        vm.warp(block.timestamp + WINDOW + 1);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.CheckpointUnderChallenge.selector, parent, 1));
        bridge.finalize(1);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.ParentNotFinal.selector, 1));
        bridge.finalize(2);
    }

    function test_whatIsFinalOrUnknownCannotBeFinalised() public {
        bytes32 first = bridge.checkpointAt(0);
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorBridge.CheckpointNotPending.selector, first, CheckpointStatus.Final)
        );
        bridge.finalize(0);
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorBridge.CheckpointNotPending.selector, bytes32(0), CheckpointStatus.None)
        );
        bridge.finalize(1);
    }

    // ---------------------------------------------------------------- disputes

    function test_aDisputeIsAboutTheWayFromTheParent() public {
        bytes32 one = submitNext(0);
        bytes32 two = submitNext(0);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CheckpointChallenged(two, 2, 1);
        Claim memory claim = bridge.disputeOpened(two);
        vm.assertEq(claim.start, bridge.recordOf(one).point);
        vm.assertEq(claim.end, bridge.recordOf(two).point);
        vm.assertEq(claim.extent, disputes.extentOf(STEPS, BATCH));
        vm.assertEq(uint256(bridge.statusOf(two)), uint256(CheckpointStatus.Challenged));
        vm.assertEq(uint256(bridge.statusOf(one)), uint256(CheckpointStatus.Pending));
        vm.assertEq(bridge.openChallenges(), 1);
    }

    function test_aChallengeAfterTheWindowIsRefused() public {
        bytes32 id = submitNext(0);
        uint64 until = uint64(block.timestamp) + WINDOW;
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.ChallengeWindowClosed.selector, until));
        bridge.disputeOpened(id);
        bridge.finalize(1);
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorBridge.CheckpointNotPending.selector, id, CheckpointStatus.Final)
        );
        bridge.disputeOpened(id);
    }

    function test_onlyTheDisputeContractOpensAndCloses() public {
        bytes32 id = submitNext(0);
        vm.startPrank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(IDisputable.NotDisputeManager.selector, STRANGER));
        bridge.disputeOpened(id);
        vm.expectRevert(abi.encodeWithSelector(IDisputable.NotDisputeManager.selector, STRANGER));
        bridge.disputeClosed(id, true);
    }

    function test_aDismissedChallengeLetsItBecomeFinal() public {
        bytes32 id = submitNext(0);
        bridge.disputeOpened(id);
        bridge.disputeOpened(id);
        vm.warp(block.timestamp + WINDOW + 1);
        bridge.disputeClosed(id, true);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.CheckpointUnderChallenge.selector, id, 1));
        bridge.finalize(1);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.ChallengeDismissed(id, 1, 0);
        bridge.disputeClosed(id, true);
        bridge.finalize(1);
    }

    function test_aRejectedCheckpointTakesItsChildrenWithIt() public {
        bytes32[4] memory ids;
        for (uint256 i = 0; i < 4; ++i) {
            ids[i] = submitNext(0);
        }
        bridge.disputeOpened(ids[3]);
        bridge.disputeOpened(ids[1]);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CheckpointRejected(ids[3], 4);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CheckpointRejected(ids[2], 3);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CheckpointRejected(ids[1], 2);
        bridge.disputeClosed(ids[1], false);
        vm.assertEq(bridge.lastEpoch(), 1);
        vm.assertEq(uint256(bridge.statusOf(ids[0])), uint256(CheckpointStatus.Pending));
        for (uint256 i = 1; i < 4; ++i) {
            vm.assertEq(uint256(bridge.statusOf(ids[i])), uint256(CheckpointStatus.Rejected));
            vm.assertTrue(bridge.isMoot(ids[i]));
            vm.assertEq(bridge.checkpointAt(uint64(i) + 1), bytes32(0));
        }
        vm.assertFalse(bridge.isMoot(ids[0]));
        vm.assertTrue(bridge.committeeDiscredited());
        // The dispute about the fallen child ends without doing more.
        bridge.disputeClosed(ids[3], false);
        vm.assertEq(bridge.openChallenges(), 0);
        vm.assertEq(bridge.lastEpoch(), 1);
    }

    function test_theFirstRootDoesNotBlockOthers() public {
        // A regression of an earlier public attempt: after a rejection the epoch is certified again.
        bytes32 bad = submitNext(0);
        bridge.disputeOpened(bad);
        bridge.disputeClosed(bad, false);
        bytes32 good = submitNext(1);
        vm.assertEq(bridge.checkpointAt(1), good);
        vm.warp(block.timestamp + WINDOW + 1);
        bridge.finalize(1);
    }

    function test_whatWasRejectedIsNotAcceptedAgain() public {
        Checkpoint memory bad = nextCheckpoint(0);
        bytes32 id = submit(bad);
        bridge.disputeOpened(id);
        bridge.disputeClosed(id, false);
        Certificate memory given = certificate(seated, 0x7f, id);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.CheckpointAlreadyRejected.selector, id));
        bridge.submit(bad, given);
    }

    function test_theDisputeContractStaysWhileDisputesAreOpen() public {
        bytes32 id = submitNext(0);
        bridge.disputeOpened(id);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.DisputesOpen.selector, 1));
        bridge.setDisputes(STRANGER);
        bridge.disputeClosed(id, true);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.DisputesSet(STRANGER);
        bridge.setDisputes(STRANGER);
        vm.assertEq(bridge.disputes(), STRANGER);
    }

    function test_thoseWhoSignedAnswer() public {
        Checkpoint memory next = nextCheckpoint(0);
        bytes32 id = bridge.submit(next, certificate(seated, 0x5d, bridge.checkpointId(next)));
        (address[] memory who, Role role) = bridge.answerable(id, abi.encode(seated.seats));
        vm.assertEq(who.length, 5);
        vm.assertEq(who[1], seated.seats[2].signer);
        vm.assertEq(uint256(role), uint256(Role.Coordinator));
        bytes memory other = abi.encode(referees.seats);
        vm.expectPartialRevert(ICommittee.CommitteeMismatch.selector);
        bridge.answerable(id, other);
    }

    // ---------------------------------------------------------------- committees

    function test_aCommitteeHandsOverByCertificate() public {
        Committee memory next = committee("next", 4, 9);
        bytes32 hash = hashOf(next.seats);
        bytes32 digest = bridge.rotationDigest(hash);
        vm.assertEq(
            digest,
            sha256(
                abi.encodePacked(
                    sha256("autonet/rotation/1"),
                    block.chainid,
                    uint256(uint160(address(bridge))),
                    uint256(1),
                    bridge.committee(),
                    hash
                )
            )
        );
        Certificate memory given = certificate(seated, 0x7c, digest);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.CommitteeSeated(hash, 1, next.seats);
        bridge.rotate(next.seats, given);
        vm.assertEq(bridge.committee(), hash);
        vm.assertEq(bridge.committeeNumber(), 1);

        // The old one certifies no more, nor can its certificate be used again.
        Checkpoint memory checkpoint = nextCheckpoint(0);
        bytes32 id = bridge.checkpointId(checkpoint);
        Certificate memory old = certificate(seated, 0x7f, id);
        vm.expectPartialRevert(ICommittee.CommitteeMismatch.selector);
        bridge.submit(checkpoint, old);
        vm.expectPartialRevert(ICommittee.CommitteeMismatch.selector);
        bridge.rotate(next.seats, given);
        bridge.submit(checkpoint, certificate(next, 0x07, id));
    }

    function test_rotationNeedsAQuorumAndAValidCommittee() public {
        Committee memory next = committee("next", 4, 9);
        Certificate memory given = certificate(seated, 0x0f, bridge.rotationDigest(hashOf(next.seats)));
        vm.expectPartialRevert(ICommittee.QuorumMissed.selector);
        bridge.rotate(next.seats, given);
        next.seats[1] = next.seats[0];
        given = certificate(seated, 0x7f, bridge.rotationDigest(hashOf(next.seats)));
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatsNotAscending.selector, 1));
        bridge.rotate(next.seats, given);
    }

    function test_theTimelockReplacesASilentCommittee() public {
        submitNext(0);
        Seat[] memory seats = committee("next", 4, 9).seats;
        uint64 from = uint64(block.timestamp) + SILENCE;
        vm.warp(from);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.CommitteeStillTrusted.selector, from));
        bridge.recoverCommittee(seats);
        vm.warp(from + 1);
        bridge.recoverCommittee(seats);
        vm.assertEq(bridge.committee(), hashOf(seats));
    }

    function test_theTimelockReplacesADiscreditedCommitteeOnce() public {
        bytes32 id = submitNext(0);
        bridge.disputeOpened(id);
        bridge.disputeClosed(id, false);
        // A discredited committee cannot clear itself by handing over.
        Committee memory next = committee("next", 4, 9);
        bridge.rotate(next.seats, certificate(seated, 0x7f, bridge.rotationDigest(hashOf(next.seats))));
        vm.assertTrue(bridge.committeeDiscredited());
        Seat[] memory seats = committee("recovered", 4, 9).seats;
        bridge.recoverCommittee(seats);
        vm.assertFalse(bridge.committeeDiscredited());
        vm.expectPartialRevert(IAnchorBridge.CommitteeStillTrusted.selector);
        bridge.recoverCommittee(next.seats);
    }

    function test_onlyTheTimelockGoverns() public {
        Seat[] memory seats = committee("next", 4, 9).seats;
        bytes memory refused = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, STRANGER);
        vm.startPrank(STRANGER);
        vm.expectRevert(refused);
        bridge.recoverCommittee(seats);
        vm.expectRevert(refused);
        bridge.setDisputes(STRANGER);
        vm.expectRevert(refused);
        bridge.setDepositMinimum(address(atn), 1);
    }

    // ---------------------------------------------------------------- equivocation

    function test_whoSignsTwoCheckpointsOfOneEpochIsCharged() public {
        Checkpoint memory a = nextCheckpoint(1);
        Checkpoint memory b = nextCheckpoint(2);
        address signer = seated.seats[3].signer;
        (bytes32[2] memory r, bytes32[2] memory vs) = _evidence(a, b, 3);
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.EquivocationProven(signer, bridge.checkpointId(a), bridge.checkpointId(b), 500 ether);
        vm.prank(STRANGER);
        bridge.proveEquivocation(a, b, signer, r, vs);
        vm.assertEq(staking.slashableStake(signer, Role.Coordinator), 0);
        vm.assertEq(atn.balanceOf(STRANGER), 50 ether);
        vm.assertEq(atn.balanceOf(TREASURY), 450 ether);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.EquivocationAlreadyProven.selector, signer));
        bridge.proveEquivocation(a, b, signer, r, vs);
    }

    function test_nobodyGainsByReportingItself() public {
        Checkpoint memory a = nextCheckpoint(1);
        Checkpoint memory b = nextCheckpoint(2);
        address signer = seated.seats[0].signer;
        (bytes32[2] memory r, bytes32[2] memory vs) = _evidence(a, b, 0);
        vm.prank(signer);
        bridge.proveEquivocation(a, b, signer, r, vs);
        vm.assertEq(atn.balanceOf(signer), 0);
        vm.assertEq(atn.balanceOf(TREASURY), 500 ether);
    }

    function test_whatDoesNotContradictIsNoEquivocation() public {
        Checkpoint memory a = nextCheckpoint(1);
        (bytes32[2] memory r, bytes32[2] memory vs) = _evidence(a, a, 3);
        address signer = seated.seats[3].signer;
        vm.expectRevert(IAnchorBridge.NotEquivocation.selector);
        bridge.proveEquivocation(a, a, signer, r, vs);

        Checkpoint memory later = checkpointOn(a.parent, 2, a.withdrawalRoot, 1);
        (r, vs) = _evidence(a, later, 3);
        vm.expectRevert(IAnchorBridge.NotEquivocation.selector);
        bridge.proveEquivocation(a, later, signer, r, vs);

        Checkpoint memory elsewhere = checkpointOn(keccak256("other"), 1, a.withdrawalRoot, 1);
        (r, vs) = _evidence(a, elsewhere, 3);
        vm.expectRevert(IAnchorBridge.NotEquivocation.selector);
        bridge.proveEquivocation(a, elsewhere, signer, r, vs);
    }

    function test_certifyingAnewAfterARejectionIsNoEquivocation() public {
        Checkpoint memory bad = nextCheckpoint(1);
        bytes32 id = submit(bad);
        bridge.disputeOpened(id);
        bridge.disputeClosed(id, false);
        Checkpoint memory good = nextCheckpoint(2);
        (bytes32[2] memory r, bytes32[2] memory vs) = _evidence(bad, good, 3);
        address signer = seated.seats[3].signer;
        vm.expectRevert(IAnchorBridge.NotEquivocation.selector);
        bridge.proveEquivocation(bad, good, signer, r, vs);
        (r, vs) = _evidence(good, bad, 3);
        vm.expectRevert(IAnchorBridge.NotEquivocation.selector);
        bridge.proveEquivocation(good, bad, signer, r, vs);
    }

    function test_evidenceWithAForeignSignatureIsRefused() public {
        Checkpoint memory a = nextCheckpoint(1);
        Checkpoint memory b = nextCheckpoint(2);
        (bytes32[2] memory r, bytes32[2] memory vs) = _evidence(a, b, 3);
        address other = seated.seats[4].signer;
        bytes32 id = bridge.checkpointId(a);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.EvidenceInvalid.selector, id, other));
        bridge.proveEquivocation(a, b, other, r, vs);
        address signer = seated.seats[3].signer;
        id = bridge.checkpointId(b);
        (r[1], vs[1]) = (bytes32(0), bytes32(0));
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.EvidenceInvalid.selector, id, signer));
        bridge.proveEquivocation(a, b, signer, r, vs);
    }

    function _evidence(Checkpoint memory a, Checkpoint memory b, uint256 seat)
        private
        view
        returns (bytes32[2] memory r, bytes32[2] memory vs)
    {
        (r[0], vs[0]) = compact(seated.keys[seat], bridge.checkpointId(a));
        (r[1], vs[1]) = compact(seated.keys[seat], bridge.checkpointId(b));
    }
}
