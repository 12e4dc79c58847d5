// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {AutonetDAO} from "../../src/AutonetDAO.sol";
import {AutonetTimelock} from "../../src/AutonetTimelock.sol";
import {IAutonetDAO} from "../../src/interfaces/IAutonetDAO.sol";
import {DaoFixture} from "../support/DaoFixture.sol";

/// @notice A contract behind a proxy, whose owner decides on upgrades.
contract Upgradable is UUPSUpgradeable {
    address public owner;
    uint256 public immutable version;

    error NotOwner();

    constructor(uint256 version_) {
        version = version_;
    }

    function begin(address owner_) external {
        owner = owner_;
    }

    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != owner) revert NotOwner();
    }
}

/// @notice Proposals, votes, the timelock, and the constitution that only 95 % can change.
contract AutonetDAOTest is DaoFixture {
    // ---------------------------------------------------------------- proposals

    function test_aProposalCarriesTheVerdict() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        bytes32 hash = hashOf(p);
        uint256 id = dao.getProposalId(p.targets, p.values, p.calldatas, hash);
        vm.expectEmit(address(dao));
        emit IAutonetDAO.VerdictAttached(id, VERDICT, false);
        vm.assertEq(propose(p), id);
        vm.assertEq(dao.verdictOf(id), VERDICT);
        vm.assertFalse(dao.isAmendment(id));
    }

    function test_aProposalWithoutVerdictIsRefused() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        vm.startPrank(ANN);
        vm.expectRevert(IAutonetDAO.VerdictRequired.selector);
        dao.propose(p.targets, p.values, p.calldatas, p.description);
        vm.expectRevert(IAutonetDAO.VerdictRequired.selector);
        dao.proposeWithVerdict(p.targets, p.values, p.calldatas, p.description, bytes32(0));
    }

    function test_theVerdictIsPartOfTheProposal() public view {
        vm.assertEq(
            dao.describe("why", bytes32(uint256(0xab))),
            "verdict 0x00000000000000000000000000000000000000000000000000000000000000ab\nwhy"
        );
    }

    function test_whoHasTooFewVotesCannotPropose() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorInsufficientProposerVotes.selector, address(this), 0, 1000 ether
            )
        );
        dao.proposeWithVerdict(p.targets, p.values, p.calldatas, p.description, VERDICT);
    }

    function test_aProposalNamedForOneProposerCannotBeTakenByAnother() public {
        Proposal memory p = proposal(
            address(emission),
            abi.encodeCall(emission.setRate, (5)),
            "rate 5#proposer=0x000000000000000000000000000000000000000b"
        );
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorRestrictedProposer.selector, ANN));
        dao.proposeWithVerdict(p.targets, p.values, p.calldatas, p.description, VERDICT);
        vm.prank(BOB);
        dao.proposeWithVerdict(p.targets, p.values, p.calldatas, p.description, VERDICT);
    }

    // ---------------------------------------------------------------- the way of a proposal

    function test_aParameterChangesAfterVoteAndTimelock() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        uint256 id = propose(p);
        vm.assertEq(dao.proposalSnapshot(id), block.timestamp + 1 days);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Pending));
        toVote(id);
        vote(id, ANN, 1);
        vote(id, BOB, 0);
        close(id);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Succeeded));
        vm.assertTrue(dao.proposalNeedsQueuing(id));
        queue(p);
        bytes32 hash = hashOf(p);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        dao.execute(p.targets, p.values, p.calldatas, hash);
        vm.warp(block.timestamp + 3 days);
        execute(p);
        vm.assertEq(emission.ratePerSecondWei(), 5);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        dao.execute(p.targets, p.values, p.calldatas, hash);
    }

    function test_theTreasuryPaysOnlyByProposal() public {
        vm.prank(BOB);
        atn.transfer(address(timelock), 100 ether);
        pass(proposal(address(atn), abi.encodeCall(atn.transfer, (CID, 60 ether)), "pay Cid"));
        vm.assertEq(atn.balanceOf(CID), 40_060 ether);
        vm.assertEq(atn.balanceOf(address(timelock)), 40 ether);
    }

    function test_etherOfTheTreasuryIsPaidByValue() public {
        vm.deal(address(timelock), 3 ether);
        Proposal memory p = proposal(address(0xE7), "", "pay ether");
        p.values[0] = 2 ether;
        pass(p);
        vm.assertEq(address(0xE7).balance, 2 ether);
    }

    function test_upgradesAreDecidedByTheDao() public {
        Upgradable one = new Upgradable(1);
        Upgradable two = new Upgradable(2);
        Upgradable proxy = Upgradable(
            address(new ERC1967Proxy(address(one), abi.encodeCall(one.begin, (address(timelock)))))
        );
        vm.expectRevert(Upgradable.NotOwner.selector);
        proxy.upgradeToAndCall(address(two), "");
        pass(
            proposal(
                address(proxy), abi.encodeCall(proxy.upgradeToAndCall, (address(two), "")), "upgrade to version 2"
            )
        );
        vm.assertEq(proxy.version(), 2);
    }

    function test_executionIsBoundToTargetValueAndData() public {
        // A regression of an earlier public attempt, where execution was bound to the call but not to its target.
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        uint256 id = propose(p);
        toVote(id);
        vote(id, ANN, 1);
        close(id);
        queue(p);
        vm.warp(block.timestamp + 3 days);
        bytes32 hash = hashOf(p);
        p.targets[0] = address(atn);
        _expectUnknown(p, hash);
        p.targets[0] = address(emission);
        p.values[0] = 1;
        _expectUnknown(p, hash);
        p.values[0] = 0;
        p.calldatas[0] = abi.encodeCall(emission.setRate, (6));
        _expectUnknown(p, hash);
        p.calldatas[0] = abi.encodeCall(emission.setRate, (5));
        _expectUnknown(p, keccak256("another description"));
        execute(p);
    }

    function test_aDefeatedProposalIsNotQueued() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        uint256 id = propose(p);
        toVote(id);
        vote(id, CID, 1); // 4 % is no quorum
        close(id);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Defeated));
        bytes32 hash = hashOf(p);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        dao.queue(p.targets, p.values, p.calldatas, hash);
    }

    function test_aProposalCanBeCancelledBeforeItsVote() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        uint256 id = propose(p);
        bytes32 hash = hashOf(p);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, BOB));
        dao.cancel(p.targets, p.values, p.calldatas, hash);
        vm.prank(ANN);
        dao.cancel(p.targets, p.values, p.calldatas, hash);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Canceled));
    }

    // ---------------------------------------------------------------- late quorum

    function test_aQuorumReachedLateExtendsTheVote() public {
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        uint256 id = propose(p);
        uint256 end = dao.proposalDeadline(id);
        vm.warp(end - 1 hours);
        vote(id, BOB, 1);
        vm.assertEq(dao.proposalDeadline(id), end - 1 hours + 2 days);
        vm.warp(end + 1 days);
        vote(id, ANN, 0); // there was time to answer
        close(id);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Defeated));
    }

    // ---------------------------------------------------------------- the constitution

    function test_anAmendmentNeedsNinetyFivePercentOfTheSupply() public {
        bytes32 next = keccak256("P1 to P7");
        Proposal memory p = proposal(address(dao), abi.encodeCall(dao.amendConstitution, (next)), "amend");
        uint256 id = propose(p);
        vm.assertTrue(dao.isAmendment(id));
        toVote(id);
        vote(id, ANN, 1);
        vote(id, BOB, 1); // 96 %
        close(id);
        queue(p);
        vm.warp(block.timestamp + 3 days);
        vm.expectEmit(address(dao));
        emit IAutonetDAO.ConstitutionAmended(CONSTITUTION, next);
        execute(p);
        vm.assertEq(dao.constitution(), next);
    }

    function test_anAmendmentWithLessFails() public {
        vm.prank(BOB);
        atn.transfer(CID, 10_001 ether);
        vm.warp(block.timestamp + 1);
        Proposal memory p =
            proposal(address(dao), abi.encodeCall(dao.amendConstitution, (keccak256("x"))), "amend");
        uint256 id = propose(p);
        toVote(id);
        vote(id, ANN, 1);
        vote(id, BOB, 1); // 94.9999 %
        vote(id, CID, 2); // abstentions do not carry an amendment
        close(id);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Defeated));
    }

    function test_anAmendmentHiddenAmongOthersIsOneStill() public {
        Proposal memory p;
        p.targets = new address[](2);
        p.values = new uint256[](2);
        p.calldatas = new bytes[](2);
        p.targets[0] = address(emission);
        p.targets[1] = address(dao);
        p.calldatas[0] = abi.encodeCall(emission.setRate, (5));
        p.calldatas[1] = abi.encodeCall(dao.amendConstitution, (keccak256("x")));
        p.description = "a small change";
        vm.assertTrue(dao.isAmendment(propose(p)));
    }

    function test_theTimelockItselfCannotAmendAroundAVote() public {
        // Even with the proposer's role, won by an ordinary vote, the direct way stays shut.
        bytes32 proposer = timelock.PROPOSER_ROLE();
        bytes32 executor = timelock.EXECUTOR_ROLE();
        pass(proposal(address(timelock), abi.encodeCall(timelock.grantRole, (proposer, BOB)), "trust Bob"));
        pass(proposal(address(timelock), abi.encodeCall(timelock.grantRole, (executor, BOB)), "trust Bob more"));
        bytes memory call = abi.encodeCall(dao.amendConstitution, (keccak256("x")));
        vm.startPrank(BOB);
        timelock.schedule(address(dao), 0, call, bytes32(0), bytes32(0), 3 days);
        vm.warp(block.timestamp + 3 days);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x31)); // no proposal announced this call
        timelock.execute(address(dao), 0, call, bytes32(0), bytes32(0));
        vm.assertEq(dao.constitution(), CONSTITUTION);
    }

    function test_amendmentsBesideAProposalAreRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        dao.amendConstitution(keccak256("x"));
    }

    function test_aConstitutionIsNeitherZeroNorThePresentOne() public {
        vm.expectRevert(abi.encodeWithSelector(IAutonetDAO.ConstitutionInvalid.selector, bytes32(0)));
        new AutonetDAO(atn, terms(), bytes32(0));
        Proposal memory p =
            proposal(address(dao), abi.encodeCall(dao.amendConstitution, (CONSTITUTION)), "nothing");
        uint256 id = propose(p);
        toVote(id);
        vote(id, ANN, 1);
        vote(id, BOB, 1);
        close(id);
        queue(p);
        vm.warp(block.timestamp + 3 days);
        bytes32 hash = hashOf(p);
        vm.expectRevert(abi.encodeWithSelector(IAutonetDAO.ConstitutionInvalid.selector, CONSTITUTION));
        dao.execute(p.targets, p.values, p.calldatas, hash);
    }

    function test_ordinaryQuorumIsAParameter() public {
        vm.assertEq(dao.quorum(block.timestamp - 1), 100_000 ether);
        pass(proposal(address(dao), abi.encodeCall(dao.updateQuorumNumerator, (6000)), "quorum 60 %"));
        vm.warp(block.timestamp + 1);
        vm.assertEq(dao.quorum(block.timestamp - 1), 600_000 ether);
        Proposal memory p = proposal(address(emission), abi.encodeCall(emission.setRate, (5)), "rate 5");
        uint256 id = propose(p);
        toVote(id);
        vote(id, ANN, 1);
        close(id);
        vm.assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Defeated));
    }

    // ---------------------------------------------------------------- powers

    function test_nobodyButTheDaoHasAPowerOverTheTimelock() public {
        vm.assertTrue(timelock.hasRole(timelock.PROPOSER_ROLE(), address(dao)));
        vm.assertTrue(timelock.hasRole(timelock.CANCELLER_ROLE(), address(dao)));
        vm.assertTrue(timelock.hasRole(timelock.EXECUTOR_ROLE(), address(dao)));
        vm.assertTrue(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(timelock)));
        bytes32 proposer = timelock.PROPOSER_ROLE();
        vm.assertFalse(timelock.hasRole(proposer, address(this)));
        vm.assertFalse(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(this)));
        vm.assertFalse(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(dao)));
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), proposer
            )
        );
        timelock.schedule(address(atn), 0, "", bytes32(0), bytes32(0), 3 days);
        vm.expectRevert(
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this))
        );
        emission.setRate(1);
    }

    function test_theSettingsCanBeRead() public view {
        vm.assertEq(dao.name(), "AutonetDAO");
        vm.assertEq(dao.votingDelay(), 1 days);
        vm.assertEq(dao.votingPeriod(), 7 days);
        vm.assertEq(dao.proposalThreshold(), 1000 ether);
        vm.assertEq(dao.lateQuorumVoteExtension(), 2 days);
        vm.assertEq(dao.quorumDenominator(), 10_000);
        vm.assertEq(timelock.getMinDelay(), 3 days);
        vm.assertEq(dao.constitution(), CONSTITUTION);
        vm.assertEq(dao.CLOCK_MODE(), "mode=timestamp");
        vm.assertEq(dao.clock(), block.timestamp);
        vm.assertEq(address(dao.token()), address(atn));
    }

    function _expectUnknown(Proposal memory p, bytes32 hash) private {
        vm.expectPartialRevert(IGovernor.GovernorNonexistentProposal.selector);
        dao.execute(p.targets, p.values, p.calldatas, hash);
    }
}
