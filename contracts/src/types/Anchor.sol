// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a committee certifies about the log at the end of one epoch.
/// @param epoch number of the epoch; the first is 1, and each follows the one before
/// @param parent id of the checkpoint before it
/// @param logRoot root of the Merkle log of all entries
/// @param stateRoot root over the state of all processes
/// @param withdrawalRoot RFC 6962 SHA-256 root over all withdrawals so far
/// @param batchHash commitment to the entries between the parent and this checkpoint: how many, and the blob they are in
struct Checkpoint {
    uint64 epoch;
    bytes32 parent;
    bytes32 logRoot;
    bytes32 stateRoot;
    bytes32 withdrawalRoot;
    bytes32 batchHash;
}

/// @notice Where a checkpoint stands.
enum CheckpointStatus {
    None,
    Pending,
    Challenged,
    Final,
    Rejected
}

/// @notice What the bridge keeps of an accepted checkpoint.
/// @param status Pending, Final or Rejected; Challenged is Pending with open challenges
/// @param epoch its epoch
/// @param acceptedAt when the certificate was accepted
/// @param openChallenges how many disputes about it are open
/// @param parent id of the checkpoint before it
/// @param withdrawalRoot against which withdrawals are proven
/// @param point commitment to the three roots: the state that a dispute ends in
/// @param batchHash commitment to the entries of the epoch
/// @param committee hash of the committee that certified it
/// @param signers which of its seats signed
struct CheckpointRecord {
    CheckpointStatus status;
    uint64 epoch;
    uint64 acceptedAt;
    uint32 openChallenges;
    bytes32 parent;
    bytes32 withdrawalRoot;
    bytes32 point;
    bytes32 batchHash;
    bytes32 committee;
    uint256 signers;
}

/// @notice One leaf of the withdrawal tree.
/// @param index position in the tree, counted over the life of the network
/// @param chainId the chain on which it may be paid
/// @param bridge the contract that may pay it
/// @param recipient who is paid
/// @param asset the token
/// @param amount how much, in its smallest unit
struct Withdrawal {
    uint64 index;
    uint256 chainId;
    address bridge;
    address recipient;
    address asset;
    uint256 amount;
}
