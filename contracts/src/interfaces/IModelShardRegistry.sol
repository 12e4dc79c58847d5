// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Audit, Holding, Model, ShardAnswer, ShardTerms} from "../types/Shards.sol";

/// @title IModelShardRegistry
/// @notice Who keeps which shard of which model, with stake. Anyone can ask a provider for a chunk that chance picks; who
/// cannot show it in time loses the stake of that shard. Nothing else costs stake.
/// @dev Chance is the block's RANDAO. An auditor may choose its moment, which harms only providers who lack chunks; a
/// provider cannot keep others from asking it at theirs.
interface IModelShardRegistry {
    /// @notice A model can be kept from now on.
    event ModelRegistered(
        bytes32 indexed model, bytes32 indexed root, uint16 k, uint16 n, address indexed registrant
    );
    /// @notice `provider` keeps a shard.
    event Announced(bytes32 indexed model, uint16 indexed shard, address indexed provider, uint256 lockedWei);
    /// @notice `provider` stops; it answers audits until `releaseAt`.
    event Retired(bytes32 indexed model, uint16 indexed shard, address indexed provider, uint64 releaseAt);
    /// @notice `provider` got its stake back.
    event Released(bytes32 indexed model, uint16 indexed shard, address indexed provider, uint256 lockedWei);
    /// @notice `provider` must show a chunk until `deadline`.
    event AuditOpened(
        uint256 indexed audit, address indexed provider, bytes32 indexed model, uint16 shard, bytes32 seed, uint64 deadline
    );
    /// @notice `provider` showed the chunk.
    event AuditAnswered(uint256 indexed audit, address indexed provider);
    /// @notice `provider` did not and lost `slashedWei`.
    event AuditFailed(uint256 indexed audit, address indexed provider, uint256 slashedWei);
    /// @notice The audit ended because the stake of that shard was lost in another.
    event AuditVoided(uint256 indexed audit);
    /// @notice `account` took what it was owed.
    event Paid(address indexed account, uint256 amountWei);
    /// @notice These terms hold for what begins from now on.
    event TermsSet(ShardTerms terms);

    /// @notice An address in the constructor is zero.
    error AddressZero();
    /// @notice Stake, fee and times must be more than nothing, and an exit longer than an answer.
    error TermsInvalid();
    /// @notice 1 <= k <= n, and the root is not zero.
    error ModelInvalid(bytes32 root, uint16 k, uint16 n);
    /// @notice The caller registered this model before.
    error ModelAlreadyRegistered(bytes32 model);
    /// @notice There is no such model.
    error ModelUnknown(bytes32 model);
    /// @notice The model has only `n` shards.
    error ShardOutOfRange(uint16 shard, uint16 n);
    /// @notice The provider keeps this shard already.
    error AlreadyAnnounced(bytes32 model, uint16 shard, address provider);
    /// @notice The provider does not keep this shard.
    error NotAnnounced(bytes32 model, uint16 shard, address provider);
    /// @notice The provider has retired already.
    error AlreadyRetired(uint64 releaseAt);
    /// @notice The provider has not retired.
    error NotRetired(bytes32 model, uint16 shard);
    /// @notice The stake is bound until `releaseAt`.
    error StillBound(uint64 releaseAt);
    /// @notice `open` audits wait for an answer.
    error AuditsOpen(uint32 open);
    /// @notice A shard can have at most `limit` open audits for one provider.
    error TooManyAudits(uint32 limit);
    /// @notice There is no such audit.
    error AuditUnknown(uint256 audit);
    /// @notice The stake was lost in another audit: `fail` gives the fee back.
    error AuditVoid(uint256 audit);
    /// @notice The audit is closed.
    error AuditClosed(uint256 audit);
    /// @notice Only `expected` answers.
    error NotAudited(address caller, address expected);
    /// @notice The answer was due at `deadline`.
    error AnswerTooLate(uint64 deadline);
    /// @notice The provider may answer until `deadline`.
    error AnswerStillDue(uint64 deadline);
    /// @notice The shard's root and number of chunks are not in the model's tree.
    error ShardProofInvalid(bytes32 root);
    /// @notice Chunk number `index`, which the audit asked for, is not in the shard's tree with these bytes.
    error ChunkProofInvalid(uint256 index, bytes32 shardRoot);
    /// @notice A chunk has at most `limit` bytes.
    error ChunkTooLong(uint256 length, uint256 limit);
    /// @notice Nothing is owed to the account.
    error NothingOwed(address account);

    /// @notice Registers a model of `n` shards of which `k` restore it.
    /// @return model its id; the registrant is part of it, so that nobody can take another's place
    function register(bytes32 root, uint16 k, uint16 n) external returns (bytes32 model);

    /// @notice The caller keeps a shard from now on and stakes for it.
    function announce(bytes32 model, uint16 shard) external;

    /// @notice The caller stops keeping a shard; it must answer audits until the exit time has passed.
    function retire(bytes32 model, uint16 shard) external;

    /// @notice Gives the caller's stake back after its exit.
    function release(bytes32 model, uint16 shard) external;

    /// @notice Asks a provider for a chunk of a shard; takes the fee.
    function openAudit(bytes32 model, uint16 shard, address provider) external returns (uint256 audit);

    /// @notice Answers an audit; half of the fee becomes the provider's, half the treasury's.
    function answer(uint256 audit, ShardAnswer calldata given) external;

    /// @notice Closes an audit that was not answered in time: the stake of the shard goes to the treasury and the auditor,
    /// who also gets the fee back. Where that stake was lost before, only the fee goes back.
    function fail(uint256 audit) external;

    /// @notice Pays the caller what it is owed.
    function claim() external returns (uint256 amountWei);

    /// @notice Sets the terms. Only the timelock.
    function setTerms(ShardTerms calldata terms_) external;

    /// @notice The id that `register` gives.
    function modelId(bytes32 root, uint16 k, uint16 n, address registrant) external view returns (bytes32);

    /// @notice The RFC 6962 leaf hash of a shard in the model's tree: over its root and its number of chunks.
    function shardLeaf(bytes32 shardRoot, uint64 chunks) external pure returns (bytes32);

    /// @notice The model.
    function modelOf(bytes32 model) external view returns (Model memory);

    /// @notice What the provider staked for the shard.
    function holdingOf(bytes32 model, uint16 shard, address provider) external view returns (Holding memory);

    /// @notice The audit.
    function auditOf(uint256 audit) external view returns (Audit memory);

    /// @notice How many providers keep the shard.
    function providersOf(bytes32 model, uint16 shard) external view returns (uint256);

    /// @notice Whether at least k shards have a provider.
    function isRecoverable(bytes32 model) external view returns (bool);
}
