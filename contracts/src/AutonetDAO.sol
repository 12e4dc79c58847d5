// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {AutonetTimelock} from "./AutonetTimelock.sol";
import {DaoTerms, IAutonetDAO} from "./interfaces/IAutonetDAO.sol";

/// @title AutonetDAO
/// @notice Decides on parameters, treasury, upgrades and the constitution by votes of ATN. It acts through its timelock.
/// @dev A proposal's id is the hash of its targets, values, calls and description, so that nothing else can be executed
/// in its name. Storage: that of the governor, then the constitution's hash, then by proposal the verdict and whether it
/// amends.
contract AutonetDAO is
    IAutonetDAO,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl,
    GovernorPreventLateQuorum
{
    /// @notice Ten-thousandths of the supply that must vote for an amendment. No proposal can change it.
    uint256 public constant AMENDMENT_BPS = 9500;

    /// @inheritdoc IAutonetDAO
    bytes32 public constitution;
    /// @inheritdoc IAutonetDAO
    mapping(uint256 proposalId => bytes32 verdict) public verdictOf;
    /// @inheritdoc IAutonetDAO
    mapping(uint256 proposalId => bool amends) public isAmendment;

    constructor(IVotes token_, DaoTerms memory terms, bytes32 constitution_)
        Governor("AutonetDAO")
        GovernorSettings(terms.votingDelaySeconds, terms.votingPeriodSeconds, terms.proposalThresholdWei)
        GovernorVotes(token_)
        GovernorVotesQuorumFraction(terms.quorumBps)
        GovernorTimelockControl(new AutonetTimelock(terms.timelockSeconds))
        GovernorPreventLateQuorum(terms.lateQuorumSeconds)
    {
        _setConstitution(constitution_);
    }

    /// @inheritdoc IAutonetDAO
    function proposeWithVerdict(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        string calldata description,
        bytes32 verdict
    ) external returns (uint256 proposalId) {
        if (verdict == 0) revert VerdictRequired();
        proposalId = super.propose(targets, values, calldatas, describe(description, verdict));
        verdictOf[proposalId] = verdict;
        emit VerdictAttached(proposalId, verdict, isAmendment[proposalId]);
    }

    /// @inheritdoc IAutonetDAO
    function amendConstitution(bytes32 next) external onlyGovernance {
        _setConstitution(next);
    }

    /// @notice Refused: a proposal needs a verdict.
    function propose(address[] memory, uint256[] memory, bytes[] memory, string memory)
        public
        pure
        override
        returns (uint256)
    {
        revert VerdictRequired();
    }

    /// @inheritdoc Governor
    function proposalDeadline(uint256 proposalId)
        public
        view
        override(Governor, GovernorPreventLateQuorum)
        returns (uint256)
    {
        return super.proposalDeadline(proposalId);
    }

    /// @inheritdoc Governor
    function state(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (ProposalState)
    {
        return super.state(proposalId);
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @inheritdoc IAutonetDAO
    function describe(string calldata description, bytes32 verdict) public pure returns (string memory) {
        return string.concat("verdict ", Strings.toHexString(uint256(verdict), 32), "\n", description);
    }

    /// @notice Quorums are ten-thousandths.
    function quorumDenominator() public pure override returns (uint256) {
        return 10_000;
    }

    function _setConstitution(bytes32 next) private {
        if (next == 0 || next == constitution) revert ConstitutionInvalid(next);
        emit ConstitutionAmended(constitution, next);
        constitution = next;
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 proposalId) {
        proposalId = super._propose(targets, values, calldatas, description, proposer);
        // `amendConstitution` accepts only calls that a proposal makes directly, so that none hides in another call.
        for (uint256 i = 0; i < targets.length; ++i) {
            if (targets[i] == address(this) && bytes4(calldatas[i]) == IAutonetDAO.amendConstitution.selector) {
                isAmendment[proposalId] = true;
                return proposalId;
            }
        }
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    /// @dev An amendment needs 95 % of the supply in votes for it alone; abstentions do not carry it.
    function _quorumReached(uint256 proposalId)
        internal
        view
        override(Governor, GovernorCountingSimple)
        returns (bool)
    {
        if (!isAmendment[proposalId]) return super._quorumReached(proposalId);
        (, uint256 forVotes,) = proposalVotes(proposalId);
        return forVotes * 10_000 >= token().getPastTotalSupply(proposalSnapshot(proposalId)) * AMENDMENT_BPS;
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
