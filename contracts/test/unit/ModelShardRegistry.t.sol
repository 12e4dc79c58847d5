// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ModelShardRegistry} from "../../src/ModelShardRegistry.sol";
import {IModelShardRegistry} from "../../src/interfaces/IModelShardRegistry.sol";
import {Audit, Holding, Model, ShardAnswer, ShardTerms} from "../../src/types/Shards.sol";
import {HostileToken} from "../support/Hostile.sol";
import {MerkleTree} from "../support/MerkleTree.sol";
import {ShardFixture} from "../support/ShardFixture.sol";

/// @notice Models, providers and audits: only a failed audit costs stake, and what remains can always leave.
contract ModelShardRegistryTest is ShardFixture {
    // ---------------------------------------------------------------- models

    function test_aModelIsRegisteredUnderItsRegistrant() public {
        bytes32 root = keccak256("root");
        bytes32 id = registry.modelId(root, 3, 5, PROVIDER);
        vm.assertEq(
            id,
            sha256(
                abi.encodePacked(
                    sha256("autonet/shards/1"),
                    block.chainid,
                    uint256(uint160(address(registry))),
                    root,
                    uint256(3),
                    uint256(5),
                    uint256(uint160(PROVIDER))
                )
            )
        );
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.ModelRegistered(id, root, 3, 5, PROVIDER);
        vm.prank(PROVIDER);
        vm.assertEq(registry.register(root, 3, 5), id);
        Model memory m = registry.modelOf(id);
        vm.assertEq(m.root, root);
        vm.assertEq(m.k, 3);
        vm.assertEq(m.n, 5);
        vm.assertEq(m.registrant, PROVIDER);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ModelAlreadyRegistered.selector, id));
        registry.register(root, 3, 5);
        // Another registrant of the same root is not kept out.
        vm.assertNotEq(registry.register(root, 3, 5), id);
    }

    function test_modelsThatMakeNoSenseAreRefused() public {
        bytes32 root = keccak256("root");
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ModelInvalid.selector, bytes32(0), 1, 1));
        registry.register(bytes32(0), 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ModelInvalid.selector, root, 0, 1));
        registry.register(root, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ModelInvalid.selector, root, 3, 2));
        registry.register(root, 3, 2);
    }

    // ---------------------------------------------------------------- providers

    function test_aProviderStakesForEachShard() public {
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.Announced(model, 2, PROVIDER, STAKE);
        announce(PROVIDER, 2);
        vm.assertEq(registry.holdingOf(model, 2, PROVIDER).lockedWei, STAKE);
        vm.assertEq(token.balanceOf(address(registry)), STAKE);
        vm.assertEq(registry.providersOf(model, 2), 1);
        vm.assertEq(registry.modelOf(model).liveShards, 1);
        announce(AUDITOR, 2);
        vm.assertEq(registry.providersOf(model, 2), 2);
        vm.assertEq(registry.modelOf(model).liveShards, 1);
    }

    function test_aModelIsRecoverableFromKShards() public {
        for (uint16 s = 0; s < K; ++s) {
            vm.assertFalse(registry.isRecoverable(model));
            announce(PROVIDER, s);
        }
        vm.assertTrue(registry.isRecoverable(model));
        vm.prank(PROVIDER);
        registry.retire(model, 0);
        vm.assertFalse(registry.isRecoverable(model));
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ModelUnknown.selector, bytes32("x")));
        registry.isRecoverable(bytes32("x"));
    }

    function test_announcementsThatMakeNoSenseAreRefused() public {
        vm.startPrank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ModelUnknown.selector, bytes32("x")));
        registry.announce(bytes32("x"), 0);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ShardOutOfRange.selector, N, N));
        registry.announce(model, N);
        registry.announce(model, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IModelShardRegistry.AlreadyAnnounced.selector, model, 0, PROVIDER)
        );
        registry.announce(model, 0);
    }

    function test_aProviderLeavesWithItsWholeStake() public {
        announce(PROVIDER, 1);
        uint64 releaseAt = uint64(block.timestamp) + 1 days;
        vm.startPrank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.NotRetired.selector, model, 1));
        registry.release(model, 1);
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.Retired(model, 1, PROVIDER, releaseAt);
        registry.retire(model, 1);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AlreadyRetired.selector, releaseAt));
        registry.retire(model, 1);
        vm.warp(releaseAt);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.StillBound.selector, releaseAt));
        registry.release(model, 1);
        vm.warp(releaseAt + 1);
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.Released(model, 1, PROVIDER, STAKE);
        registry.release(model, 1);
        vm.assertEq(token.balanceOf(PROVIDER), 10_000 ether);
        bytes memory refused = abi.encodeWithSelector(
            IModelShardRegistry.NotAnnounced.selector, model, 1, PROVIDER
        );
        vm.expectRevert(refused);
        registry.release(model, 1);
        vm.expectRevert(refused);
        registry.retire(model, 1);
        registry.announce(model, 1); // and may come back
    }

    function test_aRetiredProviderStillAnswersUntilItsRelease() public {
        announce(PROVIDER, 1);
        vm.prank(PROVIDER);
        registry.retire(model, 1);
        vm.warp(block.timestamp + 1 days);
        uint256 audit = ask(1, PROVIDER);
        vm.warp(block.timestamp + 1);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AuditsOpen.selector, 1));
        registry.release(model, 1);
        // From its release on it cannot be asked any more, so that nobody can hold it back.
        vm.prank(AUDITOR);
        vm.expectRevert(
            abi.encodeWithSelector(IModelShardRegistry.NotAnnounced.selector, model, 1, PROVIDER)
        );
        registry.openAudit(model, 1, PROVIDER);
        ShardAnswer memory given = shown(audit);
        vm.startPrank(PROVIDER);
        registry.answer(audit, given);
        registry.release(model, 1);
    }

    // ---------------------------------------------------------------- audits

    function test_anAuditAsksForAChunkThatChancePicks() public {
        announce(PROVIDER, 3);
        vm.prevrandao(bytes32(uint256(77)));
        bytes32 seed = sha256(
            abi.encodePacked(
                sha256("autonet/audit/1"),
                block.chainid,
                uint256(uint160(address(registry))),
                uint256(0),
                uint256(77)
            )
        );
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.AuditOpened(0, PROVIDER, model, 3, seed, uint64(block.timestamp) + 1 hours);
        uint256 audit = ask(3, PROVIDER);
        Audit memory a = registry.auditOf(audit);
        vm.assertEq(a.seed, seed);
        vm.assertEq(a.auditor, AUDITOR);
        vm.assertEq(a.provider, PROVIDER);
        vm.assertTrue(a.open);
        vm.assertEq(token.balanceOf(address(registry)), STAKE + FEE);
        vm.assertEq(registry.holdingOf(model, 3, PROVIDER).openAudits, 1);
    }

    function test_whoShowsTheChunkEarnsHalfTheFee() public {
        for (uint16 s = 0; s < N; ++s) {
            announce(PROVIDER, s);
            vm.prevrandao(keccak256(abi.encode(s)));
            uint256 audit = ask(s, PROVIDER);
            ShardAnswer memory given = shown(audit);
            vm.expectEmit(address(registry));
            emit IModelShardRegistry.AuditAnswered(audit, PROVIDER);
            vm.prank(PROVIDER);
            registry.answer(audit, given);
        }
        vm.assertEq(registry.owed(PROVIDER), N * FEE / 2);
        vm.assertEq(registry.owed(TREASURY), N * FEE / 2);
        uint256 before = token.balanceOf(PROVIDER);
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.Paid(PROVIDER, N * FEE / 2);
        vm.startPrank(PROVIDER);
        vm.assertEq(registry.claim(), N * FEE / 2);
        vm.assertEq(token.balanceOf(PROVIDER), before + N * FEE / 2);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.NothingOwed.selector, PROVIDER));
        registry.claim();
    }

    function test_whoDoesNotAnswerLosesTheStakeOfThatShardOnly() public {
        announce(PROVIDER, 0);
        announce(PROVIDER, 1);
        uint256 audit = ask(0, PROVIDER);
        uint64 deadline = uint64(block.timestamp) + 1 hours;
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AnswerStillDue.selector, deadline));
        registry.fail(audit);
        vm.warp(deadline + 1);
        ShardAnswer memory given = shown(audit);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AnswerTooLate.selector, deadline));
        registry.answer(audit, given);
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.AuditFailed(audit, PROVIDER, STAKE);
        registry.fail(audit);
        vm.assertEq(registry.owed(AUDITOR), FEE + STAKE / 4);
        vm.assertEq(registry.owed(TREASURY), STAKE - STAKE / 4);
        vm.assertEq(registry.holdingOf(model, 0, PROVIDER).lockedWei, 0);
        vm.assertEq(registry.holdingOf(model, 1, PROVIDER).lockedWei, STAKE);
        vm.assertEq(registry.providersOf(model, 0), 0);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AuditClosed.selector, audit));
        registry.fail(audit);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AuditClosed.selector, audit));
        registry.answer(audit, given);
    }

    function test_aRetiredProviderThatFailsIsNotCountedTwice() public {
        announce(PROVIDER, 0);
        announce(AUDITOR, 0);
        vm.prank(PROVIDER);
        registry.retire(model, 0);
        uint256 audit = ask(0, PROVIDER);
        vm.warp(block.timestamp + 1 hours + 1);
        registry.fail(audit);
        vm.assertEq(registry.providersOf(model, 0), 1);
        vm.assertEq(registry.modelOf(model).liveShards, 1);
    }

    function test_nobodyGainsByFailingItsOwnAudit() public {
        announce(PROVIDER, 0);
        vm.prank(PROVIDER);
        uint256 audit = registry.openAudit(model, 0, PROVIDER);
        vm.warp(block.timestamp + 1 hours + 1);
        registry.fail(audit);
        vm.assertEq(registry.owed(PROVIDER), FEE);
        vm.assertEq(registry.owed(TREASURY), STAKE);
    }

    function test_auditsOfALostHoldingAreVoidAndDoNotTouchTheNextOne() public {
        announce(PROVIDER, 0);
        uint256 first = ask(0, PROVIDER);
        uint256 second = ask(0, PROVIDER);
        vm.warp(block.timestamp + 1 hours + 1);
        registry.fail(first);
        announce(PROVIDER, 0);
        ShardAnswer memory given = shown(second);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.AuditVoid.selector, second));
        registry.answer(second, given);
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.AuditVoided(second);
        registry.fail(second);
        vm.assertEq(registry.owed(AUDITOR), 2 * FEE + STAKE / 4);
        Holding memory h = registry.holdingOf(model, 0, PROVIDER);
        vm.assertEq(h.lockedWei, STAKE);
        vm.assertEq(h.openAudits, 0);
        vm.assertEq(h.generation, 1);
    }

    function test_onlyTheAuditedAnswers() public {
        announce(PROVIDER, 0);
        uint256 audit = ask(0, PROVIDER);
        ShardAnswer memory given = shown(audit);
        vm.prank(AUDITOR);
        vm.expectRevert(
            abi.encodeWithSelector(IModelShardRegistry.NotAudited.selector, AUDITOR, PROVIDER)
        );
        registry.answer(audit, given);
    }

    function test_auditsThatCannotBeAreRefused() public {
        bytes memory refused = abi.encodeWithSelector(
            IModelShardRegistry.NotAnnounced.selector, model, 0, PROVIDER
        );
        vm.expectRevert(refused);
        registry.openAudit(model, 0, PROVIDER);
        refused = abi.encodeWithSelector(IModelShardRegistry.AuditUnknown.selector, 0);
        vm.expectRevert(refused);
        registry.auditOf(0);
        vm.expectRevert(refused);
        registry.fail(0);
        announce(PROVIDER, 0);
        for (uint256 i = 0; i < 32; ++i) {
            ask(0, PROVIDER);
        }
        vm.prank(AUDITOR);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.TooManyAudits.selector, 32));
        registry.openAudit(model, 0, PROVIDER);
    }

    function test_anotherShardDoesNotAnswer() public {
        announce(PROVIDER, 0);
        uint256 audit = ask(0, PROVIDER);
        ShardAnswer memory given = shown(audit);
        bytes32 root = registry.modelOf(model).root;
        bytes memory refused = abi.encodeWithSelector(IModelShardRegistry.ShardProofInvalid.selector, root);
        vm.startPrank(PROVIDER);
        given.shardPath = MerkleTree.path(shardLeaves, 1);
        vm.expectRevert(refused);
        registry.answer(audit, given);
        given = shown(audit);
        given.chunks += 1;
        vm.expectRevert(refused);
        registry.answer(audit, given);
        given = shown(audit);
        given.shardRoot = keccak256("other");
        vm.expectRevert(refused);
        registry.answer(audit, given);
    }

    function test_anotherChunkDoesNotAnswer() public {
        announce(PROVIDER, 0);
        uint256 audit = ask(0, PROVIDER);
        ShardAnswer memory given = shown(audit);
        uint256 index = uint256(registry.auditOf(audit).seed) % 3;
        uint256 other = (index + 1) % 3;
        bytes memory refused = abi.encodeWithSelector(
            IModelShardRegistry.ChunkProofInvalid.selector, index, given.shardRoot
        );
        vm.startPrank(PROVIDER);
        given.chunk = chunk(0, other);
        vm.expectRevert(refused);
        registry.answer(audit, given);
        given.chunkPath = MerkleTree.path(chunkLeaves(0), other);
        vm.expectRevert(refused);
        registry.answer(audit, given);
        given = shown(audit);
        given.chunk = new bytes(4097);
        vm.expectRevert(abi.encodeWithSelector(IModelShardRegistry.ChunkTooLong.selector, 4097, 4096));
        registry.answer(audit, given);
    }

    function test_aShardWithoutChunksCannotAnswer() public {
        bytes32 empty = registry.shardLeaf(keccak256("root"), 0);
        bytes32 id = registry.register(empty, 1, 1);
        vm.prank(PROVIDER);
        registry.announce(id, 0);
        vm.prank(AUDITOR);
        uint256 audit = registry.openAudit(id, 0, PROVIDER);
        ShardAnswer memory given =
            ShardAnswer(keccak256("root"), 0, new bytes32[](0), "", new bytes32[](0));
        vm.prank(PROVIDER);
        vm.expectRevert(
            abi.encodeWithSelector(IModelShardRegistry.ChunkProofInvalid.selector, 0, keccak256("root"))
        );
        registry.answer(audit, given);
    }

    function test_aChunkOfFullLengthIsAnswered() public {
        bytes memory full = new bytes(4096);
        bytes32 root = MerkleTree.leaf(full);
        bytes32 id = registry.register(registry.shardLeaf(root, 1), 1, 1);
        vm.prank(PROVIDER);
        registry.announce(id, 0);
        vm.prank(AUDITOR);
        uint256 audit = registry.openAudit(id, 0, PROVIDER);
        vm.prank(PROVIDER);
        registry.answer(audit, ShardAnswer(root, 1, new bytes32[](0), full, new bytes32[](0)));
        vm.assertFalse(registry.auditOf(audit).open);
    }

    // ---------------------------------------------------------------- parameters

    function test_theConstructorNeedsTokenAndTreasury() public {
        ShardTerms memory terms = shardTerms();
        vm.expectRevert(IModelShardRegistry.AddressZero.selector);
        new ModelShardRegistry(address(this), IERC20(address(0)), TREASURY, terms);
        vm.expectRevert(IModelShardRegistry.AddressZero.selector);
        new ModelShardRegistry(address(this), token, address(0), terms);
    }

    function test_termsThatMakeNoSenseAreRefused() public {
        for (uint256 i = 0; i < 4; ++i) {
            ShardTerms memory terms = shardTerms();
            if (i == 0) terms.stakeWei = 0;
            if (i == 1) terms.feeWei = 0;
            if (i == 2) terms.answerSeconds = 0;
            if (i == 3) terms.exitSeconds = terms.answerSeconds;
            vm.expectRevert(IModelShardRegistry.TermsInvalid.selector);
            registry.setTerms(terms);
        }
    }

    function test_newTermsHoldForWhatBeginsThen() public {
        announce(PROVIDER, 0);
        ShardTerms memory terms = shardTerms();
        terms.stakeWei = 1 ether;
        vm.expectEmit(address(registry));
        emit IModelShardRegistry.TermsSet(terms);
        registry.setTerms(terms);
        (uint128 stakeWei,,,) = registry.terms();
        vm.assertEq(stakeWei, 1 ether);
        announce(PROVIDER, 1);
        vm.assertEq(registry.holdingOf(model, 0, PROVIDER).lockedWei, STAKE);
        vm.assertEq(registry.holdingOf(model, 1, PROVIDER).lockedWei, 1 ether);
    }

    function test_onlyTheTimelockSetsTerms() public {
        ShardTerms memory terms = shardTerms();
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, PROVIDER));
        registry.setTerms(terms);
    }

    function test_theSettingsCanBeRead() public view {
        vm.assertEq(address(registry.token()), address(token));
        vm.assertEq(registry.treasury(), TREASURY);
    }

    // ---------------------------------------------------------------- re-entrancy

    function test_aHostileTokenCannotReenter() public {
        HostileToken bad = new HostileToken();
        ModelShardRegistry other = new ModelShardRegistry(address(this), bad, TREASURY, shardTerms());
        bytes32 id = other.register(keccak256("root"), 1, 2);
        bad.mint(address(this), 1000 ether);
        bad.approve(address(other), type(uint256).max);
        bytes4 refused = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;

        other.announce(id, 1);
        bad.attack(address(other), abi.encodeCall(other.announce, (id, 0)));
        vm.expectRevert(refused);
        other.announce(id, 0);
        vm.expectRevert(refused);
        other.openAudit(id, 1, address(this));
        bad.attack(address(0), "");
        other.openAudit(id, 1, address(this));
        vm.warp(block.timestamp + 1 hours + 1);
        other.fail(0);
        bad.attack(address(other), abi.encodeCall(other.claim, ()));
        vm.expectRevert(refused);
        other.claim();
        bad.attack(address(0), "");
        other.announce(id, 0);
        other.retire(id, 0);
        vm.warp(block.timestamp + 1 days + 1);
        bad.attack(address(other), abi.encodeCall(other.release, (id, 0)));
        vm.expectRevert(refused);
        other.release(id, 0);
    }
}
