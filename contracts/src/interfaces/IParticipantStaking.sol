// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Role, SlashReason} from "../types/Staking.sol";

/// @title IParticipantStaking
/// @notice The stakes of proposers, solvers, coordinators and aggregators. Stake is locked, then unbonds for longer than
/// any challenge can last, and can be taken only for one of four reasons, each given by one contract.
interface IParticipantStaking {
    /// @notice Everything known about one account in one role. It is never deleted, so that nobody returns with a clean
    /// record.
    /// @param activeWei stake that counts
    /// @param unbondingWei stake on its way out: it does not count, but can still be slashed
    /// @param lockedUntil time from which unbonding may begin
    /// @param releaseAt time from which the unbonding part may be withdrawn
    /// @param frozenUntil time at which the present freezes lapse even if no dispute contract lifts them
    /// @param freezes open disputes about this account in this role
    /// @param slashes how often stake was taken
    /// @param slashedWei how much was taken in all
    /// @param since time of the first stake
    struct Position {
        uint128 activeWei;
        uint128 unbondingWei;
        uint64 lockedUntil;
        uint64 releaseAt;
        uint64 frozenUntil;
        uint32 freezes;
        uint32 slashes;
        uint128 slashedWei;
        uint64 since;
    }

    /// @notice `account` added `amountWei` to its stake, which is locked until `lockedUntil`.
    event Staked(address indexed account, Role indexed role, uint256 amountWei, uint64 lockedUntil);
    /// @notice `amountWei` left the active stake and can be withdrawn from `releaseAt`.
    event UnbondingBegun(address indexed account, Role indexed role, uint256 amountWei, uint64 releaseAt);
    /// @notice `account` took back `amountWei`.
    event Withdrawn(address indexed account, Role indexed role, uint256 amountWei);
    /// @notice `treasuryWei` + `beneficiaryWei` were taken from `account`.
    event Slashed(
        address indexed account,
        Role indexed role,
        SlashReason indexed reason,
        uint256 treasuryWei,
        uint256 beneficiaryWei,
        address beneficiary
    );
    /// @notice A dispute froze the unbonding of `account`, at the latest until `frozenUntil`.
    event Frozen(address indexed account, Role indexed role, uint64 frozenUntil);
    /// @notice A dispute about `account` ended.
    event Unfrozen(address indexed account, Role indexed role);
    /// @notice `slasher` is now the only contract that slashes for `reason`.
    event SlasherSet(SlashReason indexed reason, address slasher);
    /// @notice `freezer` is now the only contract that freezes.
    event FreezerSet(address freezer);

    /// @notice The amount is zero.
    error AmountZero();
    /// @notice The stake would be `stakeWei`, and the role needs at least `minimumWei`, or nothing at all.
    error StakeTooLow(uint256 stakeWei, uint256 minimumWei);
    /// @notice The active stake is only `activeWei`.
    error StakeExceeded(uint256 amountWei, uint256 activeWei);
    /// @notice The stake is locked until `lockedUntil`.
    error StakeLocked(uint64 lockedUntil);
    /// @notice The unbonding stake can be withdrawn from `releaseAt`.
    error StillUnbonding(uint64 releaseAt);
    /// @notice Nothing is unbonding.
    error NothingToWithdraw();
    /// @notice An open dispute freezes this stake, at the latest until `frozenUntil`.
    error StakeFrozen(uint64 frozenUntil);
    /// @notice The account is not frozen in this role.
    error NotFrozen(address account, Role role);
    /// @notice `caller` is not the contract that slashes for `reason`.
    error NotSlasher(address caller, SlashReason reason);
    /// @notice `caller` is not the contract that freezes.
    error NotFreezer(address caller);
    /// @notice At most half of a slash goes to a beneficiary.
    error BeneficiaryShareTooHigh(uint256 shareBps);
    /// @notice A beneficiary is neither the slashed account nor nobody.
    error BeneficiaryInvalid(address beneficiary);
    /// @notice Unbonding must be longer than the challenge window.
    error UnbondingTooShort(uint64 unbondingSeconds, uint64 challengeWindowSeconds);
    /// @notice An address in the constructor is zero.
    error AddressZero();

    /// @notice Adds to the caller's own stake; the whole active stake is locked anew. Nobody can stake for another, so
    /// that dust cannot prolong a lock.
    function stake(Role role, uint256 amountWei) external;

    /// @notice Begins to unbond; later calls join the pending part and restart its clock. Leaves nothing or at least the
    /// minimum, unless the whole rest goes.
    function unbond(Role role, uint256 amountWei) external;

    /// @notice Pays what has unbonded to the caller.
    function withdraw(Role role) external;

    /// @notice Counts one more open dispute about `account` in `role`. Only the freezer.
    /// @dev Freezes lapse by themselves after `MAX_FREEZE_SECONDS`, so that no dispute can hold stake for ever.
    function freeze(address account, Role role) external;

    /// @notice Counts one open dispute less. Only the freezer.
    function unfreeze(address account, Role role) external;

    /// @notice Takes stake, the active part first. What is above the stake, or for Silence above 1 % of it, is not taken.
    /// @param amountWei how much to take at most
    /// @param beneficiary who gets `beneficiaryBps` of it; the rest goes to the treasury
    /// @param beneficiaryBps ten-thousandths, at most 5,000
    /// @return takenWei how much was taken
    function slash(
        address account,
        Role role,
        SlashReason reason,
        uint256 amountWei,
        address beneficiary,
        uint256 beneficiaryBps
    ) external returns (uint256 takenWei);

    /// @notice Names the one contract that slashes for `reason`. Only the timelock.
    function setSlasher(SlashReason reason, address slasher_) external;

    /// @notice Names the one contract that freezes. Only the timelock.
    function setFreezer(address freezer_) external;

    /// @notice The whole record.
    function position(address account, Role role) external view returns (Position memory);

    /// @notice The active stake, or 0 where it is below the role's minimum.
    function eligibleStake(address account, Role role) external view returns (uint256);

    /// @notice Active and unbonding stake: all that a slash can reach.
    function slashableStake(address account, Role role) external view returns (uint256);

    /// @notice The active stake at a past time, by which votes are weighed.
    function pastStake(address account, Role role, uint48 timepoint) external view returns (uint256);

    /// @notice The sum of active stakes in a role at a past time.
    function pastTotalStake(Role role, uint48 timepoint) external view returns (uint256);

    /// @notice What a role asks.
    function terms(Role role) external view returns (uint128 minimumWei, uint64 lockSeconds);

    /// @notice How long stake unbonds.
    function unbondingSeconds() external view returns (uint64);

    /// @notice How long after a task's result evidence against its participants may still come.
    function challengeWindowSeconds() external view returns (uint64);

    /// @notice The longest time that freezes last without a new one.
    function maxFreezeSeconds() external view returns (uint64);

    /// @notice The contract that slashes for `reason`.
    function slasher(SlashReason reason) external view returns (address);

    /// @notice The contract that freezes.
    function freezer() external view returns (address);

    /// @notice Where slashes go.
    function treasury() external view returns (address);

    /// @notice What is staked.
    function token() external view returns (IERC20);
}
