// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Holding, ShardAnswer} from "../../src/types/Shards.sol";
import {within} from "../support/Ranges.sol";
import {ShardFixture} from "../support/ShardFixture.sol";

/// @notice Providers and auditors who do what they like, when they like.
contract ShardActors is ShardFixture {
    uint256 public audits;
    uint256 public lostWei;
    address[3] public providers = [address(0x601), address(0x602), address(0x603)];

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < 3; ++i) {
            fund(providers[i]);
            token.transfer(providers[i], 1_000_000 ether);
        }
        token.transfer(AUDITOR, 1_000_000 ether);
    }

    function wait(uint256 time) external {
        uint256 longest = time % 3 == 0 ? 2 days : 30 minutes;
        vm.warp(block.timestamp + within(time, 1, longest));
        vm.prevrandao(keccak256(abi.encode(time)));
    }

    function keep(uint256 who, uint16 shard) external {
        announce(providers[who % 3], shard % N);
    }

    function stop(uint256 who, uint16 shard) external {
        vm.prank(providers[who % 3]);
        registry.retire(model, shard % N);
    }

    function exit(uint256 who, uint16 shard) external {
        for (uint16 i = 0; i < N && registry.holdingOf(model, shard % N, providers[who % 3]).releaseAt == 0; ++i) {
            shard = (shard % N) + 1;
        }
        vm.prank(providers[who % 3]);
        registry.release(model, shard % N);
    }

    function audit(uint256 who, uint16 shard) external {
        for (uint256 i = 0; i < 18; ++i) {
            uint16 s = uint16((uint256(shard) + i) % N);
            address provider = providers[(who % 3 + i) % 3];
            if (registry.holdingOf(model, s, provider).lockedWei == 0) continue;
            ask(s, provider);
            ++audits;
            return;
        }
    }

    function auditAny(uint256 who, uint16 shard) external {
        ask(shard % N, providers[who % 3]);
        ++audits;
    }

    function answer(uint256 which) external {
        which = within(which, 0, audits - 1);
        ShardAnswer memory given = shown(which);
        vm.prank(registry.auditOf(which).provider);
        registry.answer(which, given);
    }

    function fail(uint256 which) external {
        which = within(which, 0, audits - 1);
        address provider = registry.auditOf(which).provider;
        uint16 shard = registry.auditOf(which).shard;
        uint256 before = registry.holdingOf(model, shard, provider).lockedWei;
        bool void_ = registry.auditOf(which).generation != registry.holdingOf(model, shard, provider).generation;
        registry.fail(which);
        if (!void_) lostWei += before;
    }

    function claim(uint256 who) external {
        who = who % 5;
        vm.prank(who < 3 ? providers[who] : who == 3 ? AUDITOR : TREASURY);
        registry.claim();
    }

    function assertSolvent() external view {
        uint256 due = registry.owed(AUDITOR) + registry.owed(TREASURY);
        uint16 live = 0;
        for (uint16 s = 0; s < N; ++s) {
            uint256 keeping = 0;
            for (uint256 i = 0; i < 3; ++i) {
                Holding memory h = registry.holdingOf(model, s, providers[i]);
                due += h.lockedWei;
                if (h.lockedWei != 0 && h.releaseAt == 0) ++keeping;
                vm.assertEq(h.openAudits, _open(s, providers[i], h.generation), "open audits are counted");
            }
            vm.assertEq(registry.providersOf(model, s), keeping, "providers are counted");
            if (keeping != 0) ++live;
        }
        for (uint256 i = 0; i < 3; ++i) {
            due += registry.owed(providers[i]);
        }
        for (uint256 a = 0; a < audits; ++a) {
            if (registry.auditOf(a).open) due += FEE;
        }
        vm.assertEq(registry.modelOf(model).liveShards, live, "live shards are counted");
        vm.assertEq(token.balanceOf(address(registry)), due, "the registry has what it owes");
    }

    /// @dev What providers have, stake and claims included, falls short of what they began with by at most what failed
    /// audits took, and grows by at most half of all fees.
    function assertOnlyFailuresCost() external view {
        uint256 have = 0;
        for (uint256 i = 0; i < 3; ++i) {
            have += token.balanceOf(providers[i]) + registry.owed(providers[i]);
            for (uint16 s = 0; s < N; ++s) {
                have += registry.holdingOf(model, s, providers[i]).lockedWei;
            }
        }
        vm.assertGe(have + lostWei, 3 * 1_010_000 ether);
        vm.assertLe(have + lostWei, 3 * 1_010_000 ether + audits * FEE / 2);
    }

    function _open(uint16 shard, address provider, uint32 generation) private view returns (uint256 count) {
        for (uint256 a = 0; a < audits; ++a) {
            if (
                registry.auditOf(a).open && registry.auditOf(a).shard == shard
                    && registry.auditOf(a).provider == provider && registry.auditOf(a).generation == generation
            ) ++count;
        }
    }
}

/// @notice What holds for the registry whatever anyone does.
contract ShardInvariantsTest is ShardFixture {
    ShardActors private _actors;

    function setUp() public override {
        _actors = new ShardActors();
        _actors.setUp();
        bytes4[] memory acts = new bytes4[](9);
        acts[0] = ShardActors.wait.selector;
        acts[1] = ShardActors.keep.selector;
        acts[2] = ShardActors.stop.selector;
        acts[3] = ShardActors.exit.selector;
        acts[4] = ShardActors.audit.selector;
        acts[5] = ShardActors.answer.selector;
        acts[6] = ShardActors.fail.selector;
        acts[7] = ShardActors.claim.selector;
        acts[8] = ShardActors.auditAny.selector;
        targetContract(address(_actors));
        targetSelector(address(_actors), acts);
    }

    function invariant_theRegistryIsSolvent() public view {
        _actors.assertSolvent();
    }

    function invariant_onlyFailedAuditsCostStake() public view {
        _actors.assertOnlyFailuresCost();
    }

    /// @dev That the actors get somewhere: one course through everything, by the same functions.
    function test_theActorsReachEveryEnd() public {
        _actors.keep(0, 0);
        _actors.keep(1, 1);
        _actors.audit(0, 0);
        _actors.audit(1, 1);
        _actors.answer(0);
        _actors.wait(3 hours);
        _actors.fail(1);
        _actors.stop(0, 0);
        _actors.wait(2 days);
        _actors.exit(0, 3);
        _actors.claim(3);
        _actors.assertSolvent();
        _actors.assertOnlyFailuresCost();
        vm.assertEq(_actors.lostWei(), STAKE);
    }
}
