// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Checkpoint} from "../../src/types/Anchor.sol";
import {Dispute, Phase, Verdict} from "../../src/types/Disputes.sol";
import {Role} from "../../src/types/Staking.sol";
import {AnchorFixture} from "./AnchorFixture.sol";

/// @notice Moves of a dispute about a checkpoint.
abstract contract DisputeFixture is AnchorFixture {
    address internal constant CHALLENGER = address(0xC4A1);
    Role internal constant COORDINATOR = Role.Coordinator;

    function setUp() public virtual override {
        super.setUp();
        fund(CHALLENGER, 10_000 ether, address(disputes));
        for (uint256 i = 0; i < seated.seats.length; ++i) {
            fund(seated.seats[i].signer, 1000 ether, address(disputes));
        }
    }

    function open(bytes32 subject) internal returns (uint256) {
        vm.prank(CHALLENGER);
        return disputes.challenge(address(bridge), subject);
    }

    function defend(uint256 id, uint256 seat) internal {
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(seated.seats[seat].signer);
        disputes.defend(id, STEPS, BATCH, proof);
    }

    /// @dev Made-up states, the same for the same range.
    function midpoints(uint256 id) internal view returns (bytes32[] memory points) {
        Dispute memory d = disputes.disputeOf(id);
        points = new bytes32[](disputes.segmentsOf(d.low, d.high) - 1);
        for (uint256 i = 0; i < points.length; ++i) {
            points[i] = keccak256(abi.encode(id, d.low, d.high, i));
        }
    }

    function dissect(uint256 id, bytes32[] memory points) internal {
        address defender = disputes.disputeOf(id).defender;
        vm.prank(defender);
        disputes.dissect(id, points);
    }

    function dissectHonestly(uint256 id) internal {
        dissect(id, midpoints(id));
    }

    function choose(uint256 id, uint256 segment) internal {
        bytes32[] memory points = midpoints(id);
        vm.prank(CHALLENGER);
        disputes.select(id, segment, points);
    }

    function toOneStep(uint256 id) internal {
        while (disputes.disputeOf(id).phase != Phase.AwaitingReferees) {
            if (disputes.disputeOf(id).phase == Phase.DefenderMoves) dissectHonestly(id);
            choose(id, 0);
        }
    }

    function rule(uint256 id, Verdict verdict) internal {
        disputes.rule(id, verdict, certificate(referees, 0x0f, disputes.rulingDigest(id, verdict)));
    }

    function submitBy(uint256 signers) internal returns (bytes32) {
        Checkpoint memory next = nextCheckpoint(0);
        return bridge.submit(next, certificate(seated, signers, bridge.checkpointId(next)));
    }

    function submitWithSteps(uint64 steps) internal returns (bytes32) {
        Checkpoint memory next = nextCheckpoint(0);
        next.batchHash = disputes.extentOf(steps, BATCH);
        return submit(next);
    }

    /// @dev A checkpoint over no entries, which repeats its parent's roots or does not.
    function submitEmpty(bool same) internal returns (bytes32) {
        Checkpoint memory next = nextCheckpoint(0);
        next.batchHash = disputes.extentOf(0, BATCH);
        if (same) (next.logRoot, next.stateRoot) = (genesis.logRoot, genesis.stateRoot);
        return submit(next);
    }
}
