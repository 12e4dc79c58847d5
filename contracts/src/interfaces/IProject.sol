// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ModelCertificate} from "../types/Tasks.sol";

/// @notice How a project's inference income is split; what is left goes to the escrow that pays for training.
/// @param serverBps ten-thousandths for the server
/// @param holdersBps ten-thousandths for the holders of the project's token
struct IncomeSplit {
    uint16 serverBps;
    uint16 holdersBps;
}

/// @notice A paid question.
/// @param requester who asked and gets the price back if nobody answers
/// @param priceWei what it put up
/// @param expiresAt from when it can be refunded, and not answered any more
/// @param settled answered or refunded
/// @param split how the price will be split: as it was when the question was asked
/// @param modelId the model that has to answer
/// @param inputId the question's blob
struct InferenceRequest {
    address requester;
    uint96 priceWei;
    uint64 expiresAt;
    bool settled;
    IncomeSplit split;
    bytes32 modelId;
    bytes32 inputId;
}

/// @title IProject
/// @notice One AI project: its escrow, its budget for each round of training, its published model, and the sale of that
/// model's answers. Money leaves the escrow only as a round's budget; no key can draw on it.
interface IProject {
    /// @notice `from` added to the escrow.
    event Funded(address indexed from, uint256 amountWei);
    /// @notice `investor` added to the escrow and got project tokens.
    event Invested(address indexed investor, uint256 amountWei, uint256 tokens);
    /// @notice From now on a round costs `budgetWei` and seats so many.
    event BudgetSet(uint256 budgetWei, uint8 solverSeats, uint8 coordinatorSeats);
    /// @notice The budget of a task left the escrow.
    event RoundOpened(bytes32 indexed taskId, uint256 budgetWei);
    /// @notice `blobId` answers from now on.
    event MatureModelSet(uint64 indexed version, bytes32 indexed blobId, bytes32 taskId);
    /// @notice An answer costs `priceWei`, and is due within `timeoutSeconds`.
    event InferenceTermsSet(uint256 priceWei, uint64 timeoutSeconds, IncomeSplit split);
    /// @notice `server` may answer, or no longer.
    event ServerSet(address indexed server, bool allowed);
    /// @notice A question was asked and paid.
    event InferenceRequested(
        uint256 indexed requestId, address indexed requester, bytes32 modelId, bytes32 inputId, uint256 priceWei
    );
    /// @notice A question was answered.
    event InferenceFulfilled(uint256 indexed requestId, address indexed server, bytes32 resultId);
    /// @notice A question was not answered in time; its price went back.
    event InferenceRefunded(uint256 indexed requestId);
    /// @notice `account` took what it was owed.
    event Withdrawn(address indexed account, uint256 amountWei);

    /// @notice The amount is zero.
    error AmountZero();
    /// @notice An address in the constructor is zero.
    error AddressZero();
    /// @notice `caller` is not the task contract.
    error NotTasks(address caller);
    /// @notice The escrow holds only `escrowWei`.
    error EscrowTooLow(uint256 neededWei, uint256 escrowWei);
    /// @notice The project has no budget for rounds.
    error NoBudget();
    /// @notice A round seats 1 to 16 solvers and 3 to 16 coordinators.
    error SeatsInvalid(uint8 solverSeats, uint8 coordinatorSeats);
    /// @notice The token can be issued up to `capWei`.
    error TokenCapExceeded(uint256 tokens, uint256 capWei);
    /// @notice The investment gives `tokens`, less than the `minimum` asked for.
    error TooFewTokens(uint256 tokens, uint256 minimum);
    /// @notice A mature model's version is above the present one.
    error VersionNotNewer(uint64 version, uint64 current);
    /// @notice The task is not of this project, or its result is not final.
    error ResultNotFinal(bytes32 taskId);
    /// @notice The shares are above 10,000 together.
    error SplitInvalid(uint256 bps);
    /// @notice The timeout is zero.
    error TimeoutZero();
    /// @notice There is no mature model yet.
    error NoMatureModel();
    /// @notice The price is `priceWei` now.
    error PriceTooHigh(uint256 priceWei, uint256 maximumWei);
    /// @notice There is no such open request.
    error RequestNotOpen(uint256 requestId);
    /// @notice The request expired at `expiresAt`.
    error RequestExpired(uint64 expiresAt);
    /// @notice The request can still be answered until `expiresAt`.
    error RequestNotExpired(uint64 expiresAt);
    /// @notice `server` does not serve for this project.
    error NotServer(address server);
    /// @notice The signature is not the server's under this answer.
    error SignatureInvalid();
    /// @notice Nothing is owed to `account`.
    error NothingOwed(address account);

    /// @notice Adds to the escrow. It is a gift: it buys nothing.
    function fund(uint256 amountWei) external;

    /// @notice Adds to the escrow and gets project tokens at the fixed rate.
    /// @param minimumTokens less is refused
    function invest(uint256 amountWei, uint256 minimumTokens) external returns (uint256 tokens);

    /// @notice Sets what a round costs and seats. Only the owner; rounds under way keep theirs.
    function setBudget(uint256 budgetWei, uint8 solverSeats_, uint8 coordinatorSeats_) external;

    /// @notice Moves a round's budget to the contract that pays it out. Only the task contract.
    function openRound(bytes32 taskId)
        external
        returns (uint256 budgetWei, uint8 solverSeats, uint8 coordinatorSeats);

    /// @notice Names the model that answers from now on. Only the owner, and only with a certificate of the coordinators
    /// of a final task of this project.
    function setMatureModel(uint64 version, bytes32 blobId, bytes32 taskId, ModelCertificate calldata certificate)
        external;

    /// @notice Sets the terms of new questions. Only the owner.
    function setInferenceTerms(uint96 priceWei, uint64 timeoutSeconds, IncomeSplit calldata split_) external;

    /// @notice Lets a server answer, or no longer. Only the owner.
    function setServer(address server, bool allowed) external;

    /// @notice Asks the mature model; the price stays here until it answers or time runs out.
    function requestInference(bytes32 inputId, uint256 maximumPriceWei) external returns (uint256 requestId);

    /// @notice Brings an answer, signed by its server. Anybody may bring it.
    function fulfil(uint256 requestId, bytes32 resultId, address server, bytes calldata signature) external;

    /// @notice Gives the price of an unanswered question back to who asked.
    function refund(uint256 requestId) external;

    /// @notice Pays the caller what it is owed.
    function withdraw() external returns (uint256 amountWei);

    /// @notice What can be spent on rounds: what is here less what is owed and what is put up for questions.
    function escrowWei() external view returns (uint256);
}
