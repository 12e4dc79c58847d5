// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CoordinatorSeat, ModelCertificate, Outcome, SolutionOpening, Vote} from "../types/Tasks.sol";

/// @notice One vote of one committee.
/// @param sealsClose until when votes are sealed
/// @param opensClose until when they are opened
/// @param first number of the committee's first seat: 0, or 16 for the second committee
/// @param seats how many coordinators it has
/// @param solvers how many solvers were drawn
/// @param finalised whether the epoch was computed
/// @param opened bit i is set where the committee's i-th seat opened its vote
/// @param blind bit i is set where that seat's vote says that the truth cannot be read
/// @param revealed bit j is set where solver j revealed its solution: those are scored
struct Ballot {
    uint64 sealsClose;
    uint64 opensClose;
    uint8 first;
    uint8 seats;
    uint8 solvers;
    bool finalised;
    uint16 opened;
    uint16 blind;
    uint16 revealed;
}

/// @notice What became of a task's budget.
/// @param project who paid it
/// @param budgetWei how much it was
/// @param proposer who proposed
/// @param outstandingWei what is still to be paid out
/// @param aggregator who published
/// @param publishedAt when; zero: not yet
/// @param accepted bit j is set where solver j's update was accepted
/// @param barred bit j is set where solver j's update was found false later
/// @param claimed bits of what was paid: solvers from 0, coordinators from 16, proposer 32, aggregator 33
/// @param rejected whether the model was found false
/// @param modelId the published model
/// @param extent commitment to the trace of its aggregation
struct Reward {
    address project;
    uint96 budgetWei;
    address proposer;
    uint96 outstandingWei;
    address aggregator;
    uint64 publishedAt;
    uint16 accepted;
    uint16 barred;
    uint40 claimed;
    bool rejected;
    bytes32 modelId;
    bytes32 extent;
}

/// @notice What a claim is for.
enum Share {
    Solver,
    Coordinator,
    Proposer,
    Aggregator
}

/// @title IResultsRewards
/// @notice The coordinators' votes, the Yuma epoch that they decide, and the payment of what it grants. Votes are sealed
/// until a fixed time and opened until another; rewards are claimed by those who earned them, after the challenge window.
interface IResultsRewards {
    /// @notice A vote began.
    event BallotOpened(bytes32 indexed taskId, uint8 firstSeat, uint64 sealsClose, uint64 opensClose);
    /// @notice `coordinator` has seat `seat` with `stakeWei`.
    event CoordinatorSeated(
        bytes32 indexed taskId, uint256 indexed seat, address indexed coordinator, uint256 stakeWei
    );
    /// @notice A vote was sealed, or sealed anew.
    event VoteSealed(bytes32 indexed taskId, uint256 indexed seat, bytes32 seal);
    /// @notice A vote was opened.
    event VoteCast(bytes32 indexed taskId, uint256 indexed seat, Vote vote);
    /// @notice The epoch was computed. Fractions are in Q32.32, by solver that revealed and by opened vote.
    event EpochComputed(
        bytes32 indexed taskId,
        Outcome outcome,
        uint256[] consensus,
        uint256[] incentives,
        uint256[] dividends,
        uint16 acceptedSolvers
    );
    /// @notice A result was published and can be claimed from `claimableAt`; `restWei` went back to the project.
    event RewardsSettled(bytes32 indexed taskId, bytes32 indexed modelId, uint64 claimableAt, uint256 restWei);
    /// @notice `amountWei` of a task's budget went back to its project.
    event BudgetReturned(bytes32 indexed taskId, uint256 amountWei);
    /// @notice `account` was paid.
    event RewardClaimed(bytes32 indexed taskId, Share indexed share, uint256 seat, address indexed account, uint256 amountWei);
    /// @notice `account` gets `amountWei` because the proposer was silent.
    event Compensated(bytes32 indexed taskId, address indexed account, uint256 amountWei);
    /// @notice `account` took its compensation.
    event CompensationWithdrawn(address indexed account, uint256 amountWei);
    /// @notice Solver `seat` will not be paid: its update was a trap or was found false.
    event SolverBarred(bytes32 indexed taskId, uint256 indexed seat);
    /// @notice A solution can be disputed under `subject`.
    event SolutionExposed(bytes32 indexed subject, bytes32 indexed taskId, uint256 indexed seat);
    /// @notice The model was found false; nobody is paid for it any more.
    event ResultRejected(bytes32 indexed taskId);
    /// @notice `traps` is now the contract that opens traps.
    event TrapsSet(address traps);
    /// @notice `disputes` is now the contract that decides disputes.
    event DisputesSet(address disputes);

    /// @notice `caller` is not the task contract.
    error NotTasks(address caller);
    /// @notice `caller` is not the contract that opens traps.
    error NotTraps(address caller);
    /// @notice The seat is not the caller's in the present committee.
    error NotYourSeat(address caller, uint256 seat);
    /// @notice There is no vote about this task.
    error NoBallot(bytes32 taskId);
    /// @notice Votes were sealed until `sealsClose`.
    error SealsClosed(uint64 sealsClose);
    /// @notice Votes are opened from `sealsClose`.
    error SealsNotClosed(uint64 sealsClose);
    /// @notice Votes were opened until `opensClose`.
    error OpensClosed(uint64 opensClose);
    /// @notice The vote runs until `opensClose`.
    error VoteNotOver(uint64 opensClose);
    /// @notice A seal is not zero.
    error SealZero();
    /// @notice The seat did not seal a vote.
    error NotSealed(uint256 seat);
    /// @notice The seat opened its vote already.
    error AlreadyOpened(uint256 seat);
    /// @notice A vote scores every solver that revealed, or, where the truth cannot be read, none.
    error ScoreCountInvalid(uint256 scores, uint256 solvers);
    /// @notice A score is at most `MAX_SCORE`, or says that the update cannot be read.
    error ScoreTooHigh(uint32 score);
    /// @notice What is opened is not what was sealed.
    error SealMismatch(bytes32 computed, bytes32 sealed_);
    /// @notice The epoch was computed already.
    error AlreadyFinalised(bytes32 taskId);
    /// @notice The certificate marks a seat that the committee does not have.
    error SignerOutOfRange(uint256 signers, uint256 seats);
    /// @notice There are not as many signatures as marked seats.
    error SignatureCountInvalid(uint256 signatures, uint256 signers);
    /// @notice The signature for this seat is not its coordinator's.
    error SignatureInvalid(uint256 seat);
    /// @notice Two thirds of the seated stake must sign.
    error QuorumMissed(uint256 signedWei, uint256 seatedWei);
    /// @notice The task was not decided.
    error NotDecided(bytes32 taskId);
    /// @notice A model's id is not zero.
    error ModelZero();
    /// @notice Rewards can be claimed from `claimableAt`.
    error NotClaimable(uint64 claimableAt);
    /// @notice The result is disputed.
    error Disputed(bytes32 subject);
    /// @notice The result was found false.
    error Rejected(bytes32 taskId);
    /// @notice This was paid already.
    error AlreadyClaimed(Share share, uint256 seat);
    /// @notice This share is not the caller's.
    error NotYourShare(address caller);
    /// @notice There is nothing to pay.
    error NothingToClaim(address account);
    /// @notice The solution was not revealed, or does not open its seat's commitment.
    error SolutionMismatch(bytes32 taskId, uint256 seat);
    /// @notice The subject cannot be disputed now.
    error NotDisputable(bytes32 subject);

    /// @notice Takes up a task whose budget was just paid here. Only the task contract.
    function open(bytes32 taskId, address project, address proposer, uint96 budgetWei) external;

    /// @notice Opens the vote of a committee. Only the task contract.
    function seat(
        bytes32 taskId,
        address[] calldata coordinators,
        uint96[] calldata stakesWei,
        uint64 sealsClose,
        uint64 opensClose
    ) external;

    /// @notice Seals the caller's vote, or seals it anew.
    /// @param seal_ `Commitments.vote`
    function sealVote(bytes32 taskId, uint256 seat_, bytes32 seal_) external;

    /// @notice Opens the caller's vote.
    function openVote(bytes32 taskId, uint256 seat_, Vote calldata vote, bytes32 salt) external;

    /// @notice Computes the epoch after the vote is over and tells the task contract. Anybody.
    function finalise(bytes32 taskId) external;

    /// @notice Settles a published task. Only the task contract.
    function settle(
        bytes32 taskId,
        address aggregator,
        bytes32 modelId,
        bytes32 extent,
        ModelCertificate calldata certificate
    ) external;

    /// @notice Gives a void task's budget back to its project. Only the task contract.
    function refund(bytes32 taskId) external;

    /// @notice Shares what was taken from a silent proposer, and is here, among the solvers that committed. Only the task
    /// contract.
    function compensate(bytes32 taskId, uint256 amountWei, address[] calldata solvers) external;

    /// @notice Pays the caller its share of a task.
    /// @param seat_ of a solver or coordinator; ignored for the others
    function claim(bytes32 taskId, Share share, uint256 seat_) external returns (uint256 amountWei);

    /// @notice Pays the caller its compensations.
    function withdrawCompensation() external returns (uint256 amountWei);

    /// @notice Makes a revealed solution a subject of disputes. Anybody.
    function exposeSolution(bytes32 taskId, uint256 seat_, SolutionOpening calldata opening)
        external
        returns (bytes32 subject);

    /// @notice Bars a solver whose update was a trap. Only the contract that opens traps.
    function barTrap(bytes32 taskId, uint256 seat_) external;

    /// @notice Names the contract that opens traps. Only the timelock.
    function setTraps(address traps_) external;

    /// @notice Names the contract that decides disputes. Only the timelock.
    function setDisputes(address disputes_) external;

    /// @notice Reverts unless coordinators with two thirds of the seated stake of the deciding committee signed.
    function requireCertified(bytes32 taskId, bytes32 digest, ModelCertificate calldata certificate) external view;

    /// @notice Whether a result was published, can no longer be challenged, and was not found false.
    function isFinal(bytes32 taskId) external view returns (bool);

    /// @notice The project of a task.
    function projectOf(bytes32 taskId) external view returns (address);

    /// @notice The vote of a task's present committee.
    function ballotOf(bytes32 taskId) external view returns (Ballot memory);

    /// @notice A coordinator's seat and vote.
    function seatOf(bytes32 taskId, uint256 seat_) external view returns (CoordinatorSeat memory);

    /// @notice What became of a task's budget.
    function rewardOf(bytes32 taskId) external view returns (Reward memory);

    /// @notice The incentives (Q32.32) by solver and dividends by seat of the deciding committee.
    function sharesOf(bytes32 taskId) external view returns (uint256[] memory incentives, uint256[] memory dividends);

    /// @notice What a share is worth.
    function amountOf(bytes32 taskId, Share share, uint256 seat_) external view returns (uint256);

    /// @notice The stored bond of a coordinator in a solver of a project, `place` being the solver's in the roster.
    function bondOf(address project, address coordinator, uint256 place) external view returns (uint256);
}
