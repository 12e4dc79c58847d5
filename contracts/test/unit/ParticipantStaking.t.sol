// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ParticipantStaking} from "../../src/ParticipantStaking.sol";
import {IParticipantStaking} from "../../src/interfaces/IParticipantStaking.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {World} from "../support/World.sol";

contract ParticipantStakingTest is World {
    address private _user = address(0x90);
    address private _slasher = address(0x91);
    address private _helper = address(0x92);

    function setUp() public {
        deploy();
        vm.startPrank(timelock);
        for (uint256 r = 0; r < 4; ++r) {
            staking.setSlasher(SlashReason(r), _slasher);
        }
        vm.stopPrank();
        stakeFor(_user, Role.Solver, 100 * ATN);
    }

    function test_termsAreThoseOfTheDesign() public view {
        uint256[4] memory minimum = [uint256(100), 50, 500, 1_000];
        uint256[4] memory lock = [uint256(7 days), 3 days, 14 days, 14 days];
        for (uint256 r = 0; r < 4; ++r) {
            (uint128 minimumWei, uint64 lockSeconds) = staking.terms(Role(r));
            vm.assertEq(minimumWei, minimum[r] * ATN);
            vm.assertEq(lockSeconds, lock[r]);
        }
        vm.assertGt(staking.unbondingSeconds(), CHALLENGE_WINDOW);
        vm.assertEq(staking.challengeWindowSeconds(), CHALLENGE_WINDOW);
        vm.assertEq(address(staking.token()), address(atn));
        vm.assertEq(staking.treasury(), treasury);
        vm.assertEq(staking.freezer(), disputes);
        vm.assertEq(staking.maxFreezeSeconds(), MAX_FREEZE);
        vm.assertEq(staking.slasher(SlashReason.Silence), _slasher);
    }

    function test_constructorRefusesWhatCannotWork() public {
        vm.expectRevert(IParticipantStaking.AddressZero.selector);
        new ParticipantStaking(IERC20(address(0)), treasury, timelock, roleTerms(), 2, 1, 1);
        vm.expectRevert(IParticipantStaking.AddressZero.selector);
        new ParticipantStaking(atn, address(0), timelock, roleTerms(), 2, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.UnbondingTooShort.selector, 7, 7));
        new ParticipantStaking(atn, treasury, timelock, roleTerms(), 7, 7, 1);
    }

    function test_stakeCountsAndIsLocked() public {
        IParticipantStaking.Position memory p = staking.position(_user, Role.Solver);
        vm.assertEq(p.activeWei, 100 * ATN);
        vm.assertEq(p.lockedUntil, block.timestamp + 3 days);
        vm.assertEq(p.since, block.timestamp);
        vm.assertEq(staking.eligibleStake(_user, Role.Solver), 100 * ATN);
        vm.assertEq(staking.eligibleStake(_user, Role.Proposer), 0);
        vm.warp(block.timestamp + 1 days);
        stakeFor(_user, Role.Solver, 1); // above the minimum any amount may be added, and locks anew
        vm.assertEq(staking.position(_user, Role.Solver).lockedUntil, block.timestamp + 3 days);
    }

    function test_stakeBelowTheMinimumOrOfNothingIsRefused() public {
        atn.approve(address(staking), 50 * ATN);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantStaking.StakeTooLow.selector, 50 * ATN - 1, 50 * ATN)
        );
        staking.stake(Role.Solver, 50 * ATN - 1);
        vm.expectRevert(IParticipantStaking.AmountZero.selector);
        staking.stake(Role.Solver, 0);
    }

    function test_unbondingWaitsForTheLockAndThenForItsTime() public {
        vm.startPrank(_user);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantStaking.StakeLocked.selector, block.timestamp + 3 days)
        );
        staking.unbond(Role.Solver, 40 * ATN);
        vm.warp(block.timestamp + 3 days);
        vm.expectRevert(IParticipantStaking.AmountZero.selector);
        staking.unbond(Role.Solver, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantStaking.StakeExceeded.selector, 101 * ATN, 100 * ATN)
        );
        staking.unbond(Role.Solver, 101 * ATN);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.StakeTooLow.selector, 49 * ATN, 50 * ATN));
        staking.unbond(Role.Solver, 51 * ATN);
        vm.expectRevert(IParticipantStaking.NothingToWithdraw.selector);
        staking.withdraw(Role.Solver);
        staking.unbond(Role.Solver, 40 * ATN);
        vm.assertEq(staking.eligibleStake(_user, Role.Solver), 60 * ATN);
        vm.assertEq(staking.slashableStake(_user, Role.Solver), 100 * ATN);
        uint256 releaseAt = block.timestamp + UNBONDING;
        vm.warp(releaseAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.StillUnbonding.selector, releaseAt));
        staking.withdraw(Role.Solver);
        vm.warp(releaseAt);
        staking.withdraw(Role.Solver);
        vm.assertEq(atn.balanceOf(_user), 40 * ATN);
        staking.unbond(Role.Solver, 60 * ATN); // everything may go
        vm.assertEq(staking.eligibleStake(_user, Role.Solver), 0);
    }

    function test_aDisputeFreezesUnbondingAndWithdrawal() public {
        vm.warp(block.timestamp + 3 days);
        vm.prank(_user);
        staking.unbond(Role.Solver, 40 * ATN);
        vm.warp(block.timestamp + UNBONDING);
        vm.startPrank(disputes);
        staking.freeze(_user, Role.Solver);
        staking.freeze(_user, Role.Solver);
        vm.stopPrank();
        uint256 until = block.timestamp + MAX_FREEZE;
        vm.startPrank(_user);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.StakeFrozen.selector, until));
        staking.withdraw(Role.Solver);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.StakeFrozen.selector, until));
        staking.unbond(Role.Solver, 60 * ATN);
        vm.stopPrank();
        vm.prank(disputes);
        staking.unfreeze(_user, Role.Solver);
        vm.prank(_user);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.StakeFrozen.selector, until));
        staking.withdraw(Role.Solver);
        vm.prank(disputes);
        staking.unfreeze(_user, Role.Solver);
        vm.prank(_user);
        staking.withdraw(Role.Solver);
        vm.assertEq(atn.balanceOf(_user), 40 * ATN);
    }

    function test_freezesLapse() public {
        vm.warp(block.timestamp + 3 days);
        vm.prank(disputes);
        staking.freeze(_user, Role.Solver);
        vm.warp(block.timestamp + MAX_FREEZE);
        vm.prank(_user);
        staking.unbond(Role.Solver, 100 * ATN);
    }

    function test_onlyTheFreezerFreezes() public {
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.NotFreezer.selector, address(this)));
        staking.freeze(_user, Role.Solver);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.NotFreezer.selector, address(this)));
        staking.unfreeze(_user, Role.Solver);
        vm.prank(disputes);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.NotFrozen.selector, _user, Role.Solver));
        staking.unfreeze(_user, Role.Solver);
    }

    function test_onlyTheReasonsContractSlashes() public {
        vm.prank(timelock);
        staking.setSlasher(SlashReason.Verdict, _helper);
        vm.prank(_slasher);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantStaking.NotSlasher.selector, _slasher, SlashReason.Verdict)
        );
        staking.slash(_user, Role.Solver, SlashReason.Verdict, 1, address(0), 0);
        vm.prank(_helper);
        staking.slash(_user, Role.Solver, SlashReason.Verdict, 1, address(0), 0);
        vm.assertEq(atn.balanceOf(treasury), 1);
    }

    function test_silenceCostsAtMostAHundredth() public {
        vm.prank(_slasher);
        uint256 taken =
            staking.slash(_user, Role.Solver, SlashReason.Silence, type(uint256).max, address(0), 0);
        vm.assertEq(taken, ATN);
        vm.assertEq(staking.eligibleStake(_user, Role.Solver), 99 * ATN);
        vm.prank(_slasher);
        taken = staking.slash(_user, Role.Solver, SlashReason.Silence, 5, address(0), 0);
        vm.assertEq(taken, 5);
    }

    function test_atLeastHalfOfASlashGoesToTheTreasury() public {
        vm.startPrank(_slasher);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.BeneficiaryShareTooHigh.selector, 5_001));
        staking.slash(_user, Role.Solver, SlashReason.Verdict, 9, _helper, 5_001);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.BeneficiaryInvalid.selector, _user));
        staking.slash(_user, Role.Solver, SlashReason.Verdict, 9, _user, 5_000);
        vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.BeneficiaryInvalid.selector, address(0)));
        staking.slash(_user, Role.Solver, SlashReason.Verdict, 9, address(0), 1);
        vm.expectEmit(address(staking));
        emit IParticipantStaking.Slashed(_user, Role.Solver, SlashReason.Verdict, 5, 4, _helper);
        staking.slash(_user, Role.Solver, SlashReason.Verdict, 9, _helper, 5_000);
        vm.assertEq(atn.balanceOf(treasury), 5);
        vm.assertEq(atn.balanceOf(_helper), 4);
    }

    function test_aSlashReachesUnbondingStakeAndNoFurther() public {
        vm.warp(block.timestamp + 3 days);
        vm.prank(_user);
        staking.unbond(Role.Solver, 40 * ATN);
        vm.prank(_slasher);
        uint256 taken =
            staking.slash(_user, Role.Solver, SlashReason.Equivocation, 70 * ATN, address(0), 0);
        vm.assertEq(taken, 70 * ATN);
        IParticipantStaking.Position memory p = staking.position(_user, Role.Solver);
        vm.assertEq(p.activeWei, 0);
        vm.assertEq(p.unbondingWei, 30 * ATN);
        vm.prank(_slasher);
        taken = staking.slash(_user, Role.Solver, SlashReason.Equivocation, 70 * ATN, address(0), 0);
        vm.assertEq(taken, 30 * ATN);
        p = staking.position(_user, Role.Solver);
        vm.assertEq(p.slashes, 2);
        vm.assertEq(p.slashedWei, 100 * ATN);
        vm.prank(_slasher);
        taken = staking.slash(_user, Role.Solver, SlashReason.Equivocation, 1, _helper, 5_000);
        vm.assertEq(taken, 0);
    }

    function test_pastStakeIsRemembered() public {
        uint48 then = uint48(block.timestamp);
        vm.warp(then + 4 days);
        vm.prank(_user);
        staking.unbond(Role.Solver, 100 * ATN);
        vm.assertEq(staking.pastStake(_user, Role.Solver, then - 1), 0);
        vm.assertEq(staking.pastStake(_user, Role.Solver, then), 100 * ATN);
        vm.assertEq(staking.pastStake(_user, Role.Solver, uint48(block.timestamp)), 0);
        vm.assertEq(staking.pastTotalStake(Role.Solver, then + 1), 100 * ATN);
        vm.assertEq(staking.pastTotalStake(Role.Solver, uint48(block.timestamp)), 0);
    }

    function test_onlyTheTimelockNamesSlashersAndTheFreezer() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        staking.setSlasher(SlashReason.Silence, address(this));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        staking.setFreezer(address(this));
    }

    function testFuzz_whatWasStakedIsPaidBackOrSlashed(
        uint256 staked,
        uint256 unbonded,
        uint256 slashed,
        uint256 share
    ) public {
        address who = address(0x99);
        staked = bound(staked, 50 * ATN, 1e8 * ATN);
        stakeFor(who, Role.Solver, staked);
        vm.warp(block.timestamp + 3 days);
        unbonded = bound(unbonded, 1, staked);
        if (staked - unbonded < 50 * ATN) unbonded = staked;
        vm.prank(who);
        staking.unbond(Role.Solver, unbonded);
        share = bound(share, 0, 5_000);
        vm.prank(_slasher);
        uint256 taken =
            staking.slash(who, Role.Solver, SlashReason.Verdict, bound(slashed, 0, 2 * staked), _helper, share);
        vm.assertGe(atn.balanceOf(treasury), atn.balanceOf(_helper));
        vm.assertEq(atn.balanceOf(treasury) + atn.balanceOf(_helper), taken);
        // The rest can always leave, even when it is below the minimum.
        uint256 activeWei = staking.position(who, Role.Solver).activeWei;
        if (activeWei != 0) {
            vm.prank(who);
            staking.unbond(Role.Solver, activeWei);
        }
        vm.warp(block.timestamp + UNBONDING);
        if (staked != taken) {
            vm.prank(who);
            staking.withdraw(Role.Solver);
        }
        vm.assertEq(atn.balanceOf(who), staked - taken);
    }

    function testFuzz_unbondingNeverLeavesTooLittle(uint256 amount) public {
        vm.warp(block.timestamp + 3 days);
        amount = bound(amount, 1, 100 * ATN);
        uint256 rest = 100 * ATN - amount;
        vm.prank(_user);
        if (rest != 0 && rest < 50 * ATN) {
            vm.expectRevert(abi.encodeWithSelector(IParticipantStaking.StakeTooLow.selector, rest, 50 * ATN));
        }
        staking.unbond(Role.Solver, amount);
    }
}
