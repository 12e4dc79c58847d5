// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ShardAnswer} from "../../src/types/Shards.sol";
import {DaoFixture} from "../support/DaoFixture.sol";
import {ShardFixture} from "../support/ShardFixture.sol";

/// @notice What each call to the shard registry costs.
contract ShardGasTest is ShardFixture {
    string private constant GROUP = "ModelShardRegistry";

    function test_calls() public {
        registry.register(keccak256("root"), 3, 5);
        vm.snapshotGasLastCall(GROUP, "register");
        vm.prank(PROVIDER);
        registry.announce(model, 2);
        vm.snapshotGasLastCall(GROUP, "announce");
        vm.prank(AUDITOR);
        uint256 audit = registry.openAudit(model, 2, PROVIDER);
        vm.snapshotGasLastCall(GROUP, "openAudit");
        ShardAnswer memory given = shown(audit);
        vm.prank(PROVIDER);
        registry.answer(audit, given);
        vm.snapshotGasLastCall(GROUP, "answer: paths of 3, short chunk");
        vm.prank(PROVIDER);
        registry.claim();
        vm.snapshotGasLastCall(GROUP, "claim");
        audit = ask(2, PROVIDER);
        vm.warp(block.timestamp + 1 hours + 1);
        registry.fail(audit);
        vm.snapshotGasLastCall(GROUP, "fail");
        announce(PROVIDER, 2);
        vm.prank(PROVIDER);
        registry.retire(model, 2);
        vm.snapshotGasLastCall(GROUP, "retire");
        vm.warp(block.timestamp + 1 days + 1);
        vm.prank(PROVIDER);
        registry.release(model, 2);
        vm.snapshotGasLastCall(GROUP, "release");
    }
}

/// @notice What a proposal costs from its making to its execution.
contract DaoGasTest is DaoFixture {
    string private constant GROUP = "AutonetDAO";

    function test_calls() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        vm.prank(ANN);
        uint256 id = dao.proposeWithVerdict(p.targets, p.values, p.calldatas, p.description, VERDICT);
        vm.snapshotGasLastCall(GROUP, "proposeWithVerdict");
        toVote(id);
        vm.prank(BOB);
        dao.castVote(id, 1);
        vm.snapshotGasLastCall(GROUP, "castVote: reaches the quorum");
        vm.prank(ANN);
        dao.castVote(id, 1);
        vm.snapshotGasLastCall(GROUP, "castVote");
        close(id);
        bytes32 hash = hashOf(p);
        dao.queue(p.targets, p.values, p.calldatas, hash);
        vm.snapshotGasLastCall(GROUP, "queue");
        vm.warp(block.timestamp + 3 days);
        dao.execute(p.targets, p.values, p.calldatas, hash);
        vm.snapshotGasLastCall(GROUP, "execute: one parameter");
    }
}
