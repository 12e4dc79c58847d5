// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Checkpoint, CheckpointRecord, CheckpointStatus, Withdrawal} from "../types/Anchor.sol";
import {Certificate, Seat} from "../types/Committee.sol";

/// @title IAnchorBridge
/// @notice The chain's end of the log. A committee certifies one checkpoint per epoch; after a challenge window, and
/// after its parent, a checkpoint becomes final; against its withdrawal root deposits are paid out. The bridge holds
/// deposits and never mints.
interface IAnchorBridge {
    /// @notice A certified checkpoint was accepted; until `challengeableUntil` it can be challenged.
    event CheckpointAccepted(bytes32 indexed id, uint64 indexed epoch, bytes32 parent, uint64 challengeableUntil);
    /// @notice The checkpoint is final.
    event CheckpointFinalized(bytes32 indexed id, uint64 indexed epoch);
    /// @notice A dispute about the checkpoint began; `open` are open now.
    event CheckpointChallenged(bytes32 indexed id, uint64 indexed epoch, uint32 open);
    /// @notice A dispute about the checkpoint ended in its favour; `open` are open still.
    event ChallengeDismissed(bytes32 indexed id, uint64 indexed epoch, uint32 open);
    /// @notice The checkpoint, or one that it stands on, was shown false.
    event CheckpointRejected(bytes32 indexed id, uint64 indexed epoch);
    /// @notice `committee` certifies from now on. `number` counts the committees, `seats` are its members.
    event CommitteeSeated(bytes32 indexed committee, uint64 indexed number, Seat[] seats);
    /// @notice `signer` signed two checkpoints for one epoch; `takenWei` of its stake were taken.
    event EquivocationProven(address indexed signer, bytes32 first, bytes32 second, uint256 takenWei);
    /// @notice `amount` of `asset` came from `from` for the account `identity` inside the network.
    event Deposited(
        uint64 indexed number, bytes32 indexed identity, address indexed asset, address from, uint256 amount
    );
    /// @notice The withdrawal with this index was paid.
    event Withdrawn(uint64 indexed index, address indexed recipient, address indexed asset, uint256 amount);
    /// @notice `asset` is accepted from `minimum` up; 0: deposits of it are closed, withdrawals never.
    event DepositMinimumSet(address indexed asset, uint256 minimum);
    /// @notice `disputes` decides challenges from now on.
    event DisputesSet(address disputes);

    /// @notice An address in the constructor is zero.
    error AddressZero();
    /// @notice The challenge window must be longer than nothing, and the silence limit longer than the window.
    error WindowInvalid(uint64 challengeSeconds, uint64 silenceSeconds);
    /// @notice The next epoch is `expected`.
    error EpochNotNext(uint64 given, uint64 expected);
    /// @notice The next checkpoint stands on `expected`.
    error ParentMismatch(bytes32 given, bytes32 expected);
    /// @notice This very checkpoint was shown false before.
    error CheckpointAlreadyRejected(bytes32 id);
    /// @notice `pending` checkpoints wait already; finalise the oldest first.
    error TooManyPending(uint256 pending);
    /// @notice The checkpoint is `status`, so that this cannot be done with it.
    error CheckpointNotPending(bytes32 id, CheckpointStatus status);
    /// @notice Disputes about the checkpoint are open.
    error CheckpointUnderChallenge(bytes32 id, uint32 open);
    /// @notice The parent, of epoch `parentEpoch`, is not final yet.
    error ParentNotFinal(uint64 parentEpoch);
    /// @notice The checkpoint can be challenged until `until`.
    error ChallengeWindowOpen(uint64 until);
    /// @notice The checkpoint could be challenged until `until`.
    error ChallengeWindowClosed(uint64 until);
    /// @notice The epoch has no final checkpoint.
    error CheckpointNotFinal(uint64 epoch);
    /// @notice The dispute contract cannot change while `open` disputes are open.
    error DisputesOpen(uint256 open);
    /// @notice The timelock can seat a committee only after `from`, or when a checkpoint of the present one was rejected.
    error CommitteeStillTrusted(uint64 from);
    /// @notice The two checkpoints do not contradict one another: they differ in epoch or parent, or are the same.
    error NotEquivocation();
    /// @notice The signature over `checkpoint` is not one of `signer`.
    error EvidenceInvalid(bytes32 checkpoint, address signer);
    /// @notice This signer was charged for this epoch and parent before.
    error EquivocationAlreadyProven(address signer);
    /// @notice Deposits of `asset` start at `minimum`; 0: it is not accepted.
    error DepositTooSmall(address asset, uint256 amount, uint256 minimum);
    /// @notice A deposit is at most 2^128 - 1.
    error DepositTooLarge(uint256 amount);
    /// @notice The token moved `received` instead of `amount`: tokens that charge for transfers are not accepted.
    error TransferInexact(address asset, uint256 received, uint256 amount);
    /// @notice A deposit names the account that it is for.
    error IdentityZero();
    /// @notice The withdrawal belongs to another chain or bridge.
    error WithdrawalForeign(uint256 chainId, address bridge);
    /// @notice The withdrawal was paid before.
    error AlreadyWithdrawn(uint64 index);
    /// @notice The path does not lead from this withdrawal to the checkpoint's root.
    error WithdrawalProofInvalid(bytes32 root);
    /// @notice Only `held` of the asset are deposited.
    error DepositsExceeded(address asset, uint256 amount, uint256 held);

    /// @notice Accepts the next checkpoint with the certificate of the present committee.
    function submit(Checkpoint calldata checkpoint, Certificate calldata certificate) external returns (bytes32 id);

    /// @notice Makes the oldest pending checkpoint final once its window has passed and no dispute is open.
    function finalize(uint64 epoch) external;

    /// @notice Seats another committee, by certificate of the present one.
    function rotate(Seat[] calldata seats, Certificate calldata certificate) external;

    /// @notice Seats another committee when the present one was silent for the silence limit or certified what was
    /// rejected. Only the timelock.
    function recoverCommittee(Seat[] calldata seats) external;

    /// @notice Charges a signer who signed two checkpoints of one epoch on one parent, neither of them rejected. The
    /// reporter gets a part.
    /// @dev Signatures are given as in certificates.
    function proveEquivocation(
        Checkpoint calldata first,
        Checkpoint calldata second,
        address signer,
        bytes32[2] calldata r,
        bytes32[2] calldata vs
    ) external;

    /// @notice Takes `amount` of `asset` for the account `identity` of the network.
    /// @return number counts the deposits from 0
    function deposit(address asset, uint256 amount, bytes32 identity) external returns (uint64 number);

    /// @notice Pays a withdrawal, once. Anyone may bring the proof.
    /// @param epoch of a final checkpoint
    /// @param treeSize how many leaves its withdrawal tree has
    /// @param path the siblings from the leaf up
    function withdraw(uint64 epoch, Withdrawal calldata withdrawal, uint256 treeSize, bytes32[] calldata path) external;

    /// @notice Opens, changes or closes (with 0) deposits of an asset. Only the timelock.
    function setDepositMinimum(address asset, uint128 minimum) external;

    /// @notice Names the contract that decides challenges. Only the timelock, and only while none is open.
    function setDisputes(address disputes_) external;

    /// @notice SHA-256 over tag, chain, this contract and the fields of the checkpoint: what committees sign.
    function checkpointId(Checkpoint calldata checkpoint) external view returns (bytes32);

    /// @notice What committees sign to hand over to `next`.
    function rotationDigest(bytes32 next) external view returns (bytes32);

    /// @notice Commitment to three roots: what a dispute calls a state.
    function pointOf(bytes32 logRoot, bytes32 stateRoot, bytes32 withdrawalRoot) external pure returns (bytes32);

    /// @notice The RFC 6962 leaf hash of the six fields, 32 bytes each, in the order in which the struct names them.
    function withdrawalLeaf(Withdrawal calldata withdrawal) external pure returns (bytes32);

    /// @notice Where the checkpoint stands.
    function statusOf(bytes32 id) external view returns (CheckpointStatus);

    /// @notice All that is kept of the checkpoint.
    function recordOf(bytes32 id) external view returns (CheckpointRecord memory);

    /// @notice The checkpoint that stands for the epoch now, 0 where there is none.
    function checkpointAt(uint64 epoch) external view returns (bytes32);

    /// @notice Whether the withdrawal was paid.
    function isWithdrawn(uint64 index) external view returns (bool);
}
