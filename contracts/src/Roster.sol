// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IRoster} from "./interfaces/IRoster.sol";
import {Draw} from "./libraries/Draw.sol";
import {Role} from "./types/Staking.sol";

/// @title Roster
/// @notice Who is ready to serve a project, and draws among them. See `IRoster`.
/// @dev A member drawn with a weight that its stake no longer covers is passed over and weighs nothing from then on.
abstract contract Roster is IRoster {
    using Draw for Draw.Tree;
    using SafeCast for uint256;

    /// @notice How many members without stake one draw passes over; `refresh` clears more.
    uint256 public constant MAX_PASSED_OVER = 16;

    struct Members {
        Draw.Tree tree;
        address[] accounts;
        mapping(address account => Member) byAccount;
    }

    /// @notice The stakes.
    IParticipantStaking public immutable staking;

    mapping(address project => mapping(Role role => Members)) private _rosters;

    constructor(IParticipantStaking staking_) {
        staking = staking_;
    }

    /// @inheritdoc IRoster
    function enroll(address project, Role role, uint16 capacity) external {
        if (capacity == 0 || (role != Role.Solver && capacity != 1)) revert CapacityInvalid(capacity);
        _requireOpen(project, role);
        if (staking.eligibleStake(msg.sender, role) == 0) revert StakeTooLow(msg.sender, role);
        Members storage members = _rosters[project][role];
        Member storage m = members.byAccount[msg.sender];
        if (m.place == 0) {
            members.accounts.push(msg.sender);
            members.tree.add(0);
            m.place = members.accounts.length.toUint32();
        }
        m.capacity = capacity;
        m.enrolled = true;
        emit Enrolled(project, role, msg.sender, m.place - 1, capacity);
        _weigh(project, role, msg.sender);
    }

    /// @inheritdoc IRoster
    function resign(address project, Role role) external {
        _requireOpen(project, role);
        Member storage m = _rosters[project][role].byAccount[msg.sender];
        if (!m.enrolled) revert NotEnrolled(msg.sender, role);
        m.enrolled = false;
        emit Resigned(project, role, msg.sender);
        _weigh(project, role, msg.sender);
    }

    /// @inheritdoc IRoster
    function refresh(address project, Role role, address account) external {
        _requireOpen(project, role);
        if (_rosters[project][role].byAccount[account].place == 0) revert NotEnrolled(account, role);
        _weigh(project, role, account);
    }

    /// @inheritdoc IRoster
    function member(address project, Role role, address account) external view returns (Member memory) {
        return _rosters[project][role].byAccount[account];
    }

    /// @inheritdoc IRoster
    function memberAt(address project, Role role, uint256 place) external view returns (address) {
        return _rosters[project][role].accounts[place];
    }

    /// @inheritdoc IRoster
    function rosterOf(address project, Role role) external view returns (uint256 places, uint256 weightWei) {
        Members storage members = _rosters[project][role];
        return (members.accounts.length, members.tree.total());
    }

    /// @dev Whether the seed that draws coordinators of `project` is known and not used up.
    function _coordinatorsLocked(address project) internal view virtual returns (bool);

    /// @dev Draws at most `most` members with stake, none of `barred`.
    /// @return accounts who was drawn, in order
    /// @return stakesWei their stakes of now
    function _draw(address project, Role role, bytes32 seed, uint256 most, address[] memory barred)
        internal
        returns (address[] memory accounts, uint96[] memory stakesWei)
    {
        Members storage members = _rosters[project][role];
        Draw.Taken memory taken = members.tree.open(seed, most + barred.length + MAX_PASSED_OVER);
        for (uint256 i = 0; i < barred.length; ++i) {
            Member storage m = members.byAccount[barred[i]];
            if (m.place != 0) members.tree.exclude(taken, m.place - 1, m.weightWei);
        }
        address[] memory passed;
        (accounts, stakesWei, passed) = _take(members, role, taken, most);
        // Only now: a weight that changed during the draw would move the line under it.
        for (uint256 i = 0; i < passed.length; ++i) {
            _weigh(project, role, passed[i]);
        }
    }

    /// @dev A member took up a task.
    function _occupy(address project, Role role, address account) internal returns (uint32 place) {
        Member storage m = _rosters[project][role].byAccount[account];
        m.busy += 1;
        if (m.busy == m.capacity) _weigh(project, role, account);
        return m.place - 1;
    }

    /// @dev A member's task ended.
    function _release(address project, Role role, address account) internal {
        Member storage m = _rosters[project][role].byAccount[account];
        m.busy -= 1;
        if (m.weightWei == 0) _weigh(project, role, account);
    }

    function _take(Members storage members, Role role, Draw.Taken memory taken, uint256 most)
        private
        view
        returns (address[] memory accounts, uint96[] memory stakesWei, address[] memory passed)
    {
        accounts = new address[](most);
        stakesWei = new uint96[](most);
        passed = new address[](MAX_PASSED_OVER);
        uint256 passedCount = 0;
        uint256 drawn = 0;
        while (drawn < most && taken.leftWei != 0 && passedCount < MAX_PASSED_OVER) {
            (uint256 place,) = members.tree.next(taken);
            address account = members.accounts[place];
            uint96 stakeWei = staking.eligibleStake(account, role).toUint96();
            if (stakeWei == 0) {
                passed[passedCount++] = account;
            } else {
                accounts[drawn] = account;
                stakesWei[drawn++] = stakeWei;
            }
        }
        // Cutting arrays in memory short is safe: their tails are merely not used.
        assembly ("memory-safe") {
            mstore(accounts, drawn)
            mstore(stakesWei, drawn)
            mstore(passed, passedCount)
        }
    }

    function _isEnrolled(address project, Role role, address account) internal view returns (bool) {
        return _rosters[project][role].byAccount[account].enrolled;
    }

    /// @dev Sets the weight to what it should be now: the stake, or nothing for who left, is full, or lacks stake.
    function _weigh(address project, Role role, address account) private {
        Members storage members = _rosters[project][role];
        Member storage m = members.byAccount[account];
        uint256 newWei = m.enrolled && m.busy < m.capacity ? staking.eligibleStake(account, role) : 0;
        uint256 oldWei = m.weightWei;
        if (newWei == oldWei) return;
        m.weightWei = newWei.toUint96();
        members.tree.set(m.place - 1, oldWei, newWei);
        emit WeightSet(project, role, account, newWei);
    }

    function _requireOpen(address project, Role role) private view {
        if (role == Role.Coordinator && _coordinatorsLocked(project)) revert RosterLocked(project);
    }
}
