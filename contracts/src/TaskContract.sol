// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Roster} from "./Roster.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IProject} from "./interfaces/IProject.sol";
import {IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {Commitments} from "./libraries/Commitments.sol";
import {Role, SlashReason} from "./types/Staking.sol";
import {
    ModelCertificate,
    Outcome,
    PhaseSeconds,
    SolutionOpening,
    SolverSeat,
    Task,
    TaskPhase,
    VoidReason
} from "./types/Tasks.sol";

/// @title TaskContract
/// @notice The life of a task, which is one round of a project. See `ITaskContract`.
/// @dev The owner is the timelock; it sets the lengths of phases of new tasks. A project has one task at a time, so that
/// rounds follow one another. It never holds money.
contract TaskContract is ITaskContract, Roster, Ownable, ReentrancyGuardTransient {
    using SafeCast for uint256;

    /// @notice The most solvers of a task, and the most coordinators of a committee.
    uint256 public constant MAX_SEATS = 16;
    /// @notice The fewest coordinators of a committee.
    uint256 public constant MIN_COORDINATORS = 3;
    /// @notice How many aggregators get a turn.
    uint256 public constant MAX_AGGREGATORS = 3;
    /// @notice What goes to the solvers of what a silent proposer is charged: half, the most there can be.
    uint256 public constant COMPENSATION_BPS = 5_000;

    /// @notice What budgets are paid in.
    IERC20 public immutable token;
    address private immutable _deployer;

    /// @notice The contract that holds votes and pays.
    IResultsRewards public rewards;
    /// @notice The lengths of phases of new tasks.
    PhaseSeconds public phaseSeconds;

    struct Progress {
        bytes32 lastTask;
        bytes32 seed;
        uint32 rounds;
        uint32 tasks;
        address defaulter;
    }

    mapping(address project => Progress) private _progress;
    mapping(bytes32 taskId => Task) private _tasks;
    mapping(bytes32 taskId => SolverSeat[]) private _solvers;
    mapping(bytes32 taskId => address[]) private _aggregators;
    mapping(bytes32 taskId => address[]) private _silentCoordinators;

    constructor(IParticipantStaking staking_, address owner_, PhaseSeconds memory phases)
        Roster(staking_)
        Ownable(owner_)
    {
        token = staking_.token();
        _deployer = msg.sender;
        _setPhaseSeconds(phases);
    }

    modifier onlyRewards() {
        if (msg.sender != address(rewards)) revert NotRewards(msg.sender);
        _;
    }

    /// @notice Names the rewards contract, which needs this one's address first. Once, by who deployed this contract.
    function connect(IResultsRewards rewards_) external {
        if (msg.sender != _deployer || address(rewards) != address(0)) revert CannotConnect(msg.sender);
        rewards = rewards_;
    }

    /// @inheritdoc ITaskContract
    function propose(address project, bytes32 recipeId, bytes32 truthCommitment)
        external
        nonReentrant
        returns (bytes32 taskId)
    {
        if (truthCommitment == bytes32(0)) revert CommitmentZero();
        Progress storage progress = _progress[project];
        _requireMayPropose(project, progress);
        uint32 number = progress.tasks;
        taskId = Commitments.task(address(this), project, number);
        progress.tasks = number + 1;
        progress.lastTask = taskId;
        progress.defaulter = address(0);

        Task storage task = _tasks[taskId];
        task.project = project;
        task.round = progress.rounds;
        task.proposer = msg.sender;
        task.phases = phaseSeconds;
        task.recipeId = recipeId;
        task.truthCommitment = truthCommitment;
        emit TaskProposed(taskId, project, msg.sender, task.round, recipeId, truthCommitment);
        uint8 solverSeats = _takeBudget(taskId, task);
        _seatSolvers(taskId, task, progress.seed, solverSeats);
        _enter(taskId, task, TaskPhase.Committing, task.phases.commit);
    }

    /// @inheritdoc ITaskContract
    function commit(bytes32 taskId, uint256 seat, bytes32 commitment) external nonReentrant {
        Task storage task = _during(taskId, TaskPhase.Committing);
        SolverSeat storage s = _ownSeat(taskId, seat);
        if (commitment == bytes32(0)) revert CommitmentZero();
        if (s.commitment != bytes32(0)) revert AlreadyCommitted(seat);
        s.commitment = commitment;
        task.committed += 1;
        emit SolutionCommitted(taskId, seat, commitment);
        if (task.committed == _solvers[taskId].length) _closeCommitments(taskId, task);
    }

    /// @inheritdoc ITaskContract
    function revealTruth(bytes32 taskId, bytes32 ciphertextId, bytes32 plaintextId, bytes32 salt)
        external
        nonReentrant
    {
        Task storage task = _during(taskId, TaskPhase.TruthDue);
        if (msg.sender != task.proposer) revert NotProposer(msg.sender);
        bytes32 computed =
            Commitments.truth(task.project, task.round, msg.sender, ciphertextId, plaintextId, salt);
        if (computed != task.truthCommitment) revert CommitmentMismatch(computed, task.truthCommitment);
        task.truthSalt = salt;
        task.seed = _committeeSeed(taskId, task);
        emit TruthRevealed(taskId, ciphertextId, plaintextId, salt, task.seed);
        _enter(taskId, task, TaskPhase.SolutionsDue, task.phases.solutions);
    }

    /// @inheritdoc ITaskContract
    function revealSolution(bytes32 taskId, uint256 seat, SolutionOpening calldata opening) external nonReentrant {
        Task storage task = _during(taskId, TaskPhase.SolutionsDue);
        SolverSeat storage s = _ownSeat(taskId, seat);
        if (s.commitment == bytes32(0)) revert NotCommitted(seat);
        if (s.revealed) revert AlreadyRevealed(seat);
        bytes32 computed = Commitments.update(taskId, msg.sender, opening);
        if (computed != s.commitment) revert CommitmentMismatch(computed, s.commitment);
        s.revealed = true;
        task.revealed += 1;
        emit SolutionRevealed(taskId, seat, opening);
        if (task.revealed == task.committed) _closeSolutions(taskId, task);
    }

    /// @inheritdoc ITaskContract
    function drawCoordinators(bytes32 taskId) external nonReentrant {
        Task storage task = _during(taskId, TaskPhase.DrawDue);
        (address[] memory accounts, uint96[] memory stakesWei) =
            _draw(task.project, Role.Coordinator, task.seed, task.coordinatorSeats, _barredCoordinators(taskId, task));
        if (accounts.length < MIN_COORDINATORS) revert TooFewCoordinators(accounts.length, MIN_COORDINATORS);
        _enter(taskId, task, TaskPhase.Voting, uint256(task.phases.seal) + task.phases.open);
        rewards.seat(taskId, accounts, stakesWei, (block.timestamp + task.phases.seal).toUint64(), task.deadline);
    }

    /// @inheritdoc ITaskContract
    function advance(bytes32 taskId) external nonReentrant {
        Task storage task = _tasks[taskId];
        TaskPhase phase = task.phase;
        if (
            phase == TaskPhase.None || phase == TaskPhase.Voting || phase == TaskPhase.Published
                || phase == TaskPhase.Void
        ) revert NothingToAdvance(phase);
        if (block.timestamp < task.deadline) revert PhaseNotOver(task.deadline);
        if (phase == TaskPhase.Committing) {
            _closeCommitments(taskId, task);
        } else if (phase == TaskPhase.TruthDue) {
            _defaultProposer(taskId, task);
        } else if (phase == TaskPhase.SolutionsDue) {
            _closeSolutions(taskId, task);
        } else if (phase == TaskPhase.DrawDue) {
            _void(taskId, task, VoidReason.NoCommittee);
        } else {
            _charge(_aggregators[taskId][task.turn], Role.Aggregator);
            task.turn += 1;
            _callAggregator(taskId, task);
        }
    }

    /// @inheritdoc ITaskContract
    function conclude(bytes32 taskId, Outcome outcome, address[] calldata silent, uint256 unreadable)
        external
        onlyRewards
        nonReentrant
    {
        Task storage task = _tasks[taskId];
        if (task.phase != TaskPhase.Voting) revert WrongPhase(task.phase, TaskPhase.Voting);
        for (uint256 i = 0; i < silent.length; ++i) {
            _charge(silent[i], Role.Coordinator);
        }
        SolverSeat[] storage seats = _solvers[taskId];
        for (uint256 i = 0; unreadable >> i != 0; ++i) {
            if ((unreadable >> i) & 1 == 1) _charge(seats[i].solver, Role.Solver);
        }
        if (outcome == Outcome.Decided) {
            (_aggregators[taskId],) = _draw(
                task.project,
                Role.Aggregator,
                Commitments.aggregatorSeed(task.seed),
                MAX_AGGREGATORS,
                new address[](0)
            );
            _callAggregator(taskId, task);
        } else if (outcome == Outcome.NoTruth) {
            _defaultProposer(taskId, task);
        } else if (outcome == Outcome.NoSolution) {
            _void(taskId, task, VoidReason.NoSolution);
        } else if (task.committee == 0) {
            task.committee = 1;
            task.seed = _committeeSeed(taskId, task);
            _silentCoordinators[taskId] = silent;
            _enter(taskId, task, TaskPhase.DrawDue, task.phases.draw);
        } else {
            _void(taskId, task, VoidReason.Undecided);
        }
    }

    /// @inheritdoc ITaskContract
    function publish(bytes32 taskId, bytes32 modelId, bytes32 extent, ModelCertificate calldata certificate)
        external
        nonReentrant
    {
        Task storage task = _during(taskId, TaskPhase.Aggregating);
        address expected = _aggregators[taskId][task.turn];
        if (msg.sender != expected) revert NotYourTurn(msg.sender, expected);
        Progress storage progress = _progress[task.project];
        progress.rounds = task.round + 1;
        progress.seed = task.seed;
        emit ModelPublished(taskId, msg.sender, modelId, extent);
        _end(taskId, task, TaskPhase.Published);
        rewards.settle(taskId, msg.sender, modelId, extent, certificate);
    }

    /// @inheritdoc ITaskContract
    function setPhaseSeconds(PhaseSeconds calldata phases) external onlyOwner {
        _setPhaseSeconds(phases);
    }

    /// @inheritdoc ITaskContract
    function taskOf(bytes32 taskId) external view returns (Task memory) {
        return _tasks[taskId];
    }

    /// @inheritdoc ITaskContract
    function solversOf(bytes32 taskId) external view returns (SolverSeat[] memory) {
        return _solvers[taskId];
    }

    /// @inheritdoc ITaskContract
    function aggregatorsOf(bytes32 taskId) external view returns (address[] memory) {
        return _aggregators[taskId];
    }

    /// @inheritdoc ITaskContract
    function progressOf(address project) external view returns (bytes32 lastTask, uint32 rounds, bytes32 seed) {
        Progress storage progress = _progress[project];
        return (progress.lastTask, progress.rounds, progress.seed);
    }

    function _requireMayPropose(address project, Progress storage progress) private view {
        TaskPhase last = _tasks[progress.lastTask].phase;
        if (last != TaskPhase.None && last != TaskPhase.Published && last != TaskPhase.Void) {
            revert TaskUnderWay(progress.lastTask);
        }
        if (!_isEnrolled(project, Role.Proposer, msg.sender)) revert NotEnrolled(msg.sender, Role.Proposer);
        if (staking.eligibleStake(msg.sender, Role.Proposer) == 0) revert StakeTooLow(msg.sender, Role.Proposer);
        if (progress.defaulter == msg.sender) revert ProposerDefaulted(msg.sender);
    }

    /// @dev The project is code that nobody here knows: what it paid is measured.
    function _takeBudget(bytes32 taskId, Task storage task) private returns (uint8) {
        uint256 before = token.balanceOf(address(rewards));
        (uint256 budgetWei, uint8 solverSeats, uint8 coordinatorSeats) = IProject(task.project).openRound(taskId);
        uint256 paidWei = token.balanceOf(address(rewards)) - before;
        if (paidWei != budgetWei || budgetWei == 0) revert BudgetNotPaid(paidWei, budgetWei);
        if (
            solverSeats == 0 || solverSeats > MAX_SEATS || coordinatorSeats < MIN_COORDINATORS
                || coordinatorSeats > MAX_SEATS
        ) revert SeatsInvalid(solverSeats, coordinatorSeats);
        task.coordinatorSeats = coordinatorSeats;
        rewards.open(taskId, task.project, msg.sender, budgetWei.toUint96());
        return solverSeats;
    }

    function _seatSolvers(bytes32 taskId, Task storage task, bytes32 lastSeed, uint256 most) private {
        address[] memory barred = new address[](1);
        barred[0] = msg.sender;
        (address[] memory accounts,) =
            _draw(task.project, Role.Solver, Commitments.solverSeed(lastSeed, taskId), most, barred);
        if (accounts.length == 0) revert NoSolverFree(task.project);
        _sort(accounts);
        for (uint256 i = 0; i < accounts.length; ++i) {
            uint32 place = _occupy(task.project, Role.Solver, accounts[i]);
            _solvers[taskId].push(SolverSeat(accounts[i], place, false, bytes32(0)));
            emit SolverSeated(taskId, i, accounts[i]);
        }
    }

    /// @dev Seats ascend by address, so that lists over solvers are in the order in which they are hashed.
    function _sort(address[] memory accounts) private pure {
        for (uint256 i = 1; i < accounts.length; ++i) {
            address account = accounts[i];
            uint256 k = i;
            for (; k != 0 && accounts[k - 1] > account; --k) {
                accounts[k] = accounts[k - 1];
            }
            accounts[k] = account;
        }
    }

    /// @dev From what nobody knew before commitments closed: the truth's salt and what the solvers committed to.
    function _committeeSeed(bytes32 taskId, Task storage task) private view returns (bytes32) {
        SolverSeat[] storage seats = _solvers[taskId];
        bytes32[] memory closed = new bytes32[](2 * uint256(task.committed));
        uint256 next = 0;
        for (uint256 i = 0; i < seats.length; ++i) {
            if (seats[i].commitment == bytes32(0)) continue;
            closed[next++] = bytes32(uint256(uint160(seats[i].solver)));
            closed[next++] = seats[i].commitment;
        }
        return Commitments.committeeSeed(taskId, task.truthSalt, closed, task.committee + 1);
    }

    /// @dev Whoever has an interest in the task, or was silent in its first committee, does not judge it.
    function _barredCoordinators(bytes32 taskId, Task storage task) private view returns (address[] memory barred) {
        SolverSeat[] storage seats = _solvers[taskId];
        address[] storage silent = _silentCoordinators[taskId];
        uint256 solvers = seats.length;
        barred = new address[](1 + solvers + silent.length);
        barred[0] = task.proposer;
        for (uint256 i = 0; i < solvers; ++i) {
            barred[1 + i] = seats[i].solver;
        }
        for (uint256 i = 0; i < silent.length; ++i) {
            barred[1 + solvers + i] = silent[i];
        }
    }

    function _closeCommitments(bytes32 taskId, Task storage task) private {
        task.closedAt = block.timestamp.toUint64();
        SolverSeat[] storage seats = _solvers[taskId];
        if (task.committed != seats.length) {
            for (uint256 i = 0; i < seats.length; ++i) {
                if (seats[i].commitment == bytes32(0)) _charge(seats[i].solver, Role.Solver);
            }
        }
        if (task.committed == 0) _void(taskId, task, VoidReason.NoCommitment);
        else _enter(taskId, task, TaskPhase.TruthDue, task.phases.truth);
    }

    /// @dev The solvers that committed worked for nothing: they share half of what the proposer is charged.
    function _defaultProposer(bytes32 taskId, Task storage task) private {
        _progress[task.project].defaulter = task.proposer;
        SolverSeat[] storage seats = _solvers[taskId];
        address[] memory committed = new address[](task.committed);
        uint256 count = 0;
        for (uint256 i = 0; i < seats.length; ++i) {
            if (seats[i].commitment != bytes32(0)) committed[count++] = seats[i].solver;
        }
        uint256 before = token.balanceOf(address(rewards));
        staking.slash(
            task.proposer,
            Role.Proposer,
            SlashReason.Silence,
            type(uint256).max,
            address(rewards),
            COMPENSATION_BPS
        );
        rewards.compensate(taskId, token.balanceOf(address(rewards)) - before, committed);
        _void(taskId, task, VoidReason.NoTruth);
    }

    function _closeSolutions(bytes32 taskId, Task storage task) private {
        if (task.revealed != task.committed) {
            SolverSeat[] storage seats = _solvers[taskId];
            for (uint256 i = 0; i < seats.length; ++i) {
                if (seats[i].commitment != bytes32(0) && !seats[i].revealed) _charge(seats[i].solver, Role.Solver);
            }
        }
        if (task.revealed == 0) _void(taskId, task, VoidReason.NoSolution);
        else _enter(taskId, task, TaskPhase.DrawDue, task.phases.draw);
    }

    function _callAggregator(bytes32 taskId, Task storage task) private {
        if (task.turn == _aggregators[taskId].length) {
            _void(taskId, task, VoidReason.NoAggregator);
        } else {
            emit AggregatorCalled(taskId, _aggregators[taskId][task.turn]);
            _enter(taskId, task, TaskPhase.Aggregating, task.phases.aggregate);
        }
    }

    function _void(bytes32 taskId, Task storage task, VoidReason reason) private {
        emit TaskVoid(taskId, reason);
        _end(taskId, task, TaskPhase.Void);
        rewards.refund(taskId);
    }

    function _end(bytes32 taskId, Task storage task, TaskPhase phase) private {
        task.phase = phase;
        SolverSeat[] storage seats = _solvers[taskId];
        for (uint256 i = 0; i < seats.length; ++i) {
            _release(task.project, Role.Solver, seats[i].solver);
        }
    }

    function _enter(bytes32 taskId, Task storage task, TaskPhase phase, uint256 seconds_) private {
        task.phase = phase;
        task.deadline = (block.timestamp + seconds_).toUint64();
        emit PhaseEntered(taskId, phase, task.deadline);
    }

    /// @dev Silence costs what the staking contract allows: 1 % of the stake.
    function _charge(address account, Role role) private {
        staking.slash(account, role, SlashReason.Silence, type(uint256).max, address(0), 0);
    }

    function _setPhaseSeconds(PhaseSeconds memory p) private {
        uint256 total = uint256(p.commit) + p.truth + p.solutions + 2 * (uint256(p.draw) + p.seal + p.open)
            + MAX_AGGREGATORS * p.aggregate;
        // Stake that began to unbond when its owner was drawn must still be here when the last challenge comes.
        uint256 maximum = staking.unbondingSeconds() - staking.challengeWindowSeconds();
        if (
            p.commit == 0 || p.truth == 0 || p.solutions == 0 || p.draw == 0 || p.seal == 0 || p.open == 0
                || p.aggregate == 0 || total >= maximum
        ) revert PhaseSecondsInvalid(total, maximum);
        phaseSeconds = p;
        emit PhaseSecondsSet(p);
    }

    function _during(bytes32 taskId, TaskPhase phase) private view returns (Task storage task) {
        task = _tasks[taskId];
        if (task.phase != phase) revert WrongPhase(task.phase, phase);
        if (block.timestamp >= task.deadline) revert PhaseOver(task.deadline);
    }

    function _ownSeat(bytes32 taskId, uint256 seat) private view returns (SolverSeat storage s) {
        if (seat >= _solvers[taskId].length || _solvers[taskId][seat].solver != msg.sender) {
            revert NotYourSeat(msg.sender, seat);
        }
        return _solvers[taskId][seat];
    }

    /// @inheritdoc Roster
    function _coordinatorsLocked(address project) internal view override returns (bool) {
        TaskPhase phase = _tasks[_progress[project].lastTask].phase;
        return phase >= TaskPhase.TruthDue && phase <= TaskPhase.Voting;
    }
}
