// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IModelShardRegistry} from "../../src/interfaces/IModelShardRegistry.sol";
import {ShardAnswer} from "../../src/types/Shards.sol";
import {DaoFixture} from "../support/DaoFixture.sol";
import {ShardFixture} from "../support/ShardFixture.sol";
import {within} from "../support/Ranges.sol";

/// @notice Audits with random shards and chance.
contract ShardFuzzTest is ShardFixture {
    function testFuzz_whoHoldsEveryChunkAlwaysAnswers(uint16 shard, bytes32 chance, uint32 wait) public {
        shard = uint16(within(shard, 0, N - 1));
        wait = uint32(within(wait, 0, 1 hours));
        announce(PROVIDER, shard);
        vm.prevrandao(chance);
        uint256 audit = ask(shard, PROVIDER);
        vm.warp(block.timestamp + wait);
        ShardAnswer memory given = shown(audit);
        vm.prank(PROVIDER);
        registry.answer(audit, given);
        vm.assertEq(registry.owed(PROVIDER) + registry.owed(TREASURY), FEE);
    }

    function testFuzz_noOtherBytesAnswer(bytes calldata bytes_, bytes32 chance) public {
        vm.assume(bytes_.length <= 4096);
        announce(PROVIDER, 5);
        vm.prevrandao(chance);
        uint256 audit = ask(5, PROVIDER);
        ShardAnswer memory given = shown(audit);
        vm.assume(keccak256(bytes_) != keccak256(given.chunk));
        given.chunk = bytes_;
        vm.prank(PROVIDER);
        vm.expectPartialRevert(IModelShardRegistry.ChunkProofInvalid.selector);
        registry.answer(audit, given);
    }
}

/// @notice Votes at random against the rules as they are stated.
contract DaoFuzzTest is DaoFixture {
    function testFuzz_ordinaryProposalsNeedQuorumAndMajority(uint8[3] calldata votes) public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate");
        uint256[3] memory cast = _run(p, votes);
        bool passes = cast[1] + cast[2] >= 100_000 ether && cast[1] > cast[0];
        _assertState(p, passes);
    }

    function testFuzz_amendmentsNeedNinetyFivePercentInFavour(uint8[3] calldata votes, uint256 shift) public {
        shift = within(shift, 0, 40_000 ether);
        vm.prank(CID);
        atn.transfer(BOB, shift);
        vm.warp(block.timestamp + 1);
        Proposal memory p = proposal(address(dao), abi.encodeCall(dao.amendConstitution, (keccak256("x"))), "amend");
        uint256[3] memory cast = _run(p, votes);
        _assertState(p, cast[1] >= 950_000 ether);
    }

    function _run(Proposal memory p, uint8[3] calldata votes) private returns (uint256[3] memory cast) {
        uint256 id = propose(p);
        toVote(id);
        for (uint160 i = 0; i < 3; ++i) {
            uint8 choice = votes[i] % 4; // the fourth stays at home
            if (choice == 3) continue;
            vote(id, address(0xA + i), choice);
            cast[choice] += atn.getVotes(address(0xA + i));
        }
        close(id);
    }

    function _assertState(Proposal memory p, bool passes) private view {
        uint256 id = dao.getProposalId(p.targets, p.values, p.calldatas, hashOf(p));
        vm.assertTrue(
            dao.state(id) == (passes ? IGovernor.ProposalState.Succeeded : IGovernor.ProposalState.Defeated)
        );
    }
}
