// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IModelShardRegistry} from "./interfaces/IModelShardRegistry.sol";
import {AnchorTags} from "./libraries/AnchorTags.sol";
import {MerkleSha256} from "./libraries/MerkleSha256.sol";
import {Audit, Holding, Model, ShardAnswer, ShardTerms} from "./types/Shards.sol";

/// @title ModelShardRegistry
/// @notice Who keeps which shard of which model, with stake that only a failed audit takes.
/// @dev Storage: models by id; holdings by model, shard and provider; audits by number, never deleted. The balance of
/// this contract is the stake of all holdings, the fees of open audits and all that is owed.
contract ModelShardRegistry is IModelShardRegistry, Ownable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice A chunk is at most so long, so that an answer fits in a transaction.
    uint256 public constant MAX_CHUNK_BYTES = 4096;
    /// @notice So many audits of one holding can be open at once, so that a provider is not flooded. To fill them and keep
    /// others out costs a sham auditor the treasury's half of that many fees in each answer time.
    uint32 public constant MAX_OPEN_AUDITS = 32;
    /// @notice What the auditor gets of a lost stake, in ten-thousandths; the rest is the treasury's.
    uint256 public constant AUDITOR_BPS = 2500;

    /// @notice In what stakes and fees are paid.
    IERC20 public immutable token;
    /// @notice Where lost stake goes.
    address public immutable treasury;

    /// @notice The terms that hold for what begins now.
    ShardTerms public terms;
    /// @notice What each account can claim.
    mapping(address account => uint256 amountWei) public owed;

    mapping(bytes32 model => Model) private _models;
    mapping(bytes32 model => mapping(uint16 shard => mapping(address provider => Holding))) private _holdings;
    mapping(bytes32 model => mapping(uint16 shard => uint256 count)) private _providers;
    Audit[] private _audits;

    constructor(address owner_, IERC20 token_, address treasury_, ShardTerms memory terms_) Ownable(owner_) {
        if (address(token_) == address(0) || treasury_ == address(0)) revert AddressZero();
        token = token_;
        treasury = treasury_;
        _setTerms(terms_);
    }

    // ---------------------------------------------------------------- models and providers

    /// @inheritdoc IModelShardRegistry
    function register(bytes32 root, uint16 k, uint16 n) external returns (bytes32 model) {
        if (root == 0 || k == 0 || k > n) revert ModelInvalid(root, k, n);
        model = modelId(root, k, n, msg.sender);
        if (_models[model].root != 0) revert ModelAlreadyRegistered(model);
        _models[model] = Model(root, k, n, 0, msg.sender);
        emit ModelRegistered(model, root, k, n, msg.sender);
    }

    /// @inheritdoc IModelShardRegistry
    function announce(bytes32 model, uint16 shard) external nonReentrant {
        Model storage kept = _known(model);
        if (shard >= kept.n) revert ShardOutOfRange(shard, kept.n);
        Holding storage holding = _holdings[model][shard][msg.sender];
        if (holding.lockedWei != 0) revert AlreadyAnnounced(model, shard, msg.sender);
        uint128 stakeWei = terms.stakeWei;
        holding.lockedWei = stakeWei;
        if (_providers[model][shard]++ == 0) ++kept.liveShards;
        emit Announced(model, shard, msg.sender, stakeWei);
        token.safeTransferFrom(msg.sender, address(this), stakeWei);
    }

    /// @inheritdoc IModelShardRegistry
    function retire(bytes32 model, uint16 shard) external {
        Holding storage holding = _held(model, shard, msg.sender);
        if (holding.releaseAt != 0) revert AlreadyRetired(holding.releaseAt);
        holding.releaseAt = uint64(block.timestamp) + terms.exitSeconds;
        _leave(model, shard);
        emit Retired(model, shard, msg.sender, holding.releaseAt);
    }

    /// @inheritdoc IModelShardRegistry
    function release(bytes32 model, uint16 shard) external nonReentrant {
        Holding memory holding = _held(model, shard, msg.sender);
        if (holding.releaseAt == 0) revert NotRetired(model, shard);
        if (block.timestamp <= holding.releaseAt) revert StillBound(holding.releaseAt);
        if (holding.openAudits != 0) revert AuditsOpen(holding.openAudits);
        _end(_holdings[model][shard][msg.sender]);
        emit Released(model, shard, msg.sender, holding.lockedWei);
        token.safeTransfer(msg.sender, holding.lockedWei);
    }

    // ---------------------------------------------------------------- audits

    /// @inheritdoc IModelShardRegistry
    function openAudit(bytes32 model, uint16 shard, address provider) external nonReentrant returns (uint256 audit) {
        Holding storage holding = _held(model, shard, provider);
        // From its release on a holding cannot be asked any more, so that no auditor can hold it back.
        if (holding.releaseAt != 0 && block.timestamp > holding.releaseAt) {
            revert NotAnnounced(model, shard, provider);
        }
        if (holding.openAudits >= MAX_OPEN_AUDITS) revert TooManyAudits(MAX_OPEN_AUDITS);
        ++holding.openAudits;
        audit = _audits.length;
        bytes32 seed = sha256(abi.encode(AnchorTags.AUDIT, block.chainid, address(this), audit, block.prevrandao));
        uint64 deadline = uint64(block.timestamp) + terms.answerSeconds;
        uint128 feeWei = terms.feeWei;
        _audits.push(Audit(model, provider, msg.sender, shard, deadline, true, holding.generation, feeWei, seed));
        emit AuditOpened(audit, provider, model, shard, seed, deadline);
        token.safeTransferFrom(msg.sender, address(this), feeWei);
    }

    /// @inheritdoc IModelShardRegistry
    function answer(uint256 audit, ShardAnswer calldata given) external {
        Audit storage asked = _openAudit(audit);
        if (msg.sender != asked.provider) revert NotAudited(msg.sender, asked.provider);
        Holding storage holding = _holdings[asked.model][asked.shard][msg.sender];
        if (holding.generation != asked.generation) revert AuditVoid(audit);
        if (block.timestamp > asked.deadline) revert AnswerTooLate(asked.deadline);
        _requireShown(asked, given);
        asked.open = false;
        --holding.openAudits;
        uint256 earnedWei = asked.feeWei / 2;
        owed[msg.sender] += earnedWei;
        owed[treasury] += asked.feeWei - earnedWei;
        emit AuditAnswered(audit, msg.sender);
    }

    /// @inheritdoc IModelShardRegistry
    function fail(uint256 audit) external {
        Audit storage asked = _openAudit(audit);
        Holding storage holding = _holdings[asked.model][asked.shard][asked.provider];
        bool isVoid = holding.generation != asked.generation;
        if (!isVoid && block.timestamp <= asked.deadline) revert AnswerStillDue(asked.deadline);
        asked.open = false;
        owed[asked.auditor] += asked.feeWei;
        if (isVoid) {
            emit AuditVoided(audit);
            return;
        }
        uint256 lostWei = holding.lockedWei;
        if (holding.releaseAt == 0) _leave(asked.model, asked.shard);
        _end(holding);
        uint256 prizeWei = asked.auditor == asked.provider ? 0 : lostWei * AUDITOR_BPS / 10_000;
        owed[asked.auditor] += prizeWei;
        owed[treasury] += lostWei - prizeWei;
        emit AuditFailed(audit, asked.provider, lostWei);
    }

    /// @inheritdoc IModelShardRegistry
    function claim() external nonReentrant returns (uint256 amountWei) {
        amountWei = owed[msg.sender];
        if (amountWei == 0) revert NothingOwed(msg.sender);
        delete owed[msg.sender];
        token.safeTransfer(msg.sender, amountWei);
        emit Paid(msg.sender, amountWei);
    }

    // ---------------------------------------------------------------- parameters

    /// @inheritdoc IModelShardRegistry
    function setTerms(ShardTerms calldata terms_) external onlyOwner {
        _setTerms(terms_);
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc IModelShardRegistry
    function modelOf(bytes32 model) external view returns (Model memory) {
        return _models[model];
    }

    /// @inheritdoc IModelShardRegistry
    function holdingOf(bytes32 model, uint16 shard, address provider) external view returns (Holding memory) {
        return _holdings[model][shard][provider];
    }

    /// @inheritdoc IModelShardRegistry
    function auditOf(uint256 audit) external view returns (Audit memory) {
        return _existing(audit);
    }

    /// @inheritdoc IModelShardRegistry
    function providersOf(bytes32 model, uint16 shard) external view returns (uint256) {
        return _providers[model][shard];
    }

    /// @inheritdoc IModelShardRegistry
    function isRecoverable(bytes32 model) external view returns (bool) {
        Model storage kept = _known(model);
        return kept.liveShards >= kept.k;
    }

    /// @inheritdoc IModelShardRegistry
    function modelId(bytes32 root, uint16 k, uint16 n, address registrant) public view returns (bytes32) {
        return sha256(
            abi.encode(AnchorTags.SHARDS, block.chainid, address(this), root, uint256(k), uint256(n), registrant)
        );
    }

    /// @inheritdoc IModelShardRegistry
    function shardLeaf(bytes32 shardRoot, uint64 chunks) public pure returns (bytes32) {
        return MerkleSha256.leafHash(abi.encode(shardRoot, uint256(chunks)));
    }

    // ---------------------------------------------------------------- inside

    function _setTerms(ShardTerms memory terms_) private {
        if (
            terms_.stakeWei == 0 || terms_.feeWei == 0 || terms_.answerSeconds == 0
                || terms_.exitSeconds <= terms_.answerSeconds
        ) revert TermsInvalid();
        terms = terms_;
        emit TermsSet(terms_);
    }

    function _leave(bytes32 model, uint16 shard) private {
        if (--_providers[model][shard] == 0) --_models[model].liveShards;
    }

    function _end(Holding storage holding) private {
        holding.lockedWei = 0;
        holding.releaseAt = 0;
        holding.openAudits = 0;
        ++holding.generation;
    }

    function _requireShown(Audit storage asked, ShardAnswer calldata given) private view {
        if (given.chunk.length > MAX_CHUNK_BYTES) revert ChunkTooLong(given.chunk.length, MAX_CHUNK_BYTES);
        Model storage kept = _models[asked.model];
        bytes32 leaf = shardLeaf(given.shardRoot, given.chunks);
        if (!MerkleSha256.includes(leaf, asked.shard, kept.n, given.shardPath, kept.root)) {
            revert ShardProofInvalid(kept.root);
        }
        uint256 index = given.chunks == 0 ? 0 : uint256(asked.seed) % given.chunks;
        bytes32 chunk = MerkleSha256.leafHash(given.chunk);
        if (!MerkleSha256.includes(chunk, index, given.chunks, given.chunkPath, given.shardRoot)) {
            revert ChunkProofInvalid(index, given.shardRoot);
        }
    }

    function _known(bytes32 model) private view returns (Model storage kept) {
        kept = _models[model];
        if (kept.root == 0) revert ModelUnknown(model);
    }

    function _held(bytes32 model, uint16 shard, address provider) private view returns (Holding storage holding) {
        holding = _holdings[model][shard][provider];
        if (holding.lockedWei == 0) revert NotAnnounced(model, shard, provider);
    }

    function _existing(uint256 audit) private view returns (Audit storage) {
        if (audit >= _audits.length) revert AuditUnknown(audit);
        return _audits[audit];
    }

    function _openAudit(uint256 audit) private view returns (Audit storage asked) {
        asked = _existing(audit);
        if (!asked.open) revert AuditClosed(audit);
    }
}
