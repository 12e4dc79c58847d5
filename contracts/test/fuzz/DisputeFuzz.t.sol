// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointStatus} from "../../src/types/Anchor.sol";
import {Dispute, DisputeTerms, Phase, Verdict} from "../../src/types/Disputes.sol";
import {DisputeFixture} from "../support/DisputeFixture.sol";
import {within} from "../support/Ranges.sol";

/// @notice Ranges, courses of the game and outcomes at random: no step is lost, and no wei.
contract DisputeFuzzTest is DisputeFixture {
    function testFuzz_partsCoverTheRangeWithoutGapOrOverlap(uint64 low, uint64 high) public view {
        high = uint64(within(high, 1, type(uint64).max));
        low = uint64(within(low, 0, high - 1));
        uint256 segments = disputes.segmentsOf(low, high);
        vm.assertEq(segments, high - low < 32 ? high - low : 32);
        uint64 last = disputes.boundary(low, high, 0);
        vm.assertEq(last, low);
        for (uint256 i = 1; i <= segments; ++i) {
            uint64 next = disputes.boundary(low, high, i);
            vm.assertGt(next, last);
            last = next;
        }
        vm.assertEq(last, high);
    }

    function testFuzz_everyCourseEndsAtOneStepOfTheClaim(uint64 steps, uint256 choices) public {
        steps = uint64(within(steps, 1, type(uint64).max));
        uint256 id = open(submitWithSteps(steps));
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[0].signer);
        disputes.defend(id, steps, BATCH, proof);
        uint256 rounds = 0;
        while (disputes.disputeOf(id).phase != Phase.AwaitingReferees) {
            Dispute memory d = disputes.disputeOf(id);
            dissectHonestly(id);
            uint256 segment = uint256(keccak256(abi.encode(choices, rounds))) % disputes.segmentsOf(d.low, d.high);
            choose(id, segment);
            Dispute memory after_ = disputes.disputeOf(id);
            vm.assertGe(after_.low, d.low);
            vm.assertLe(after_.high, d.high);
            ++rounds;
        }
        Dispute memory end = disputes.disputeOf(id);
        vm.assertEq(end.high, end.low + 1);
        vm.assertLt(end.low, steps);
        vm.assertLe(rounds, 13);
    }

    function testFuzz_noOutcomeMakesOrLosesMoney(uint8 verdict, uint128 bond, uint8 misplays) public {
        bond = uint128(within(bond, 1, 1000 ether));
        misplays = uint8(within(misplays, 0, 5));
        _setBond(bond);
        bytes32 subject = submitNext(0);
        uint256 id = open(subject);
        for (uint256 i = 0; i < misplays; ++i) {
            defend(id, i);
            toOneStep(id);
            rule(id, Verdict.Misplayed);
        }
        defend(id, 6);
        toOneStep(id);
        Verdict last = verdict % 2 == 0 ? Verdict.Upheld : Verdict.Dismissed;
        rule(id, last);
        uint256 owed = disputes.owed(CHALLENGER) + disputes.owed(TREASURY);
        for (uint256 i = 0; i < 7; ++i) {
            owed += disputes.owed(seated.seats[i].signer);
        }
        vm.assertEq(owed, uint256(bond) * (2 + misplays));
        vm.assertEq(atn.balanceOf(address(disputes)), owed);
        vm.assertTrue(
            bridge.statusOf(subject)
                == (last == Verdict.Upheld ? CheckpointStatus.Rejected : CheckpointStatus.Pending)
        );
    }

    function testFuzz_aMoveInTimeCostsItsTimeAndALateOneIsRefused(uint32 wait) public {
        uint256 id = open(submitNext(0));
        defend(id, 0);
        wait = uint32(within(wait, 0, 4 days));
        vm.warp(block.timestamp + wait);
        bytes32[] memory points = midpoints(id);
        vm.prank(seated.seats[0].signer);
        if (wait > 2 days) {
            vm.expectPartialRevert(bytes4(keccak256("ClockExpired(uint64)")));
            disputes.dissect(id, points);
            disputes.claimTimeout(id);
            vm.assertEq(uint256(disputes.disputeOf(id).phase), uint256(Phase.AwaitingDefender));
        } else {
            disputes.dissect(id, points);
            vm.assertEq(disputes.disputeOf(id).defenderClock, 2 days - wait);
        }
    }

    function _setBond(uint128 bond) private {
        DisputeTerms memory terms = disputeTerms();
        terms.bondWei = bond;
        disputes.setTerms(address(bridge), terms);
    }
}
