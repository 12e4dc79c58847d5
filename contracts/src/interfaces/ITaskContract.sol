// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ModelCertificate,
    Outcome,
    PhaseSeconds,
    SolutionOpening,
    SolverSeat,
    Task,
    TaskPhase,
    VoidReason
} from "../types/Tasks.sol";

/// @title ITaskContract
/// @notice The life of a task, which is one round of a project: propose, commit, reveal the truth, reveal the solutions,
/// draw coordinators, vote (in the rewards contract), aggregate, publish. Every phase has a deadline after which anybody
/// can move the task on, and whoever was silent is charged at most 1 % of its stake.
interface ITaskContract {
    /// @notice A round began; its solvers are drawn.
    event TaskProposed(
        bytes32 indexed taskId,
        address indexed project,
        address indexed proposer,
        uint32 round,
        bytes32 recipeId,
        bytes32 truthCommitment
    );
    /// @notice `solver` has seat `seat`.
    event SolverSeated(bytes32 indexed taskId, uint256 indexed seat, address indexed solver);
    /// @notice A solver committed.
    event SolutionCommitted(bytes32 indexed taskId, uint256 indexed seat, bytes32 commitment);
    /// @notice The truth is known, and the seed with it.
    event TruthRevealed(
        bytes32 indexed taskId, bytes32 ciphertextId, bytes32 plaintextId, bytes32 salt, bytes32 seed
    );
    /// @notice A solution is known.
    event SolutionRevealed(bytes32 indexed taskId, uint256 indexed seat, SolutionOpening opening);
    /// @notice The task entered a phase that ends at `deadline`.
    event PhaseEntered(bytes32 indexed taskId, TaskPhase indexed phase, uint64 deadline);
    /// @notice It is the turn of `aggregator`.
    event AggregatorCalled(bytes32 indexed taskId, address indexed aggregator);
    /// @notice The round has a model.
    event ModelPublished(bytes32 indexed taskId, address indexed aggregator, bytes32 modelId, bytes32 extent);
    /// @notice The task ended without a result; its budget went back.
    event TaskVoid(bytes32 indexed taskId, VoidReason indexed reason);
    /// @notice New tasks have phases of these lengths.
    event PhaseSecondsSet(PhaseSeconds phases);

    /// @notice `caller` may not connect the rewards contract, or it is connected.
    error CannotConnect(address caller);
    /// @notice `caller` is not the rewards contract.
    error NotRewards(address caller);
    /// @notice A phase has no length, or all together reach `maximumSeconds`: stake must outlast a task and the
    /// challenge of its result.
    error PhaseSecondsInvalid(uint256 totalSeconds, uint256 maximumSeconds);
    /// @notice The project has a task under way.
    error TaskUnderWay(bytes32 taskId);
    /// @notice The caller left this round's truth unrevealed: another proposes now.
    error ProposerDefaulted(address proposer);
    /// @notice A commitment is not zero.
    error CommitmentZero();
    /// @notice The project did not pay the budget that it named.
    error BudgetNotPaid(uint256 paidWei, uint256 budgetWei);
    /// @notice A round seats 1 to 16 solvers and 3 to 16 coordinators.
    error SeatsInvalid(uint8 solverSeats, uint8 coordinatorSeats);
    /// @notice No solver can be drawn.
    error NoSolverFree(address project);
    /// @notice Only `drawn` coordinators can be drawn.
    error TooFewCoordinators(uint256 drawn, uint256 needed);
    /// @notice The task is in phase `actual`.
    error WrongPhase(TaskPhase actual, TaskPhase needed);
    /// @notice The phase ended at `deadline`: advance the task.
    error PhaseOver(uint64 deadline);
    /// @notice The phase ends at `deadline`.
    error PhaseNotOver(uint64 deadline);
    /// @notice The task does not wait for time.
    error NothingToAdvance(TaskPhase phase);
    /// @notice The seat is not the caller's.
    error NotYourSeat(address caller, uint256 seat);
    /// @notice The seat committed already.
    error AlreadyCommitted(uint256 seat);
    /// @notice The seat did not commit.
    error NotCommitted(uint256 seat);
    /// @notice The seat revealed already.
    error AlreadyRevealed(uint256 seat);
    /// @notice What is revealed is not what was committed to.
    error CommitmentMismatch(bytes32 computed, bytes32 committed);
    /// @notice Only the proposer of the task can do this.
    error NotProposer(address caller);
    /// @notice It is the turn of `expected`.
    error NotYourTurn(address caller, address expected);

    /// @notice Begins the next round of a project and draws its solvers. The caller must be enrolled as a proposer.
    /// @param recipeId the training recipe's blob
    /// @param truthCommitment `Commitments.truth` of this round
    function propose(address project, bytes32 recipeId, bytes32 truthCommitment) external returns (bytes32 taskId);

    /// @notice Commits the caller's seat to a solution. Equal commitments are accepted: a copier cannot open.
    function commit(bytes32 taskId, uint256 seat, bytes32 commitment) external;

    /// @notice Reveals the truth. Only the proposer.
    function revealTruth(bytes32 taskId, bytes32 ciphertextId, bytes32 plaintextId, bytes32 salt) external;

    /// @notice Reveals a solution. Only whose seat it is.
    function revealSolution(bytes32 taskId, uint256 seat, SolutionOpening calldata opening) external;

    /// @notice Draws the coordinators and opens their vote. Anybody.
    function drawCoordinators(bytes32 taskId) external;

    /// @notice Moves a task on whose phase is over, and charges who was silent. Anybody.
    function advance(bytes32 taskId) external;

    /// @notice Takes the outcome of the vote. Only the rewards contract.
    /// @param silent coordinators that did not open a vote
    /// @param unreadable bit i is set where the committee agrees that the solution of seat i cannot be read: silence too
    function conclude(bytes32 taskId, Outcome outcome, address[] calldata silent, uint256 unreadable) external;

    /// @notice Publishes the round's model, certified by its coordinators. Only the aggregator whose turn it is.
    /// @param extent commitment to the trace of the aggregation, as disputes ask for it
    function publish(bytes32 taskId, bytes32 modelId, bytes32 extent, ModelCertificate calldata certificate) external;

    /// @notice Sets the phases of new tasks. Only the timelock.
    function setPhaseSeconds(PhaseSeconds calldata phases) external;

    /// @notice A task.
    function taskOf(bytes32 taskId) external view returns (Task memory);

    /// @notice A task's solvers, by seat.
    function solversOf(bytes32 taskId) external view returns (SolverSeat[] memory);

    /// @notice A task's aggregators, in the order of their turns.
    function aggregatorsOf(bytes32 taskId) external view returns (address[] memory);

    /// @notice The project's last task, published rounds, and the seed that draws the next solvers.
    function progressOf(address project) external view returns (bytes32 lastTask, uint32 rounds, bytes32 seed);
}
