// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AnchorBridge} from "../../src/AnchorBridge.sol";
import {Checkpoint, Withdrawal} from "../../src/types/Anchor.sol";
import {Certificate, Seat} from "../../src/types/Committee.sol";
import {Phase, Verdict} from "../../src/types/Disputes.sol";
import {Role} from "../../src/types/Staking.sol";
import {DisputeFixture} from "../support/DisputeFixture.sol";
import {MerkleTree} from "../support/MerkleTree.sol";

/// @notice What each call to bridge and disputes costs, written to the committed snapshot.
contract AnchorGasTest is DisputeFixture {
    string private constant BRIDGE = "AnchorBridge";
    string private constant DISPUTES = "DisputeManager";

    function test_bridgeCalls() public {
        atn.approve(address(bridge), type(uint256).max);
        bridge.deposit(address(atn), 1 ether, bytes32(uint256(1)));
        bridge.deposit(address(atn), 100 ether, bytes32(uint256(1)));
        vm.snapshotGasLastCall(BRIDGE, "deposit");
        Withdrawal memory w = withdrawalOf(0, address(0xA11CE), address(atn), 1 ether);
        (bytes32 root, bytes32[] memory path) = _deepTree(bridge.withdrawalLeaf(w), 20);
        Checkpoint memory next = checkpointOn(bridge.checkpointAt(0), 1, root, 0);
        Certificate memory given = certificate(seated, 0x1f, bridge.checkpointId(next));
        bridge.submit(next, given);
        vm.snapshotGasLastCall(BRIDGE, "submit: 5 of 7 seats sign");
        vm.warp(block.timestamp + WINDOW + 1);
        bridge.finalize(1);
        vm.snapshotGasLastCall(BRIDGE, "finalize");
        bridge.withdraw(1, w, 1 << 20, path);
        vm.snapshotGasLastCall(BRIDGE, "withdraw: path of 20");
        Seat[] memory seats = committee("next", 7, 9).seats;
        given = certificate(seated, 0x1f, bridge.rotationDigest(hashOf(seats)));
        bridge.rotate(seats, given);
        vm.snapshotGasLastCall(BRIDGE, "rotate: 5 of 7 seats sign");
    }

    function test_aHundredSeats() public {
        Committee memory hundred = committee("hundred", 100, 9);
        AnchorBridge big = new AnchorBridge(address(this), staking, WINDOW, SILENCE, genesis, hundred.seats);
        Checkpoint memory next = checkpointOn(big.checkpointAt(0), 1, genesis.withdrawalRoot, 0);
        Certificate memory given = certificate(hundred, (1 << 67) - 1, big.checkpointId(next));
        big.submit(next, given);
        vm.snapshotGasLastCall(BRIDGE, "submit: 67 of 100 seats sign");
    }

    function test_equivocation() public {
        Checkpoint memory a = nextCheckpoint(1);
        Checkpoint memory b = nextCheckpoint(2);
        bytes32[2] memory r;
        bytes32[2] memory vs;
        (r[0], vs[0]) = compact(seated.keys[0], bridge.checkpointId(a));
        (r[1], vs[1]) = compact(seated.keys[0], bridge.checkpointId(b));
        bridge.proveEquivocation(a, b, seated.seats[0].signer, r, vs);
        vm.snapshotGasLastCall(BRIDGE, "proveEquivocation");
    }

    function test_disputeCalls() public {
        stakeAs(address(0x701), Role.Aggregator, 9000 ether);
        vm.warp(block.timestamp + 1);
        bytes32 subject = submitNext(0);
        bytes memory proof = abi.encode(seated.seats);
        vm.prank(CHALLENGER);
        uint256 id = disputes.challenge(address(bridge), subject);
        vm.snapshotGasLastCall(DISPUTES, "challenge");
        vm.prank(seated.seats[0].signer);
        disputes.defend(id, STEPS, BATCH, proof);
        vm.snapshotGasLastCall(DISPUTES, "defend");
        bytes32[] memory points = midpoints(id);
        vm.prank(seated.seats[0].signer);
        disputes.dissect(id, points);
        vm.snapshotGasLastCall(DISPUTES, "dissect: 31 midpoints");
        vm.prank(CHALLENGER);
        disputes.select(id, 3, points);
        vm.snapshotGasLastCall(DISPUTES, "select");
        disputes.freeze(id, proof, 1, 7);
        vm.snapshotGasLastCall(DISPUTES, "freeze: 6 signers");
        toOneStep(id);
        Certificate memory given = certificate(referees, 0x0f, disputes.rulingDigest(id, Verdict.Misplayed));
        disputes.rule(id, Verdict.Misplayed, given);
        vm.snapshotGasLastCall(DISPUTES, "rule: misplayed");
        defend(id, 1);
        toOneStep(id);
        vm.warp(disputes.disputeOf(id).deadline + 1);
        disputes.openVote(id);
        vm.snapshotGasLastCall(DISPUTES, "openVote");
        vm.prank(address(0x701));
        disputes.vote(id, Verdict.Upheld);
        vm.snapshotGasLastCall(DISPUTES, "vote");
        vm.warp(disputes.disputeOf(id).deadline + 1);
        disputes.tally(id);
        vm.snapshotGasLastCall(DISPUTES, "tally: upheld");
        disputes.punish(id, proof, 1, 4);
        vm.snapshotGasLastCall(DISPUTES, "punish: 3 signers");
        address[] memory one = new address[](1);
        one[0] = seated.seats[5].signer;
        disputes.release(id, one);
        vm.snapshotGasLastCall(DISPUTES, "release: 1 signer");
        vm.prank(CHALLENGER);
        disputes.claim();
        vm.snapshotGasLastCall(DISPUTES, "claim");
    }

    function test_rulingsAndTimeouts() public {
        bytes32 subject = submitNext(0);
        uint256 id = open(subject);
        uint256 moot = open(subject);
        uint256 late = open(subject);
        defend(id, 0);
        defend(late, 1);
        vm.warp(block.timestamp + 2 days + 1);
        disputes.claimTimeout(late);
        vm.snapshotGasLastCall(DISPUTES, "claimTimeout: of the defender");
        disputes.claimTimeout(id);
        defend(id, 2);
        toOneStep(id);
        Certificate memory given = certificate(referees, 0x0f, disputes.rulingDigest(id, Verdict.Upheld));
        disputes.rule(id, Verdict.Upheld, given);
        vm.snapshotGasLastCall(DISPUTES, "rule: upheld");
        disputes.settleMoot(moot);
        vm.snapshotGasLastCall(DISPUTES, "settleMoot");
    }

    /// @dev The leaf at the left end of a tree of 2^depth leaves; the rest of the tree is made up.
    function _deepTree(bytes32 leaf, uint256 depth) private pure returns (bytes32 root, bytes32[] memory path) {
        root = leaf;
        path = new bytes32[](depth);
        for (uint256 i = 0; i < depth; ++i) {
            path[i] = keccak256(abi.encode(i));
            root = sha256(bytes.concat(hex"01", root, path[i]));
        }
    }
}
