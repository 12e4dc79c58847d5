// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Role} from "../types/Staking.sol";

/// @title IRoster
/// @notice Who is ready to serve a project in which role. A member is drawn in proportion to the stake it had when it
/// enrolled or was refreshed; a solver only while it has free capacity. Places in the roster are never reused.
interface IRoster {
    /// @notice A place in a project's roster.
    /// @param place its number plus one; zero: never enrolled
    /// @param capacity tasks that a solver takes at once; one for other roles
    /// @param busy tasks that it has now
    /// @param enrolled whether it can be drawn
    /// @param weightWei its weight in draws
    struct Member {
        uint32 place;
        uint16 capacity;
        uint16 busy;
        bool enrolled;
        uint96 weightWei;
    }

    /// @notice `account` can be drawn with `weightWei`; zero: not now.
    event WeightSet(address indexed project, Role indexed role, address indexed account, uint256 weightWei);
    /// @notice `account` enrolled or changed its capacity.
    event Enrolled(address indexed project, Role indexed role, address indexed account, uint32 place, uint16 capacity);
    /// @notice `account` will not be drawn any more.
    event Resigned(address indexed project, Role indexed role, address indexed account);

    /// @notice The stake of `account` is below the role's minimum.
    error StakeTooLow(address account, Role role);
    /// @notice `account` is not enrolled.
    error NotEnrolled(address account, Role role);
    /// @notice A capacity is at least one, and one for every role but the solver's.
    error CapacityInvalid(uint16 capacity);
    /// @notice Coordinators neither come nor go while the seed that draws them is known and not used.
    error RosterLocked(address project);

    /// @notice Makes the caller ready for a project.
    function enroll(address project, Role role, uint16 capacity) external;

    /// @notice Takes the caller out of the draws; tasks that it has go on.
    function resign(address project, Role role) external;

    /// @notice Sets a member's weight to its stake of now. Anybody.
    function refresh(address project, Role role, address account) external;

    /// @notice A place by account.
    function member(address project, Role role, address account) external view returns (Member memory);

    /// @notice The account at a place, counted from zero.
    function memberAt(address project, Role role, uint256 place) external view returns (address);

    /// @notice How many places a roster has, and the sum of all weights.
    function rosterOf(address project, Role role) external view returns (uint256 places, uint256 weightWei);
}
