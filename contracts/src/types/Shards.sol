// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A model that is kept in shards, any `k` of whose `n` restore it.
/// @param root RFC 6962 SHA-256 root over the n shards; each leaf is the shard's own root and its number of chunks
/// @param k how many shards are needed
/// @param n how many shards there are
/// @param liveShards how many shards have a provider
/// @param registrant who registered it
struct Model {
    bytes32 root;
    uint16 k;
    uint16 n;
    uint16 liveShards;
    address registrant;
}

/// @notice What a provider staked to keep one shard.
/// @param lockedWei its stake, 0 where it keeps nothing
/// @param releaseAt from when it may end, 0 while it has not retired
/// @param openAudits audits not yet answered
/// @param generation how often this holding ended; audits of an earlier one are void
struct Holding {
    uint128 lockedWei;
    uint64 releaseAt;
    uint32 openAudits;
    uint32 generation;
}

/// @notice A question to a provider: show one chunk of a shard.
/// @param model which model
/// @param provider who is asked
/// @param auditor who asked and put up the fee
/// @param shard which shard
/// @param deadline until when it can be answered
/// @param open whether it waits for an answer
/// @param generation of the holding that was asked
/// @param feeWei what the auditor put up
/// @param seed chooses the chunk: its number is the seed modulo the number of chunks
struct Audit {
    bytes32 model;
    address provider;
    address auditor;
    uint16 shard;
    uint64 deadline;
    bool open;
    uint32 generation;
    uint128 feeWei;
    bytes32 seed;
}

/// @notice The answer to an audit.
/// @param shardRoot RFC 6962 SHA-256 root over the chunks of the shard
/// @param chunks how many chunks the shard has
/// @param shardPath siblings from the shard's leaf up to the model's root
/// @param chunk the chunk's bytes
/// @param chunkPath siblings from the chunk's leaf up to `shardRoot`
struct ShardAnswer {
    bytes32 shardRoot;
    uint64 chunks;
    bytes32[] shardPath;
    bytes chunk;
    bytes32[] chunkPath;
}

/// @notice What the registry asks of providers and auditors.
/// @param stakeWei stake for each shard that a provider keeps
/// @param feeWei what an audit costs; half goes to the provider who answers, half to the treasury
/// @param answerSeconds how long an answer may take
/// @param exitSeconds how long a retiring provider must still answer; longer than `answerSeconds`
struct ShardTerms {
    uint128 stakeWei;
    uint128 feeWei;
    uint64 answerSeconds;
    uint64 exitSeconds;
}
