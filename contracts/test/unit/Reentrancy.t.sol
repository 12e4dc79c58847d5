// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ParticipantStaking} from "../../src/ParticipantStaking.sol";
import {ATNToken} from "../../src/ATNToken.sol";
import {IncomeSplit, IProject} from "../../src/interfaces/IProject.sol";
import {IProjectToken} from "../../src/interfaces/IProjectToken.sol";
import {IResultsRewards, Share} from "../../src/interfaces/IResultsRewards.sol";
import {IForcedErrorRegistry} from "../../src/interfaces/IForcedErrorRegistry.sol";
import {IParticipantStaking} from "../../src/interfaces/IParticipantStaking.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {ModelCertificate} from "../../src/types/Tasks.sol";
import {HostileToken} from "../support/Hostile.sol";
import {World} from "../support/World.sol";

/// @notice A token that calls back in the middle of every payment gets nowhere, and amounts at the limits of their types
/// are refused.
/// @dev The hostile token's code replaces ATN's: both keep balances and allowances in the same storage slots.
contract ReentrancyTest is World {
    function setUp() public {
        deploy();
        populate(3, 5, 1);
    }

    function test_stakingCannotBeReEntered() public {
        vm.warp(block.timestamp + 3 days);
        vm.prank(solvers[0]);
        staking.unbond(Role.Solver, 50 * ATN);
        vm.warp(block.timestamp + UNBONDING);
        atn.approve(address(staking), 100 * ATN);
        _turnHostile(address(staking), abi.encodeCall(IParticipantStaking.withdraw, (Role.Solver)));
        _expectGuard();
        staking.stake(Role.Solver, 100 * ATN);
        vm.prank(solvers[0]);
        _expectGuard();
        staking.withdraw(Role.Solver);
        vm.prank(disputes);
        _expectGuard();
        staking.slash(solvers[1], Role.Solver, SlashReason.Verdict, 1, address(0), 0);
    }

    function test_projectsCannotBeReEntered() public {
        (address server, uint256 key) = account("server");
        bytes32 taskId = wholeRound(proposers[0]);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        ModelCertificate memory c = certificate(taskId, Commitments.matureModel(address(project), 1, "blob"));
        vm.startPrank(builder);
        project.setMatureModel(1, "blob", taskId, c);
        project.setInferenceTerms(uint96(ATN), 1 hours, IncomeSplit(5_000, 5_000));
        project.setServer(server, true);
        vm.stopPrank();
        atn.approve(address(project), type(uint256).max);
        project.invest(ATN, 0);
        for (uint256 i = 0; i < 3; ++i) {
            project.requestInference("in", ATN);
        }
        bytes memory answer =
            signature(key, Commitments.inference(address(project), 0, "blob", "in", "out"));
        project.fulfil(0, "out", server, answer);
        answer = signature(key, Commitments.inference(address(project), 1, "blob", "in", "out"));
        _turnHostile(address(project), abi.encodeCall(IProject.withdraw, ()));
        _expectGuard();
        project.fund(1);
        _expectGuard();
        project.invest(1, 0);
        _expectGuard();
        project.requestInference("in", ATN);
        _expectGuard();
        project.fulfil(1, "out", server, answer);
        vm.prank(server);
        _expectGuard();
        project.withdraw();
        vm.prank(address(tasks));
        _expectGuard();
        project.openRound("t");
        vm.warp(block.timestamp + 1 hours);
        _expectGuard();
        project.refund(1);
        address token = address(project.token());
        _turnHostile(token, abi.encodeCall(IProjectToken.claim, ()));
        _expectGuard();
        IProjectToken(token).claim();
    }

    function test_rewardsAndTrapsCannotBeReEntered() public {
        bytes32 taskId = wholeRound(proposers[0]);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        vm.prank(timelock);
        traps.setSetter(address(this), true);
        atn.approve(address(traps), ATN);
        traps.place("a", 1);
        vm.warp(block.timestamp + 30 days);
        traps.reclaim("a");
        _turnHostile(address(rewards), abi.encodeCall(IResultsRewards.withdrawCompensation, ()));
        vm.prank(proposers[0]);
        _expectGuard();
        rewards.claim(taskId, Share.Proposer, 0);
        _turnHostile(address(traps), abi.encodeCall(IForcedErrorRegistry.withdraw, ()));
        _expectGuard();
        traps.withdraw();
        _expectGuard();
        traps.place("b", 1);
    }

    function test_amountsAtTheLimitsOfTheirTypesAreRefused() public {
        ATNToken huge = new ATNToken(address(this));
        huge.mint(address(this), type(uint208).max);
        ParticipantStaking s =
            new ParticipantStaking(huge, treasury, timelock, roleTerms(), UNBONDING, CHALLENGE_WINDOW, MAX_FREEZE);
        huge.approve(address(s), type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, uint256(1) << 128)
        );
        s.stake(Role.Solver, uint256(1) << 128);
        s.stake(Role.Solver, type(uint128).max);
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, uint256(1) << 128)
        );
        s.stake(Role.Solver, 1);
        vm.assertEq(s.eligibleStake(address(this), Role.Solver), type(uint128).max);
    }

    function _turnHostile(address target, bytes memory data) private {
        HostileToken hostile = new HostileToken();
        vm.etch(address(atn), address(hostile).code);
        HostileToken(address(atn)).attack(target, data);
    }

    function _expectGuard() private {
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
    }
}
