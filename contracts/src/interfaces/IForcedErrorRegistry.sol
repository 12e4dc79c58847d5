// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IForcedErrorRegistry
/// @notice Traps for coordinators that do not measure. A setter has a solver, whom nobody can tell from others, hand in a
/// false update; it says so beforehand in a hash, and opens the hash after the vote. Coordinators that scored the update
/// zero share the bounty; those that scored it above zero are slashed. Before the opening a trap shows nothing but that
/// it exists and what it pays.
interface IForcedErrorRegistry {
    /// @notice A trap.
    /// @param setter who placed it
    /// @param bountyWei what it pays
    /// @param placedAt when
    /// @param closed opened, or taken back
    struct Trap {
        address setter;
        uint96 bountyWei;
        uint64 placedAt;
        bool closed;
    }

    /// @notice A trap was placed.
    event TrapPlaced(bytes32 indexed trap, address indexed setter, uint256 bountyWei);
    /// @notice A trap was opened: `caught` coordinators saw it, `missed` did not.
    event TrapOpened(
        bytes32 indexed trap, bytes32 indexed taskId, uint256 indexed solverSeat, uint256 caught, uint256 missed
    );
    /// @notice `coordinator` lost `takenWei`.
    event TrapMissed(bytes32 indexed trap, address indexed coordinator, uint256 takenWei);
    /// @notice `coordinator` earned `bountyWei`.
    event TrapCaught(bytes32 indexed trap, address indexed coordinator, uint256 bountyWei);
    /// @notice The setter took back a trap that it did not open.
    event TrapReclaimed(bytes32 indexed trap);
    /// @notice `setter` may place traps, or no longer.
    event SetterSet(address indexed setter, bool allowed);
    /// @notice A missed trap costs so much of the stake.
    event SlashSet(uint256 slashBps);
    /// @notice `account` took what it was owed.
    event Withdrawn(address indexed account, uint256 amountWei);

    /// @notice `caller` may not place traps.
    error NotSetter(address caller);
    /// @notice A trap has a hash and a bounty.
    error TrapInvalid();
    /// @notice The trap was placed before.
    error TrapKnown(bytes32 trap);
    /// @notice There is no such open trap of the caller.
    error TrapUnknown(bytes32 trap);
    /// @notice The trap was placed after the task's commitments closed at `closedAt`.
    error TrapTooLate(uint64 placedAt, uint64 closedAt);
    /// @notice The vote is not over.
    error VoteNotOver(bytes32 taskId);
    /// @notice Traps of this task were to be opened until `until`.
    error OpeningOver(uint64 until);
    /// @notice The task has no such revealed solution.
    error NoSuchSolution(bytes32 taskId, uint256 solverSeat);
    /// @notice The solver did not sign the trap.
    error SignatureInvalid(address solver);
    /// @notice The trap can be taken back from `from`.
    error NotReclaimable(uint64 from);
    /// @notice A missed trap costs at most half of the stake.
    error SlashTooHigh(uint256 slashBps);
    /// @notice Nothing is owed to `account`.
    error NothingOwed(address account);

    /// @notice Places a trap and pays its bounty in. Only a setter.
    /// @param trap `Commitments.trap`
    function place(bytes32 trap, uint96 bountyWei) external;

    /// @notice Opens a trap after the vote. Only its setter.
    /// @param solverSeat the seat of the solver that handed in the false update
    /// @param signature of that solver under the trap: nobody's honest update can be called a trap
    function open(bytes32 taskId, uint256 solverSeat, bytes32 salt, bytes calldata signature) external;

    /// @notice Takes the bounty of a trap back that was not opened in its time. Only its setter.
    function reclaim(bytes32 trap) external;

    /// @notice Pays the caller what it is owed.
    function withdraw() external returns (uint256 amountWei);

    /// @notice Lets an account place traps, or no longer. Only the timelock.
    function setSetter(address setter, bool allowed) external;

    /// @notice Sets what a missed trap costs. Only the timelock.
    function setSlash(uint256 slashBps_) external;

    /// @notice A trap.
    function trapOf(bytes32 trap) external view returns (Trap memory);
}
