// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IAnchorBridge} from "./interfaces/IAnchorBridge.sol";
import {ICommittee} from "./interfaces/ICommittee.sol";
import {IDisputable} from "./interfaces/IDisputable.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {AnchorTags} from "./libraries/AnchorTags.sol";
import {CommitteeCertificates} from "./libraries/CommitteeCertificates.sol";
import {MerkleSha256} from "./libraries/MerkleSha256.sol";
import {Checkpoint, CheckpointRecord, CheckpointStatus, Withdrawal} from "./types/Anchor.sol";
import {Certificate, Seat} from "./types/Committee.sol";
import {Claim} from "./types/Disputes.sol";
import {Role, SlashReason} from "./types/Staking.sol";

/// @title AnchorBridge
/// @notice The chain's end of the log: certified checkpoints, and deposits paid out against their withdrawal roots.
/// @dev Storage: `_records` by checkpoint id, for ever; `_idAt` by epoch, overwritten when an epoch is certified again
/// after a rejection; epochs up to `lastFinalEpoch` are final, those from there to `lastEpoch` pending, at most
/// `MAX_PENDING`. `held` is what the bridge owes to depositors in each asset, at most its balance.
contract AnchorBridge is IAnchorBridge, ICommittee, IDisputable, Ownable, ReentrancyGuardTransient {
    using BitMaps for BitMaps.BitMap;
    using CommitteeCertificates for Certificate;
    using SafeERC20 for IERC20;

    /// @notice At most so many checkpoints wait, so that a rejection can undo all that stand on it in one call.
    uint256 public constant MAX_PENDING = 64;
    /// @notice What a reporter of equivocation gets of the slash, in ten-thousandths.
    uint256 public constant REPORTER_BPS = 1000;

    /// @notice Where the committee's stake lies.
    IParticipantStaking public immutable staking;
    /// @notice How long a checkpoint can be challenged.
    uint64 public immutable challengeSeconds;
    /// @notice How long without a checkpoint a committee may be before the timelock can replace it.
    uint64 public immutable silenceSeconds;

    /// @notice The hash of the committee that certifies now.
    bytes32 public committee;
    /// @notice How many committees there were before this one.
    uint64 public committeeNumber;
    /// @notice The epoch of the newest accepted checkpoint.
    uint64 public lastEpoch;
    /// @notice The epoch of the newest final checkpoint.
    uint64 public lastFinalEpoch;
    /// @notice When the last checkpoint was accepted or the committee seated.
    uint64 public lastSignOfLife;
    /// @notice The contract that decides challenges.
    address public disputes;
    /// @notice How many disputes are open, over all checkpoints.
    uint64 public openChallenges;
    /// @notice The number of the next deposit.
    uint64 public nextDeposit;
    /// @notice Whether a certified checkpoint was rejected since the timelock last seated a committee. A committee cannot
    /// clear itself by rotation.
    bool public committeeDiscredited;
    /// @notice What is deposited of an asset and not paid out.
    mapping(address asset => uint256 amount) public held;
    /// @notice The smallest deposit of an asset; 0: not accepted.
    mapping(address asset => uint128 minimum) public depositMinimum;

    mapping(bytes32 id => CheckpointRecord record) private _records;
    mapping(uint64 epoch => bytes32 id) private _idAt;
    mapping(bytes32 offence => bool known) private _proven;
    BitMaps.BitMap private _withdrawn;

    modifier onlyDisputes() {
        if (msg.sender != disputes) revert NotDisputeManager(msg.sender);
        _;
    }

    /// @param genesis epoch 0, final from the start; its epoch and parent must be zero
    /// @param seats the first committee
    constructor(
        address owner_,
        IParticipantStaking staking_,
        uint64 challengeSeconds_,
        uint64 silenceSeconds_,
        Checkpoint memory genesis,
        Seat[] memory seats
    ) Ownable(owner_) {
        if (address(staking_) == address(0)) revert AddressZero();
        if (challengeSeconds_ == 0 || silenceSeconds_ <= challengeSeconds_) {
            revert WindowInvalid(challengeSeconds_, silenceSeconds_);
        }
        if (genesis.epoch != 0) revert EpochNotNext(genesis.epoch, 0);
        if (genesis.parent != 0) revert ParentMismatch(genesis.parent, 0);
        staking = staking_;
        challengeSeconds = challengeSeconds_;
        silenceSeconds = silenceSeconds_;
        bytes32 id = _checkpointId(genesis);
        CheckpointRecord storage record = _records[id];
        record.status = CheckpointStatus.Final;
        record.acceptedAt = uint64(block.timestamp);
        record.withdrawalRoot = genesis.withdrawalRoot;
        record.point = _pointOf(genesis.logRoot, genesis.stateRoot, genesis.withdrawalRoot);
        record.batchHash = genesis.batchHash;
        _idAt[0] = id;
        emit CheckpointFinalized(id, 0);
        _seat(seats, 0);
    }

    // ---------------------------------------------------------------- checkpoints

    /// @inheritdoc IAnchorBridge
    function submit(Checkpoint calldata checkpoint, Certificate calldata certificate) external returns (bytes32 id) {
        uint64 epoch = lastEpoch + 1;
        if (checkpoint.epoch != epoch) revert EpochNotNext(checkpoint.epoch, epoch);
        if (checkpoint.parent != _idAt[lastEpoch]) revert ParentMismatch(checkpoint.parent, _idAt[lastEpoch]);
        if (lastEpoch - lastFinalEpoch >= MAX_PENDING) revert TooManyPending(lastEpoch - lastFinalEpoch);
        id = _checkpointId(checkpoint);
        CheckpointRecord storage record = _records[id];
        if (record.status == CheckpointStatus.Rejected) revert CheckpointAlreadyRejected(id);
        certificate.requireQuorum(committee, id);

        record.status = CheckpointStatus.Pending;
        record.epoch = epoch;
        record.acceptedAt = uint64(block.timestamp);
        record.parent = checkpoint.parent;
        record.withdrawalRoot = checkpoint.withdrawalRoot;
        record.point = _pointOf(checkpoint.logRoot, checkpoint.stateRoot, checkpoint.withdrawalRoot);
        record.batchHash = checkpoint.batchHash;
        record.committee = committee;
        record.signers = certificate.signers;
        _idAt[epoch] = id;
        lastEpoch = epoch;
        lastSignOfLife = uint64(block.timestamp);
        emit CheckpointAccepted(id, epoch, checkpoint.parent, _challengeableUntil(record));
    }

    /// @inheritdoc IAnchorBridge
    function finalize(uint64 epoch) external {
        if (epoch > lastEpoch || epoch <= lastFinalEpoch) {
            bytes32 settled = _idAt[epoch];
            revert CheckpointNotPending(settled, statusOf(settled));
        }
        if (epoch != lastFinalEpoch + 1) revert ParentNotFinal(epoch - 1);
        bytes32 id = _idAt[epoch];
        CheckpointRecord storage record = _records[id];
        if (record.openChallenges != 0) revert CheckpointUnderChallenge(id, record.openChallenges);
        uint64 until = _challengeableUntil(record);
        if (block.timestamp <= until) revert ChallengeWindowOpen(until);
        record.status = CheckpointStatus.Final;
        lastFinalEpoch = epoch;
        emit CheckpointFinalized(id, epoch);
    }

    // ---------------------------------------------------------------- committee

    /// @inheritdoc IAnchorBridge
    function rotate(Seat[] calldata seats, Certificate calldata certificate) external {
        bytes32 next = CommitteeCertificates.hashOf(seats);
        certificate.requireQuorum(committee, rotationDigest(next));
        _seat(seats, committeeNumber + 1);
    }

    /// @inheritdoc IAnchorBridge
    function recoverCommittee(Seat[] calldata seats) external onlyOwner {
        uint64 from = lastSignOfLife + silenceSeconds;
        if (!committeeDiscredited && block.timestamp <= from) revert CommitteeStillTrusted(from);
        committeeDiscredited = false;
        _seat(seats, committeeNumber + 1);
    }

    /// @inheritdoc IAnchorBridge
    function proveEquivocation(
        Checkpoint calldata first,
        Checkpoint calldata second,
        address signer,
        bytes32[2] calldata r,
        bytes32[2] calldata vs
    ) external {
        bytes32 one = _checkpointId(first);
        bytes32 two = _checkpointId(second);
        // What was rejected is rightly certified anew, so that it is no evidence.
        if (
            one == two || first.epoch != second.epoch || first.parent != second.parent
                || _records[one].status == CheckpointStatus.Rejected
                || _records[two].status == CheckpointStatus.Rejected
        ) revert NotEquivocation();
        _requireSigned(one, signer, r[0], vs[0]);
        _requireSigned(two, signer, r[1], vs[1]);
        bytes32 offence = sha256(abi.encode(AnchorTags.EQUIVOCATION, signer, uint256(first.epoch), first.parent));
        if (_proven[offence]) revert EquivocationAlreadyProven(signer);
        _proven[offence] = true;
        bool own = msg.sender == signer;
        uint256 takenWei = staking.slash(
            signer,
            Role.Coordinator,
            SlashReason.Equivocation,
            staking.slashableStake(signer, Role.Coordinator),
            own ? address(0) : msg.sender,
            own ? 0 : REPORTER_BPS
        );
        emit EquivocationProven(signer, one, two, takenWei);
    }

    // ---------------------------------------------------------------- money

    /// @inheritdoc IAnchorBridge
    function deposit(address asset, uint256 amount, bytes32 identity) external nonReentrant returns (uint64 number) {
        uint256 minimum = depositMinimum[asset];
        if (minimum == 0 || amount < minimum) revert DepositTooSmall(asset, amount, minimum);
        if (amount > type(uint128).max) revert DepositTooLarge(amount);
        if (identity == 0) revert IdentityZero();
        number = nextDeposit++;
        held[asset] += amount;
        uint256 before = IERC20(asset).balanceOf(address(this));
        IERC20(asset).safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = IERC20(asset).balanceOf(address(this)) - before;
        if (received != amount) revert TransferInexact(asset, received, amount);
        emit Deposited(number, identity, asset, msg.sender, amount);
    }

    /// @inheritdoc IAnchorBridge
    function withdraw(uint64 epoch, Withdrawal calldata withdrawal, uint256 treeSize, bytes32[] calldata path)
        external
        nonReentrant
    {
        if (epoch > lastFinalEpoch) revert CheckpointNotFinal(epoch);
        if (withdrawal.chainId != block.chainid || withdrawal.bridge != address(this)) {
            revert WithdrawalForeign(withdrawal.chainId, withdrawal.bridge);
        }
        if (_withdrawn.get(withdrawal.index)) revert AlreadyWithdrawn(withdrawal.index);
        bytes32 root = _records[_idAt[epoch]].withdrawalRoot;
        if (!MerkleSha256.includes(withdrawalLeaf(withdrawal), withdrawal.index, treeSize, path, root)) {
            revert WithdrawalProofInvalid(root);
        }
        uint256 available = held[withdrawal.asset];
        if (withdrawal.amount > available) revert DepositsExceeded(withdrawal.asset, withdrawal.amount, available);
        _withdrawn.set(withdrawal.index);
        held[withdrawal.asset] = available - withdrawal.amount;
        IERC20(withdrawal.asset).safeTransfer(withdrawal.recipient, withdrawal.amount);
        emit Withdrawn(withdrawal.index, withdrawal.recipient, withdrawal.asset, withdrawal.amount);
    }

    // ---------------------------------------------------------------- parameters

    /// @inheritdoc IAnchorBridge
    function setDepositMinimum(address asset, uint128 minimum) external onlyOwner {
        depositMinimum[asset] = minimum;
        emit DepositMinimumSet(asset, minimum);
    }

    /// @inheritdoc IAnchorBridge
    function setDisputes(address disputes_) external onlyOwner {
        if (openChallenges != 0) revert DisputesOpen(openChallenges);
        disputes = disputes_;
        emit DisputesSet(disputes_);
    }

    // ---------------------------------------------------------------- disputes

    /// @inheritdoc IDisputable
    function disputeOpened(bytes32 subject) external onlyDisputes returns (Claim memory) {
        CheckpointRecord storage record = _records[subject];
        if (record.status != CheckpointStatus.Pending) revert CheckpointNotPending(subject, record.status);
        uint64 until = _challengeableUntil(record);
        if (block.timestamp > until) revert ChallengeWindowClosed(until);
        ++openChallenges;
        emit CheckpointChallenged(subject, record.epoch, ++record.openChallenges);
        return Claim(_records[record.parent].point, record.point, record.batchHash);
    }

    /// @inheritdoc IDisputable
    function disputeClosed(bytes32 subject, bool stands) external onlyDisputes {
        CheckpointRecord storage record = _records[subject];
        --openChallenges;
        --record.openChallenges;
        if (record.status != CheckpointStatus.Pending) return; // rejected meanwhile
        if (stands) {
            emit ChallengeDismissed(subject, record.epoch, record.openChallenges);
            return;
        }
        committeeDiscredited = true;
        // Everything that stands on it falls with it; at most MAX_PENDING.
        for (uint64 epoch = lastEpoch; epoch >= record.epoch; --epoch) {
            bytes32 id = _idAt[epoch];
            _records[id].status = CheckpointStatus.Rejected;
            delete _idAt[epoch];
            emit CheckpointRejected(id, epoch);
        }
        lastEpoch = record.epoch - 1;
    }

    /// @inheritdoc IDisputable
    function isMoot(bytes32 subject) external view returns (bool) {
        return _records[subject].status == CheckpointStatus.Rejected;
    }

    /// @inheritdoc IDisputable
    /// @dev `proof` is `abi.encode(Seat[])`, the committee that certified the checkpoint. Those who signed answer for it.
    function answerable(bytes32 subject, bytes calldata proof)
        external
        view
        returns (address[] memory accounts, Role role)
    {
        CheckpointRecord storage record = _records[subject];
        return (CommitteeCertificates.signersOf(proof, record.committee, record.signers), Role.Coordinator);
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc IAnchorBridge
    function checkpointId(Checkpoint calldata checkpoint) external view returns (bytes32) {
        return _checkpointId(checkpoint);
    }

    /// @inheritdoc IAnchorBridge
    function recordOf(bytes32 id) external view returns (CheckpointRecord memory) {
        return _records[id];
    }

    /// @inheritdoc IAnchorBridge
    function checkpointAt(uint64 epoch) external view returns (bytes32) {
        return _idAt[epoch];
    }

    /// @inheritdoc IAnchorBridge
    function isWithdrawn(uint64 index) external view returns (bool) {
        return _withdrawn.get(index);
    }

    /// @inheritdoc IAnchorBridge
    function pointOf(bytes32 logRoot, bytes32 stateRoot, bytes32 withdrawalRoot) external pure returns (bytes32) {
        return _pointOf(logRoot, stateRoot, withdrawalRoot);
    }

    /// @inheritdoc IAnchorBridge
    function rotationDigest(bytes32 next) public view returns (bytes32) {
        return sha256(
            abi.encode(AnchorTags.ROTATION, block.chainid, address(this), uint256(committeeNumber) + 1, committee, next)
        );
    }

    /// @inheritdoc IAnchorBridge
    function statusOf(bytes32 id) public view returns (CheckpointStatus) {
        CheckpointRecord storage record = _records[id];
        return record.status == CheckpointStatus.Pending && record.openChallenges != 0
            ? CheckpointStatus.Challenged
            : record.status;
    }

    /// @inheritdoc IAnchorBridge
    function withdrawalLeaf(Withdrawal calldata withdrawal) public pure returns (bytes32) {
        return MerkleSha256.leafHash(
            abi.encode(
                uint256(withdrawal.index),
                withdrawal.chainId,
                withdrawal.bridge,
                withdrawal.recipient,
                withdrawal.asset,
                withdrawal.amount
            )
        );
    }

    // ---------------------------------------------------------------- inside

    function _seat(Seat[] memory seats, uint64 number) private {
        CommitteeCertificates.validate(seats);
        committee = CommitteeCertificates.hashOf(seats);
        committeeNumber = number;
        lastSignOfLife = uint64(block.timestamp);
        emit CommitteeSeated(committee, number, seats);
    }

    function _checkpointId(Checkpoint memory checkpoint) private view returns (bytes32) {
        return sha256(
            abi.encode(
                AnchorTags.CHECKPOINT,
                block.chainid,
                address(this),
                uint256(checkpoint.epoch),
                checkpoint.parent,
                checkpoint.logRoot,
                checkpoint.stateRoot,
                checkpoint.withdrawalRoot,
                checkpoint.batchHash
            )
        );
    }

    function _challengeableUntil(CheckpointRecord storage record) private view returns (uint64) {
        return record.acceptedAt + challengeSeconds;
    }

    function _pointOf(bytes32 logRoot, bytes32 stateRoot, bytes32 withdrawalRoot) private pure returns (bytes32) {
        return sha256(abi.encode(AnchorTags.POINT, logRoot, stateRoot, withdrawalRoot));
    }

    function _requireSigned(bytes32 id, address signer, bytes32 r, bytes32 vs) private pure {
        (address recovered, ECDSA.RecoverError problem,) = ECDSA.tryRecover(id, r, vs);
        if (problem != ECDSA.RecoverError.NoError || recovered != signer) revert EvidenceInvalid(id, signer);
    }
}
