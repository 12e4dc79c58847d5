// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {Role, RoleTerms, SlashReason} from "./types/Staking.sol";

/// @title ParticipantStaking
/// @notice The stakes of proposers, solvers, coordinators and aggregators. See `IParticipantStaking`.
/// @dev The owner is the timelock; it names the slashers and the freezer and has no other power.
contract ParticipantStaking is IParticipantStaking, Ownable, ReentrancyGuardTransient {
    using Checkpoints for Checkpoints.Trace208;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice The largest part of a slash that may go to a beneficiary.
    uint256 public constant MAX_BENEFICIARY_BPS = 5_000;
    /// @notice The largest part of a stake that one silence costs.
    uint256 public constant MAX_SILENCE_BPS = 100;
    uint256 private constant BPS = 10_000;

    /// @inheritdoc IParticipantStaking
    IERC20 public immutable token;
    /// @inheritdoc IParticipantStaking
    address public immutable treasury;
    /// @inheritdoc IParticipantStaking
    uint64 public immutable unbondingSeconds;
    /// @inheritdoc IParticipantStaking
    uint64 public immutable challengeWindowSeconds;
    /// @inheritdoc IParticipantStaking
    uint64 public immutable maxFreezeSeconds;

    /// @inheritdoc IParticipantStaking
    mapping(Role role => RoleTerms) public terms;
    /// @inheritdoc IParticipantStaking
    mapping(SlashReason reason => address) public slasher;
    /// @inheritdoc IParticipantStaking
    address public freezer;

    mapping(address account => mapping(Role role => Position)) private _positions;
    mapping(address account => mapping(Role role => Checkpoints.Trace208)) private _stakes;
    mapping(Role role => Checkpoints.Trace208) private _totals;

    /// @param terms_ by role, in the order of `Role`
    /// @param challengeWindowSeconds_ how long after a task's result evidence against its participants may still come
    constructor(
        IERC20 token_,
        address treasury_,
        address owner_,
        RoleTerms[4] memory terms_,
        uint64 unbondingSeconds_,
        uint64 challengeWindowSeconds_,
        uint64 maxFreezeSeconds_
    ) Ownable(owner_) {
        if (address(token_) == address(0) || treasury_ == address(0)) revert AddressZero();
        if (unbondingSeconds_ <= challengeWindowSeconds_) {
            revert UnbondingTooShort(unbondingSeconds_, challengeWindowSeconds_);
        }
        token = token_;
        treasury = treasury_;
        unbondingSeconds = unbondingSeconds_;
        challengeWindowSeconds = challengeWindowSeconds_;
        maxFreezeSeconds = maxFreezeSeconds_;
        for (uint256 i = 0; i < terms_.length; ++i) {
            terms[Role(i)] = terms_[i];
        }
    }

    /// @inheritdoc IParticipantStaking
    function stake(Role role, uint256 amountWei) external nonReentrant {
        if (amountWei == 0) revert AmountZero();
        Position storage p = _positions[msg.sender][role];
        RoleTerms memory t = terms[role];
        uint256 activeWei = p.activeWei + amountWei;
        if (activeWei < t.minimumWei) revert StakeTooLow(activeWei, t.minimumWei);
        p.lockedUntil = (block.timestamp + t.lockSeconds).toUint64();
        if (p.since == 0) p.since = block.timestamp.toUint64();
        _setActive(msg.sender, role, p, activeWei);
        emit Staked(msg.sender, role, amountWei, p.lockedUntil);
        token.safeTransferFrom(msg.sender, address(this), amountWei);
    }

    /// @inheritdoc IParticipantStaking
    function unbond(Role role, uint256 amountWei) external {
        if (amountWei == 0) revert AmountZero();
        Position storage p = _positions[msg.sender][role];
        _requireNotFrozen(p);
        if (block.timestamp < p.lockedUntil) revert StakeLocked(p.lockedUntil);
        if (amountWei > p.activeWei) revert StakeExceeded(amountWei, p.activeWei);
        uint256 restWei = p.activeWei - amountWei;
        uint256 minimumWei = terms[role].minimumWei;
        if (restWei != 0 && restWei < minimumWei) revert StakeTooLow(restWei, minimumWei);
        p.unbondingWei += amountWei.toUint128();
        p.releaseAt = (block.timestamp + unbondingSeconds).toUint64();
        _setActive(msg.sender, role, p, restWei);
        emit UnbondingBegun(msg.sender, role, amountWei, p.releaseAt);
    }

    /// @inheritdoc IParticipantStaking
    function withdraw(Role role) external nonReentrant {
        Position storage p = _positions[msg.sender][role];
        _requireNotFrozen(p);
        uint256 amountWei = p.unbondingWei;
        if (amountWei == 0) revert NothingToWithdraw();
        if (block.timestamp < p.releaseAt) revert StillUnbonding(p.releaseAt);
        p.unbondingWei = 0;
        emit Withdrawn(msg.sender, role, amountWei);
        token.safeTransfer(msg.sender, amountWei);
    }

    /// @inheritdoc IParticipantStaking
    function freeze(address account, Role role) external {
        if (msg.sender != freezer) revert NotFreezer(msg.sender);
        Position storage p = _positions[account][role];
        p.freezes += 1;
        p.frozenUntil = (block.timestamp + maxFreezeSeconds).toUint64();
        emit Frozen(account, role, p.frozenUntil);
    }

    /// @inheritdoc IParticipantStaking
    function unfreeze(address account, Role role) external {
        if (msg.sender != freezer) revert NotFreezer(msg.sender);
        Position storage p = _positions[account][role];
        if (p.freezes == 0) revert NotFrozen(account, role);
        p.freezes -= 1;
        emit Unfrozen(account, role);
    }

    /// @inheritdoc IParticipantStaking
    function slash(
        address account,
        Role role,
        SlashReason reason,
        uint256 amountWei,
        address beneficiary,
        uint256 beneficiaryBps
    ) external nonReentrant returns (uint256 takenWei) {
        if (msg.sender != slasher[reason]) revert NotSlasher(msg.sender, reason);
        if (beneficiaryBps > MAX_BENEFICIARY_BPS) revert BeneficiaryShareTooHigh(beneficiaryBps);
        if (beneficiaryBps != 0 && (beneficiary == address(0) || beneficiary == account)) {
            revert BeneficiaryInvalid(beneficiary);
        }
        takenWei = _take(account, role, reason, amountWei);
        uint256 beneficiaryWei = takenWei * beneficiaryBps / BPS;
        uint256 treasuryWei = takenWei - beneficiaryWei;
        emit Slashed(account, role, reason, treasuryWei, beneficiaryWei, beneficiary);
        if (treasuryWei != 0) token.safeTransfer(treasury, treasuryWei);
        if (beneficiaryWei != 0) token.safeTransfer(beneficiary, beneficiaryWei);
    }

    /// @inheritdoc IParticipantStaking
    function setSlasher(SlashReason reason, address slasher_) external onlyOwner {
        slasher[reason] = slasher_;
        emit SlasherSet(reason, slasher_);
    }

    /// @inheritdoc IParticipantStaking
    function setFreezer(address freezer_) external onlyOwner {
        freezer = freezer_;
        emit FreezerSet(freezer_);
    }

    /// @inheritdoc IParticipantStaking
    function position(address account, Role role) external view returns (Position memory) {
        return _positions[account][role];
    }

    /// @inheritdoc IParticipantStaking
    function eligibleStake(address account, Role role) external view returns (uint256) {
        uint256 activeWei = _positions[account][role].activeWei;
        return activeWei < terms[role].minimumWei ? 0 : activeWei;
    }

    /// @inheritdoc IParticipantStaking
    function slashableStake(address account, Role role) external view returns (uint256) {
        Position storage p = _positions[account][role];
        return uint256(p.activeWei) + p.unbondingWei;
    }

    /// @inheritdoc IParticipantStaking
    function pastStake(address account, Role role, uint48 timepoint) external view returns (uint256) {
        return _stakes[account][role].upperLookupRecent(timepoint);
    }

    /// @inheritdoc IParticipantStaking
    function pastTotalStake(Role role, uint48 timepoint) external view returns (uint256) {
        return _totals[role].upperLookupRecent(timepoint);
    }

    /// @dev Takes from the active part, then from the unbonding part, and writes the record.
    function _take(address account, Role role, SlashReason reason, uint256 amountWei)
        private
        returns (uint256 takenWei)
    {
        Position storage p = _positions[account][role];
        uint256 activeWei = p.activeWei;
        uint256 reachableWei = activeWei + p.unbondingWei;
        uint256 limitWei = reason == SlashReason.Silence ? reachableWei * MAX_SILENCE_BPS / BPS : reachableWei;
        takenWei = amountWei < limitWei ? amountWei : limitWei;
        uint256 fromActiveWei = takenWei < activeWei ? takenWei : activeWei;
        p.unbondingWei -= (takenWei - fromActiveWei).toUint128();
        p.slashes += 1;
        p.slashedWei += takenWei.toUint128();
        if (fromActiveWei != 0) _setActive(account, role, p, activeWei - fromActiveWei);
    }

    function _setActive(address account, Role role, Position storage p, uint256 activeWei) private {
        uint48 now_ = Time.timestamp();
        Checkpoints.Trace208 storage totals = _totals[role];
        totals.push(now_, (totals.latest() + activeWei - p.activeWei).toUint208());
        _stakes[account][role].push(now_, activeWei.toUint208());
        p.activeWei = activeWei.toUint128();
    }

    /// @dev A freeze lapses, so that a dispute contract that never answers cannot keep anybody's stake.
    function _requireNotFrozen(Position storage p) private view {
        if (p.freezes != 0 && block.timestamp < p.frozenUntil) revert StakeFrozen(p.frozenUntil);
    }
}
