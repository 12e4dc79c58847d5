// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICommittee} from "./interfaces/ICommittee.sol";
import {IDisputable} from "./interfaces/IDisputable.sol";
import {IDisputeManager} from "./interfaces/IDisputeManager.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {AnchorTags} from "./libraries/AnchorTags.sol";
import {CommitteeCertificates} from "./libraries/CommitteeCertificates.sol";
import {Certificate, Seat} from "./types/Committee.sol";
import {Dispute, DisputeTerms, Phase, Verdict} from "./types/Disputes.sol";
import {Role, SlashReason} from "./types/Staking.sol";

/// @title DisputeManager
/// @notice Bonded disputes about the claims of other contracts, dissected 32 ways down to one step.
/// @dev Storage: `_disputes` by id, never deleted; votes by id and attempt, because a failed defence starts a new game;
/// `owed` is paid on demand. The balance of this contract is at least the bonds of open disputes and all that is owed.
contract DisputeManager is IDisputeManager, ICommittee, Ownable, ReentrancyGuardTransient {
    using CommitteeCertificates for Certificate;
    using SafeERC20 for IERC20;

    /// @notice A range is cut into so many parts in each round, so that 2^40 steps take eight rounds.
    uint256 public constant WAYS = 32;
    /// @notice What the winner gets of a lost bond, and a challenger of a slash, in ten-thousandths. The rest is the
    /// treasury's, so that nobody gains by disputing with itself.
    uint256 public constant WINNER_BPS = 5000;

    uint256 private constant ROLES = 4;

    /// @notice Where stakes lie.
    IParticipantStaking public immutable staking;
    /// @notice In what bonds are paid.
    IERC20 public immutable token;

    /// @notice The hash of the committee of referees.
    bytes32 public referees;
    /// @notice What each account can claim.
    mapping(address account => uint256 amountWei) public owed;
    /// @notice The role in which a dispute froze an account, plus one, and from bit 8 the attempt in which it did.
    mapping(uint256 id => mapping(address account => uint256 mark)) public frozen;
    /// @notice Whether an account failed to defend in a dispute.
    mapping(uint256 id => mapping(address account => bool failed)) public barred;
    /// @notice Whether an account was punished for a claim.
    mapping(address target => mapping(bytes32 subject => mapping(address account => bool done))) public punished;

    Dispute[] private _disputes;
    mapping(address target => DisputeTerms terms) private _terms;
    mapping(uint256 id => mapping(uint256 attempt => uint256[4] weights)) private _weights;
    mapping(uint256 id => mapping(uint256 attempt => mapping(address voter => bool voted))) private _voted;

    constructor(address owner_, IParticipantStaking staking_) Ownable(owner_) {
        if (address(staking_) == address(0)) revert AddressZero();
        staking = staking_;
        token = staking_.token();
    }

    // ---------------------------------------------------------------- the game

    /// @inheritdoc IDisputeManager
    function challenge(address target, bytes32 subject) external nonReentrant returns (uint256 id) {
        DisputeTerms memory terms = _terms[target];
        if (terms.bondWei == 0) revert TargetUnknown(target);
        id = _disputes.length;
        Dispute storage dispute = _disputes.push();
        dispute.target = target;
        dispute.subject = subject;
        dispute.challenger = msg.sender;
        dispute.openedAt = uint64(block.timestamp);
        dispute.terms = terms;
        dispute.challengerClock = terms.clockSeconds;
        _await(dispute, Phase.AwaitingDefender, terms.joinSeconds);
        dispute.claim = IDisputable(target).disputeOpened(subject);
        emit DisputeOpened(id, target, subject, msg.sender, terms.bondWei);
        token.safeTransferFrom(msg.sender, address(this), terms.bondWei);
    }

    /// @inheritdoc IDisputeManager
    function defend(uint256 id, uint64 steps, bytes32 batch, bytes calldata proof) external nonReentrant {
        Dispute storage dispute = _inPhase(id, Phase.AwaitingDefender);
        if (block.timestamp > dispute.deadline) revert DeadlinePassed(dispute.deadline);
        if (msg.sender == dispute.challenger) revert OwnChallenge();
        if (barred[id][msg.sender]) revert DefenderBarred(msg.sender);
        _requireNotMoot(dispute);
        bytes32 extent = extentOf(steps, batch);
        if (extent != dispute.claim.extent) revert ExtentMismatch(extent, dispute.claim.extent);
        Role role = _requireAnswerable(dispute, msg.sender, proof);

        dispute.defender = msg.sender;
        dispute.defenderClock = dispute.terms.clockSeconds;
        emit DefenceJoined(id, msg.sender, steps, batch);
        token.safeTransferFrom(msg.sender, address(this), dispute.terms.bondWei);
        _freeze(id, dispute, msg.sender, role);
        if (steps == 0) {
            if (dispute.claim.start != dispute.claim.end) revert ClaimEmpty();
            _decide(id, dispute, Verdict.Dismissed); // nothing happened, as claimed
            return;
        }
        _narrow(id, dispute, 0, steps, dispute.claim.start, dispute.claim.end);
    }

    /// @inheritdoc IDisputeManager
    function dissect(uint256 id, bytes32[] calldata midpoints) external {
        Dispute storage dispute = _inPhase(id, Phase.DefenderMoves);
        if (msg.sender != dispute.defender) revert NotYourMove(msg.sender, dispute.defender);
        dispute.defenderClock = _punch(dispute, dispute.defenderClock);
        uint256 expected = segmentsOf(dispute.low, dispute.high) - 1;
        if (midpoints.length != expected) revert MidpointCountMismatch(midpoints.length, expected);
        dispute.midpoints = sha256(abi.encodePacked(midpoints));
        dispute.phase = Phase.ChallengerMoves;
        emit Dissected(id, dispute.low, dispute.high, midpoints);
    }

    /// @inheritdoc IDisputeManager
    function select(uint256 id, uint256 segment, bytes32[] calldata midpoints) external {
        Dispute storage dispute = _inPhase(id, Phase.ChallengerMoves);
        if (msg.sender != dispute.challenger) revert NotYourMove(msg.sender, dispute.challenger);
        dispute.challengerClock = _punch(dispute, dispute.challengerClock);
        if (sha256(abi.encodePacked(midpoints)) != dispute.midpoints) revert MidpointsMismatch();
        (uint64 low, uint64 high) = (dispute.low, dispute.high);
        uint256 segments = segmentsOf(low, high);
        if (segment >= segments) revert SegmentOutOfRange(segment, segments);
        _narrow(
            id,
            dispute,
            boundary(low, high, segment),
            boundary(low, high, segment + 1),
            segment == 0 ? dispute.lowPoint : midpoints[segment - 1],
            segment + 1 == segments ? dispute.highPoint : midpoints[segment]
        );
    }

    /// @inheritdoc IDisputeManager
    function claimTimeout(uint256 id) external {
        Dispute storage dispute = _open(id);
        _requireNotMoot(dispute);
        if (dispute.phase == Phase.AwaitingDefender) {
            if (block.timestamp <= dispute.deadline) revert DeadlineNotPassed(dispute.deadline);
            _decide(id, dispute, Verdict.Undecided);
        } else if (dispute.phase == Phase.DefenderMoves) {
            _requireExpired(dispute, dispute.defenderClock);
            _dropDefender(id, dispute, false);
        } else if (dispute.phase == Phase.ChallengerMoves) {
            _requireExpired(dispute, dispute.challengerClock);
            _decide(id, dispute, Verdict.Dismissed);
        } else {
            revert PhaseMismatch(dispute.phase, Phase.DefenderMoves);
        }
    }

    // ---------------------------------------------------------------- the judgement

    /// @inheritdoc IDisputeManager
    function rule(uint256 id, Verdict verdict, Certificate calldata certificate) external {
        Dispute storage dispute = _inPhase(id, Phase.AwaitingReferees);
        if (block.timestamp > dispute.deadline) revert DeadlinePassed(dispute.deadline);
        if (verdict == Verdict.Undecided) revert VerdictInvalid();
        _requireNotMoot(dispute);
        certificate.requireQuorum(referees, rulingDigest(id, verdict));
        _decide(id, dispute, verdict);
    }

    /// @inheritdoc IDisputeManager
    function openVote(uint256 id) external {
        Dispute storage dispute = _inPhase(id, Phase.AwaitingReferees);
        if (block.timestamp <= dispute.deadline) revert DeadlineNotPassed(dispute.deadline);
        _await(dispute, Phase.Voting, dispute.terms.voteSeconds);
        emit VoteOpened(id, dispute.deadline);
    }

    /// @inheritdoc IDisputeManager
    function vote(uint256 id, Verdict verdict) external {
        Dispute storage dispute = _inPhase(id, Phase.Voting);
        if (block.timestamp > dispute.deadline) revert DeadlinePassed(dispute.deadline);
        if (verdict == Verdict.Undecided) revert VerdictInvalid();
        if (msg.sender == dispute.challenger || msg.sender == dispute.defender) revert PartyCannotVote(msg.sender);
        if (_voted[id][dispute.attempt][msg.sender]) revert AlreadyVoted(msg.sender);
        uint48 snapshot = uint48(dispute.openedAt - 1);
        uint256 weightWei = 0;
        for (uint256 role = 0; role < ROLES; ++role) {
            weightWei += staking.pastStake(msg.sender, Role(role), snapshot);
        }
        if (weightWei == 0) revert NoVotingStake(msg.sender);
        _voted[id][dispute.attempt][msg.sender] = true;
        _weights[id][dispute.attempt][uint256(verdict)] += weightWei;
        emit Voted(id, msg.sender, verdict, weightWei);
    }

    /// @inheritdoc IDisputeManager
    function tally(uint256 id) external {
        Dispute storage dispute = _inPhase(id, Phase.Voting);
        if (block.timestamp <= dispute.deadline) revert DeadlineNotPassed(dispute.deadline);
        _requireNotMoot(dispute);
        _decide(id, dispute, _outcome(id, dispute));
    }

    /// @inheritdoc IDisputeManager
    function settleMoot(uint256 id) external {
        Dispute storage dispute = _open(id);
        if (!IDisputable(dispute.target).isMoot(dispute.subject)) revert SubjectNotMoot();
        _refund(dispute);
        dispute.phase = Phase.Closed;
        emit DisputeMoot(id);
        IDisputable(dispute.target).disputeClosed(dispute.subject, false);
    }

    // ---------------------------------------------------------------- stake

    /// @inheritdoc IDisputeManager
    function freeze(uint256 id, bytes calldata proof, uint256 from, uint256 to) external {
        Dispute storage dispute = _open(id);
        (address[] memory accounts, Role role) = _accountsIn(dispute, proof, from, to);
        for (uint256 i = from; i < to; ++i) {
            _freeze(id, dispute, accounts[i], role);
        }
    }

    /// @inheritdoc IDisputeManager
    function punish(uint256 id, bytes calldata proof, uint256 from, uint256 to) external {
        Dispute storage dispute = _existing(id);
        if (dispute.verdict != Verdict.Upheld) revert NotUpheld(id);
        (address[] memory accounts, Role role) = _accountsIn(dispute, proof, from, to);
        for (uint256 i = from; i < to; ++i) {
            _punish(id, dispute, accounts[i], role);
        }
    }

    /// @inheritdoc IDisputeManager
    function release(uint256 id, address[] calldata accounts) external {
        Dispute storage dispute = _inPhase(id, Phase.Closed);
        for (uint256 i = 0; i < accounts.length; ++i) {
            address account = accounts[i];
            uint256 mark = frozen[id][account];
            if (mark == 0) revert AccountNotFrozen(account);
            delete frozen[id][account];
            Role role = Role((mark & 0xff) - 1);
            if (dispute.verdict == Verdict.Upheld) _punish(id, dispute, account, role);
            staking.unfreeze(account, role);
        }
    }

    /// @inheritdoc IDisputeManager
    function claim() external nonReentrant returns (uint256 amountWei) {
        amountWei = owed[msg.sender];
        if (amountWei == 0) revert NothingOwed(msg.sender);
        delete owed[msg.sender];
        token.safeTransfer(msg.sender, amountWei);
        emit Paid(msg.sender, amountWei);
    }

    // ---------------------------------------------------------------- parameters

    /// @inheritdoc IDisputeManager
    function setTerms(address target, DisputeTerms calldata terms) external onlyOwner {
        if (terms.bondWei != 0) {
            uint256 longest = uint256(terms.joinSeconds) + 2 * uint256(terms.clockSeconds)
                + uint256(terms.refereeSeconds) + uint256(terms.voteSeconds);
            if (
                terms.joinSeconds == 0 || terms.clockSeconds == 0 || terms.refereeSeconds == 0
                    || terms.voteSeconds == 0 || terms.quorumBps == 0 || terms.quorumBps > 10_000
                    || longest > staking.maxFreezeSeconds()
            ) revert TermsInvalid();
        }
        _terms[target] = terms;
        emit TermsSet(target, terms);
    }

    /// @inheritdoc IDisputeManager
    function setReferees(Seat[] calldata seats) external onlyOwner {
        CommitteeCertificates.validate(seats);
        referees = CommitteeCertificates.hashOf(seats);
        emit RefereesSet(referees, seats);
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc IDisputeManager
    function disputeOf(uint256 id) external view returns (Dispute memory) {
        return _existing(id);
    }

    /// @inheritdoc IDisputeManager
    function votesFor(uint256 id, Verdict verdict) external view returns (uint256) {
        return _weights[id][_existing(id).attempt][uint256(verdict)];
    }

    /// @inheritdoc IDisputeManager
    function termsOf(address target) external view returns (DisputeTerms memory) {
        return _terms[target];
    }

    /// @inheritdoc IDisputeManager
    function rulingDigest(uint256 id, Verdict verdict) public view returns (bytes32) {
        Dispute storage dispute = _existing(id);
        return sha256(
            abi.encode(
                AnchorTags.RULING,
                block.chainid,
                address(this),
                id,
                uint256(dispute.attempt),
                uint256(dispute.low),
                dispute.lowPoint,
                dispute.highPoint,
                uint256(verdict)
            )
        );
    }

    /// @inheritdoc IDisputeManager
    function extentOf(uint64 steps, bytes32 batch) public pure returns (bytes32) {
        return sha256(abi.encode(AnchorTags.EXTENT, uint256(steps), batch));
    }

    /// @inheritdoc IDisputeManager
    function segmentsOf(uint64 low, uint64 high) public pure returns (uint256) {
        return Math.min(WAYS, high - low);
    }

    /// @inheritdoc IDisputeManager
    function boundary(uint64 low, uint64 high, uint256 segment) public pure returns (uint64) {
        uint256 span = high - low;
        // At most `high`, because `segment` is at most the number of segments.
        return uint64(low + span * segment / segmentsOf(low, high));
    }

    // ---------------------------------------------------------------- inside

    function _narrow(
        uint256 id,
        Dispute storage dispute,
        uint64 low,
        uint64 high,
        bytes32 lowPoint,
        bytes32 highPoint
    ) private {
        dispute.low = low;
        dispute.high = high;
        dispute.lowPoint = lowPoint;
        dispute.highPoint = highPoint;
        emit Narrowed(id, low, high, lowPoint, highPoint);
        if (high - low == 1) {
            _await(dispute, Phase.AwaitingReferees, dispute.terms.refereeSeconds);
            emit RefereesCalled(id, low, dispute.deadline);
        } else {
            dispute.phase = Phase.DefenderMoves;
            dispute.movedAt = uint64(block.timestamp);
        }
    }

    function _decide(uint256 id, Dispute storage dispute, Verdict verdict) private {
        if (verdict == Verdict.Misplayed) {
            _dropDefender(id, dispute, true);
            return;
        }
        dispute.phase = Phase.Closed;
        dispute.verdict = verdict;
        bool stands = verdict == Verdict.Dismissed;
        if (verdict == Verdict.Undecided) {
            _refund(dispute);
        } else {
            address winner = stands ? dispute.defender : dispute.challenger;
            owed[winner] += dispute.terms.bondWei;
            _forfeit(dispute, winner);
        }
        emit DisputeClosed(id, verdict, stands);
        IDisputable(dispute.target).disputeClosed(dispute.subject, stands);
    }

    function _dropDefender(uint256 id, Dispute storage dispute, bool misplayed) private {
        address defender = dispute.defender;
        barred[id][defender] = true;
        dispute.defender = address(0);
        ++dispute.attempt;
        dispute.challengerClock = dispute.terms.clockSeconds;
        _forfeit(dispute, dispute.challenger);
        _await(dispute, Phase.AwaitingDefender, dispute.terms.joinSeconds);
        emit DefenceFailed(id, defender, misplayed, dispute.deadline);
        if (misplayed) _punish(id, dispute, defender, Role((frozen[id][defender] & 0xff) - 1));
    }

    function _forfeit(Dispute storage dispute, address winner) private {
        uint256 bondWei = dispute.terms.bondWei;
        uint256 prizeWei = bondWei * WINNER_BPS / 10_000;
        owed[winner] += prizeWei;
        owed[staking.treasury()] += bondWei - prizeWei;
    }

    function _refund(Dispute storage dispute) private {
        owed[dispute.challenger] += dispute.terms.bondWei;
        if (dispute.defender != address(0)) owed[dispute.defender] += dispute.terms.bondWei;
    }

    function _freeze(uint256 id, Dispute storage dispute, address account, Role role) private {
        uint256 mark = (uint256(dispute.attempt) << 8) | (uint256(role) + 1);
        uint256 present = frozen[id][account];
        if (present == mark) return;
        frozen[id][account] = mark;
        if (present != 0) staking.unfreeze(account, role); // a freeze lapses in time: each attempt renews it
        staking.freeze(account, role);
    }

    function _punish(uint256 id, Dispute storage dispute, address account, Role role) private {
        if (punished[dispute.target][dispute.subject][account]) return;
        punished[dispute.target][dispute.subject][account] = true;
        bool own = account == dispute.challenger;
        uint256 amountWei = Math.min(dispute.terms.slashWei, staking.slashableStake(account, role));
        uint256 takenWei = amountWei == 0
            ? 0
            : staking.slash(
                account,
                role,
                SlashReason.Verdict,
                amountWei,
                own ? address(0) : dispute.challenger,
                own ? 0 : WINNER_BPS
            );
        emit Punished(id, account, takenWei);
    }

    function _await(Dispute storage dispute, Phase phase, uint32 waitSeconds) private {
        dispute.phase = phase;
        dispute.deadline = uint64(block.timestamp) + waitSeconds;
    }

    function _punch(Dispute storage dispute, uint32 clock) private returns (uint32) {
        uint64 spent = uint64(block.timestamp) - dispute.movedAt;
        if (spent > clock) revert ClockExpired(dispute.movedAt + clock);
        dispute.movedAt = uint64(block.timestamp);
        return clock - uint32(spent);
    }

    function _outcome(uint256 id, Dispute storage dispute) private view returns (Verdict) {
        uint256[4] storage weights = _weights[id][dispute.attempt];
        uint48 snapshot = uint48(dispute.openedAt - 1);
        uint256 totalWei = 0;
        for (uint256 role = 0; role < ROLES; ++role) {
            totalWei += staking.pastTotalStake(Role(role), snapshot);
        }
        uint256 castWei = weights[1] + weights[2] + weights[3];
        if (castWei * 10_000 < totalWei * dispute.terms.quorumBps) return Verdict.Undecided;
        for (uint256 verdict = 1; verdict < 4; ++verdict) {
            if (weights[verdict] * 2 > castWei) return Verdict(verdict);
        }
        return Verdict.Undecided;
    }

    function _accountsIn(Dispute storage dispute, bytes calldata proof, uint256 from, uint256 to)
        private
        view
        returns (address[] memory accounts, Role role)
    {
        (accounts, role) = IDisputable(dispute.target).answerable(dispute.subject, proof);
        if (from > to || to > accounts.length) revert RangeInvalid(from, to, accounts.length);
    }

    function _requireAnswerable(Dispute storage dispute, address account, bytes calldata proof)
        private
        view
        returns (Role)
    {
        (address[] memory accounts, Role role) = IDisputable(dispute.target).answerable(dispute.subject, proof);
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (accounts[i] == account) return role;
        }
        revert NotAnswerable(account);
    }

    function _requireNotMoot(Dispute storage dispute) private view {
        if (IDisputable(dispute.target).isMoot(dispute.subject)) revert SubjectMoot();
    }

    function _requireExpired(Dispute storage dispute, uint32 clock) private view {
        uint64 end = dispute.movedAt + clock;
        if (block.timestamp <= end) revert DeadlineNotPassed(end);
    }

    function _existing(uint256 id) private view returns (Dispute storage) {
        if (id >= _disputes.length) revert DisputeUnknown(id);
        return _disputes[id];
    }

    function _open(uint256 id) private view returns (Dispute storage dispute) {
        dispute = _existing(id);
        if (dispute.phase == Phase.Closed) revert PhaseMismatch(Phase.Closed, Phase.AwaitingDefender);
    }

    function _inPhase(uint256 id, Phase phase) private view returns (Dispute storage dispute) {
        dispute = _existing(id);
        if (dispute.phase != phase) revert PhaseMismatch(dispute.phase, phase);
    }
}
