// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IForcedErrorRegistry} from "./interfaces/IForcedErrorRegistry.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {Ballot, IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {Commitments} from "./libraries/Commitments.sol";
import {Role, SlashReason} from "./types/Staking.sol";
import {CoordinatorSeat, SolverSeat, UNREADABLE_SCORE} from "./types/Tasks.sol";

/// @title ForcedErrorRegistry
/// @notice Traps for coordinators that do not measure. See `IForcedErrorRegistry`.
/// @dev The owner is the timelock; it names the setters and what a missed trap costs. A slash goes to the treasury whole,
/// so that no setter earns by it.
contract ForcedErrorRegistry is IForcedErrorRegistry, Ownable, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice The most that a missed trap can cost.
    uint256 public constant MAX_SLASH_BPS = 5_000;
    uint256 private constant BPS = 10_000;

    /// @notice The stakes.
    IParticipantStaking public immutable staking;
    /// @notice The task contract.
    ITaskContract public immutable tasks;
    /// @notice The votes.
    IResultsRewards public immutable rewards;
    /// @notice What bounties are paid in.
    IERC20 public immutable token;
    /// @notice How long after a vote its traps can be opened.
    uint64 public immutable openingSeconds;
    /// @notice How long a trap stays placed at least: it can be taken back when no task can need it any more.
    uint64 public immutable reclaimSeconds;

    /// @notice What a missed trap costs, in ten-thousandths of the stake.
    uint256 public slashBps;
    /// @notice Who may place traps.
    mapping(address setter => bool) public setters;
    /// @notice What is owed to an account.
    mapping(address account => uint256) public owedWei;

    mapping(bytes32 trap => Trap) private _traps;

    constructor(
        IParticipantStaking staking_,
        ITaskContract tasks_,
        IResultsRewards rewards_,
        address owner_,
        uint64 openingSeconds_,
        uint64 reclaimSeconds_,
        uint256 slashBps_
    ) Ownable(owner_) {
        staking = staking_;
        tasks = tasks_;
        rewards = rewards_;
        token = staking_.token();
        openingSeconds = openingSeconds_;
        reclaimSeconds = reclaimSeconds_;
        _setSlash(slashBps_);
    }

    /// @inheritdoc IForcedErrorRegistry
    function place(bytes32 trap, uint96 bountyWei) external nonReentrant {
        if (!setters[msg.sender]) revert NotSetter(msg.sender);
        if (trap == bytes32(0) || bountyWei == 0) revert TrapInvalid();
        if (_traps[trap].setter != address(0)) revert TrapKnown(trap);
        _traps[trap] = Trap(msg.sender, bountyWei, block.timestamp.toUint64(), false);
        emit TrapPlaced(trap, msg.sender, bountyWei);
        token.safeTransferFrom(msg.sender, address(this), bountyWei);
    }

    /// @inheritdoc IForcedErrorRegistry
    function open(bytes32 taskId, uint256 solverSeat, bytes32 salt, bytes calldata signature)
        external
        nonReentrant
    {
        SolverSeat[] memory solvers = tasks.solversOf(taskId);
        if (solverSeat >= solvers.length || !solvers[solverSeat].revealed) revert NoSuchSolution(taskId, solverSeat);
        address solver = solvers[solverSeat].solver;
        bytes32 trap = Commitments.trap(address(this), taskId, solver, msg.sender, salt);
        Trap storage t = _ownTrap(trap);
        uint64 closedAt = tasks.taskOf(taskId).closedAt;
        if (t.placedAt >= closedAt) revert TrapTooLate(t.placedAt, closedAt);
        Ballot memory ballot = rewards.ballotOf(taskId);
        if (ballot.seats == 0 || block.timestamp < ballot.opensClose) revert VoteNotOver(taskId);
        uint64 until = ballot.opensClose + openingSeconds;
        if (block.timestamp >= until) revert OpeningOver(until);
        if (!SignatureChecker.isValidSignatureNow(solver, trap, signature)) revert SignatureInvalid(solver);
        t.closed = true;
        rewards.barTrap(taskId, solverSeat);
        _judge(trap, t, taskId, solverSeat, ballot);
    }

    /// @inheritdoc IForcedErrorRegistry
    function reclaim(bytes32 trap) external {
        Trap storage t = _ownTrap(trap);
        uint64 from = t.placedAt + reclaimSeconds;
        if (block.timestamp < from) revert NotReclaimable(from);
        t.closed = true;
        owedWei[msg.sender] += t.bountyWei;
        emit TrapReclaimed(trap);
    }

    /// @inheritdoc IForcedErrorRegistry
    function withdraw() external nonReentrant returns (uint256 amountWei) {
        amountWei = owedWei[msg.sender];
        if (amountWei == 0) revert NothingOwed(msg.sender);
        owedWei[msg.sender] = 0;
        emit Withdrawn(msg.sender, amountWei);
        token.safeTransfer(msg.sender, amountWei);
    }

    /// @inheritdoc IForcedErrorRegistry
    function setSetter(address setter, bool allowed) external onlyOwner {
        setters[setter] = allowed;
        emit SetterSet(setter, allowed);
    }

    /// @inheritdoc IForcedErrorRegistry
    function setSlash(uint256 slashBps_) external onlyOwner {
        _setSlash(slashBps_);
    }

    /// @inheritdoc IForcedErrorRegistry
    function trapOf(bytes32 trap) external view returns (Trap memory) {
        return _traps[trap];
    }

    /// @dev Only votes that scored the update count: who was silent is charged for that elsewhere, and who could not read
    /// what others read earns nothing anyway.
    function _judge(bytes32 trap, Trap storage t, bytes32 taskId, uint256 solverSeat, Ballot memory ballot) private {
        // Scores stand for the solvers that revealed, in the order of their seats.
        uint256 column = 0;
        for (uint256 j = 0; j < solverSeat; ++j) {
            column += (ballot.revealed >> j) & 1;
        }
        address[] memory caught = new address[](ballot.seats);
        uint256 caughtCount = 0;
        uint256 missedCount = 0;
        for (uint256 i = 0; i < ballot.seats; ++i) {
            if (((ballot.opened & ~ballot.blind) >> i) & 1 == 0) continue;
            CoordinatorSeat memory s = rewards.seatOf(taskId, ballot.first + i);
            uint32 score = uint32(s.scores[column >> 3] >> ((column & 7) << 5));
            if (score == UNREADABLE_SCORE) continue;
            if (score == 0) {
                caught[caughtCount++] = s.coordinator;
            } else {
                ++missedCount;
                _punish(trap, s.coordinator);
            }
        }
        _reward(trap, t, caught, caughtCount);
        emit TrapOpened(trap, taskId, solverSeat, caughtCount, missedCount);
    }

    function _punish(bytes32 trap, address coordinator) private {
        uint256 amountWei = staking.slashableStake(coordinator, Role.Coordinator) * slashBps / BPS;
        uint256 takenWei = staking.slash(
            coordinator, Role.Coordinator, SlashReason.MissedTrap, amountWei, address(0), 0
        );
        emit TrapMissed(trap, coordinator, takenWei);
    }

    /// @dev The setter gets back what nobody earned, and what the division leaves over.
    function _reward(bytes32 trap, Trap storage t, address[] memory caught, uint256 count) private {
        uint256 eachWei = count == 0 ? 0 : t.bountyWei / count;
        for (uint256 i = 0; i < count; ++i) {
            owedWei[caught[i]] += eachWei;
            emit TrapCaught(trap, caught[i], eachWei);
        }
        owedWei[t.setter] += t.bountyWei - eachWei * count;
    }

    function _setSlash(uint256 slashBps_) private {
        if (slashBps_ > MAX_SLASH_BPS) revert SlashTooHigh(slashBps_);
        slashBps = slashBps_;
        emit SlashSet(slashBps_);
    }

    function _ownTrap(bytes32 trap) private view returns (Trap storage t) {
        t = _traps[trap];
        if (t.setter != msg.sender || t.closed) revert TrapUnknown(trap);
    }
}
