// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ProjectToken} from "./ProjectToken.sol";
import {IncomeSplit, InferenceRequest, IProject} from "./interfaces/IProject.sol";
import {IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {Commitments} from "./libraries/Commitments.sol";
import {ModelCertificate} from "./types/Tasks.sol";

/// @notice What a project is created with.
/// @param name of the project's token
/// @param symbol of the project's token
/// @param owner sets budgets, prices, servers and the mature model
/// @param atn what everything is paid in
/// @param tasks the task contract, which takes the rounds' budgets
/// @param rewards the contract that pays them out
/// @param tokensPerAtn project tokens for each ATN invested, for ever
/// @param tokenCap how many project tokens there can be
struct ProjectTerms {
    string name;
    string symbol;
    address owner;
    IERC20 atn;
    address tasks;
    IResultsRewards rewards;
    uint256 tokensPerAtn;
    uint256 tokenCap;
}

/// @title Project
/// @notice One AI project: escrow, budget, published model and the sale of its answers. See `IProject`.
/// @dev The escrow is what the contract holds less what it owes, so that a plain transfer, such as the rest of a round's
/// budget coming back, funds it.
contract Project is IProject, Ownable, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice The most seats of a kind in a round.
    uint8 public constant MAX_SEATS = 16;
    /// @notice The fewest coordinators in a round.
    uint8 public constant MIN_COORDINATORS = 3;
    uint256 private constant BPS = 10_000;

    /// @notice What everything is paid in.
    IERC20 public immutable atn;
    /// @notice The project's own token.
    ProjectToken public immutable token;
    /// @notice The task contract.
    address public immutable tasks;
    /// @notice The contract that pays rounds out.
    IResultsRewards public immutable rewards;
    /// @notice Project tokens for each ATN invested.
    uint256 public immutable tokensPerAtn;
    /// @notice How many project tokens there can be.
    uint256 public immutable tokenCap;

    /// @notice What a round costs.
    uint256 public roundBudgetWei;
    /// @notice How many solvers a round seats.
    uint8 public solverSeats;
    /// @notice How many coordinators a round seats.
    uint8 public coordinatorSeats;
    /// @notice The version of the model that answers.
    uint64 public modelVersion;
    /// @notice How long an answer may take.
    uint64 public inferenceTimeoutSeconds;
    /// @notice What an answer costs.
    uint96 public inferencePriceWei;
    /// @notice How income is split.
    IncomeSplit public split;
    /// @notice The model that answers; zero: none yet.
    bytes32 public matureModelId;
    /// @notice Who may answer.
    mapping(address server => bool) public servers;
    /// @notice What is owed to an account.
    mapping(address account => uint256) public owedWei;

    uint256 private _liabilitiesWei;
    InferenceRequest[] private _requests;

    constructor(ProjectTerms memory terms) Ownable(terms.owner) {
        if (address(terms.atn) == address(0) || terms.tasks == address(0) || address(terms.rewards) == address(0)) {
            revert AddressZero();
        }
        atn = terms.atn;
        tasks = terms.tasks;
        rewards = terms.rewards;
        tokensPerAtn = terms.tokensPerAtn;
        tokenCap = terms.tokenCap;
        token = new ProjectToken(terms.name, terms.symbol, terms.atn);
    }

    /// @inheritdoc IProject
    function fund(uint256 amountWei) external nonReentrant {
        if (amountWei == 0) revert AmountZero();
        emit Funded(msg.sender, amountWei);
        atn.safeTransferFrom(msg.sender, address(this), amountWei);
    }

    /// @inheritdoc IProject
    function invest(uint256 amountWei, uint256 minimumTokens) external nonReentrant returns (uint256 tokens) {
        if (amountWei == 0) revert AmountZero();
        tokens = amountWei * tokensPerAtn;
        if (tokens == 0 || tokens < minimumTokens) revert TooFewTokens(tokens, minimumTokens);
        uint256 issued = token.totalSupply() + tokens;
        if (issued > tokenCap) revert TokenCapExceeded(issued, tokenCap);
        emit Invested(msg.sender, amountWei, tokens);
        atn.safeTransferFrom(msg.sender, address(this), amountWei);
        token.mint(msg.sender, tokens);
    }

    /// @inheritdoc IProject
    function setBudget(uint256 budgetWei, uint8 solverSeats_, uint8 coordinatorSeats_) external onlyOwner {
        if (
            solverSeats_ == 0 || solverSeats_ > MAX_SEATS || coordinatorSeats_ < MIN_COORDINATORS
                || coordinatorSeats_ > MAX_SEATS
        ) revert SeatsInvalid(solverSeats_, coordinatorSeats_);
        roundBudgetWei = budgetWei;
        solverSeats = solverSeats_;
        coordinatorSeats = coordinatorSeats_;
        emit BudgetSet(budgetWei, solverSeats_, coordinatorSeats_);
    }

    /// @inheritdoc IProject
    function openRound(bytes32 taskId) external nonReentrant returns (uint256, uint8, uint8) {
        if (msg.sender != tasks) revert NotTasks(msg.sender);
        uint256 budgetWei = roundBudgetWei;
        if (budgetWei == 0) revert NoBudget();
        uint256 availableWei = escrowWei();
        if (budgetWei > availableWei) revert EscrowTooLow(budgetWei, availableWei);
        emit RoundOpened(taskId, budgetWei);
        atn.safeTransfer(address(rewards), budgetWei);
        return (budgetWei, solverSeats, coordinatorSeats);
    }

    /// @inheritdoc IProject
    function setMatureModel(uint64 version, bytes32 blobId, bytes32 taskId, ModelCertificate calldata certificate)
        external
        onlyOwner
    {
        if (version <= modelVersion) revert VersionNotNewer(version, modelVersion);
        if (!rewards.isFinal(taskId) || rewards.projectOf(taskId) != address(this)) revert ResultNotFinal(taskId);
        rewards.requireCertified(taskId, Commitments.matureModel(address(this), version, blobId), certificate);
        modelVersion = version;
        matureModelId = blobId;
        emit MatureModelSet(version, blobId, taskId);
    }

    /// @inheritdoc IProject
    function setInferenceTerms(uint96 priceWei, uint64 timeoutSeconds, IncomeSplit calldata split_)
        external
        onlyOwner
    {
        uint256 bps = uint256(split_.serverBps) + split_.holdersBps;
        if (bps > BPS) revert SplitInvalid(bps);
        if (timeoutSeconds == 0) revert TimeoutZero();
        inferencePriceWei = priceWei;
        inferenceTimeoutSeconds = timeoutSeconds;
        split = split_;
        emit InferenceTermsSet(priceWei, timeoutSeconds, split_);
    }

    /// @inheritdoc IProject
    function setServer(address server, bool allowed) external onlyOwner {
        servers[server] = allowed;
        emit ServerSet(server, allowed);
    }

    /// @inheritdoc IProject
    function requestInference(bytes32 inputId, uint256 maximumPriceWei)
        external
        nonReentrant
        returns (uint256 requestId)
    {
        bytes32 modelId = matureModelId;
        if (modelId == bytes32(0)) revert NoMatureModel();
        if (inferenceTimeoutSeconds == 0) revert TimeoutZero();
        uint96 priceWei = inferencePriceWei;
        if (priceWei > maximumPriceWei) revert PriceTooHigh(priceWei, maximumPriceWei);
        requestId = _requests.length;
        uint64 expiresAt = (block.timestamp + inferenceTimeoutSeconds).toUint64();
        _requests.push(InferenceRequest(msg.sender, priceWei, expiresAt, false, split, modelId, inputId));
        _liabilitiesWei += priceWei;
        emit InferenceRequested(requestId, msg.sender, modelId, inputId, priceWei);
        atn.safeTransferFrom(msg.sender, address(this), priceWei);
    }

    /// @inheritdoc IProject
    function fulfil(uint256 requestId, bytes32 resultId, address server, bytes calldata signature)
        external
        nonReentrant
    {
        InferenceRequest storage request = _open(requestId);
        if (block.timestamp >= request.expiresAt) revert RequestExpired(request.expiresAt);
        if (!servers[server]) revert NotServer(server);
        bytes32 digest =
            Commitments.inference(address(this), requestId, request.modelId, request.inputId, resultId);
        if (!SignatureChecker.isValidSignatureNow(server, digest, signature)) revert SignatureInvalid();
        request.settled = true;
        uint256 priceWei = request.priceWei;
        uint256 serverWei = priceWei * request.split.serverBps / BPS;
        // Without holders their share joins the escrow.
        uint256 holdersWei = token.totalSupply() == 0 ? 0 : priceWei * request.split.holdersBps / BPS;
        owedWei[server] += serverWei;
        _liabilitiesWei = _liabilitiesWei - priceWei + serverWei;
        emit InferenceFulfilled(requestId, server, resultId);
        if (holdersWei != 0) {
            atn.forceApprove(address(token), holdersWei);
            token.distribute(holdersWei);
        }
    }

    /// @inheritdoc IProject
    function refund(uint256 requestId) external nonReentrant {
        InferenceRequest storage request = _open(requestId);
        if (block.timestamp < request.expiresAt) revert RequestNotExpired(request.expiresAt);
        request.settled = true;
        _liabilitiesWei -= request.priceWei;
        emit InferenceRefunded(requestId);
        atn.safeTransfer(request.requester, request.priceWei);
    }

    /// @inheritdoc IProject
    function withdraw() external nonReentrant returns (uint256 amountWei) {
        amountWei = owedWei[msg.sender];
        if (amountWei == 0) revert NothingOwed(msg.sender);
        owedWei[msg.sender] = 0;
        _liabilitiesWei -= amountWei;
        emit Withdrawn(msg.sender, amountWei);
        atn.safeTransfer(msg.sender, amountWei);
    }

    /// @notice A question, answered or not.
    function requestOf(uint256 requestId) external view returns (InferenceRequest memory) {
        return _requests[requestId];
    }

    /// @inheritdoc IProject
    function escrowWei() public view returns (uint256) {
        return atn.balanceOf(address(this)) - _liabilitiesWei;
    }

    function _open(uint256 requestId) private view returns (InferenceRequest storage request) {
        if (requestId >= _requests.length) revert RequestNotOpen(requestId);
        request = _requests[requestId];
        if (request.settled) revert RequestNotOpen(requestId);
    }
}
