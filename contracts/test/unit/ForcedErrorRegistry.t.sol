// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ForcedErrorRegistry} from "../../src/ForcedErrorRegistry.sol";
import {IForcedErrorRegistry} from "../../src/interfaces/IForcedErrorRegistry.sol";
import {Share} from "../../src/interfaces/IResultsRewards.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role} from "../../src/types/Staking.sol";
import {World} from "../support/World.sol";

contract ForcedErrorRegistryTest is World {
    address private _setter = address(0xf0);

    function setUp() public {
        deploy();
        populate(4, 11, 1);
        vm.prank(builder);
        project.setBudget(BUDGET, 4, 5);
        vm.prank(timelock);
        traps.setSetter(_setter, true);
        atn.transfer(_setter, 100 * ATN);
        vm.prank(_setter);
        atn.approve(address(traps), type(uint256).max);
    }

    function test_aTrapPaysWhoSawItAndSlashesWhoDidNot() public {
        (bytes32 taskId, address decoy) = _trapped(0, 9 * ATN);
        // Solver 0 is the trap: coordinators 0 and 1 measured it, 2 to 4 did not.
        _vote(taskId);
        uint256 stakeWei = staking.slashableStake(rewards.seatOf(taskId, 2).coordinator, Role.Coordinator);
        uint256 treasuryBefore = atn.balanceOf(treasury);
        _open(taskId, decoy, 0);
        for (uint256 i = 0; i < 5; ++i) {
            address coordinator = rewards.seatOf(taskId, i).coordinator;
            vm.assertEq(traps.owedWei(coordinator), i < 2 ? 9 * ATN / 2 : 0);
            vm.assertEq(staking.position(coordinator, Role.Coordinator).slashes, i < 2 ? 0 : 1);
        }
        vm.assertEq(
            staking.slashableStake(rewards.seatOf(taskId, 2).coordinator, Role.Coordinator),
            stakeWei - stakeWei / 10
        );
        vm.assertGt(atn.balanceOf(treasury), treasuryBefore);
        address catcher = rewards.seatOf(taskId, 0).coordinator;
        vm.prank(catcher);
        vm.assertEq(traps.withdraw(), 9 * ATN / 2);
        vm.prank(catcher);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.NothingOwed.selector, catcher));
        traps.withdraw();
        vm.assertEq(rewards.amountOf(taskId, Share.Solver, 0), 0); // a trap is never paid as an update
    }

    function test_beforeItsOpeningATrapSaysNothing() public {
        (bytes32 taskId, address decoy) = _trapped(1, ATN);
        bytes32 trap = _trap(taskId, decoy);
        IForcedErrorRegistry.Trap memory t = traps.trapOf(trap);
        // All that is stored: who placed it, what it pays, when. No task, no solver, no answer.
        vm.assertEq(t.setter, _setter);
        vm.assertEq(t.bountyWei, ATN);
        vm.assertFalse(t.closed);
        // Who guesses task and solver still lacks the salt.
        vm.assertNotEq(trap, Commitments.trap(address(traps), taskId, decoy, _setter, "guess"));
    }

    function test_aTrapIsOpenedOnlyAfterTheVoteAndInItsTime() public {
        (bytes32 taskId, address decoy) = _trapped(0, ATN);
        bytes memory consent = signature(keys[decoy], _trap(taskId, decoy));
        vm.startPrank(_setter);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.VoteNotOver.selector, taskId));
        traps.open(taskId, 0, "salt", consent);
        vm.stopPrank();
        _vote(taskId);
        uint64 until = rewards.ballotOf(taskId).opensClose + 1 days;
        vm.warp(until);
        vm.prank(_setter);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.OpeningOver.selector, until));
        traps.open(taskId, 0, "salt", consent);
    }

    function test_aTrapMustPrecedeTheCommitmentsAndNameARevealedSolution() public {
        bytes32 taskId = toVote(proposers[0]);
        address decoy = tasks.solversOf(taskId)[0].solver;
        bytes32 trap = _trap(taskId, decoy);
        vm.prank(_setter);
        traps.place(trap, 1);
        _vote(taskId);
        uint64 closedAt = tasks.taskOf(taskId).closedAt;
        bytes memory consent = signature(keys[decoy], trap);
        vm.startPrank(_setter);
        vm.expectRevert(
            abi.encodeWithSelector(
                IForcedErrorRegistry.TrapTooLate.selector, traps.trapOf(trap).placedAt, closedAt
            )
        );
        traps.open(taskId, 0, "salt", consent);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.NoSuchSolution.selector, taskId, 4));
        traps.open(taskId, 4, "salt", consent);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.NoSuchSolution.selector, bytes32("t"), 0));
        traps.open("t", 0, "salt", consent);
        vm.expectPartialRevert(IForcedErrorRegistry.TrapUnknown.selector);
        traps.open(taskId, 0, "other salt", consent);
        vm.expectPartialRevert(IForcedErrorRegistry.TrapUnknown.selector);
        traps.open(taskId, 1, "salt", consent); // another solver's update
    }

    function test_anHonestUpdateCannotBeCalledATrap() public {
        (bytes32 taskId, address decoy) = _trapped(0, ATN);
        _vote(taskId);
        bytes memory forged = signature(keys[solvers[0]] ^ 1, _trap(taskId, decoy));
        vm.prank(_setter);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.SignatureInvalid.selector, decoy));
        traps.open(taskId, 0, "salt", forged);
    }

    function test_aTrapIsOpenedOnceAndOnlyByItsSetter() public {
        (bytes32 taskId, address decoy) = _trapped(0, ATN);
        _vote(taskId);
        bytes32 trap = _trap(taskId, decoy);
        vm.expectPartialRevert(IForcedErrorRegistry.TrapUnknown.selector);
        traps.open(taskId, 0, "salt", "");
        _open(taskId, decoy, 0);
        bytes memory consent = signature(keys[decoy], trap);
        vm.startPrank(_setter);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.TrapUnknown.selector, trap));
        traps.open(taskId, 0, "salt", consent);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.TrapUnknown.selector, trap));
        traps.reclaim(trap);
    }

    function test_whatNobodyCaughtGoesBackToTheSetter() public {
        (bytes32 taskId, address decoy) = _trapped(2, ATN);
        _vote(taskId); // everybody scores solver 2 above zero
        _open(taskId, decoy, 2);
        vm.assertEq(traps.owedWei(_setter), ATN);
        for (uint256 i = 0; i < 5; ++i) {
            vm.assertEq(
                staking.position(rewards.seatOf(taskId, i).coordinator, Role.Coordinator).slashes, 1
            );
        }
    }

    function test_silentCoordinatorsAreNotJudgedByATrap() public {
        (bytes32 taskId, address decoy) = _trapped(0, ATN);
        uint32[] memory scores = honestScores(taskId);
        for (uint256 i = 0; i < 4; ++i) {
            sealSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 4; ++i) {
            openSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
        _open(taskId, decoy, 0);
        vm.assertEq(staking.position(rewards.seatOf(taskId, 4).coordinator, Role.Coordinator).slashes, 0);
    }

    function test_anUnopenedTrapIsReclaimedLater() public {
        vm.startPrank(_setter);
        traps.place("trap", uint96(ATN));
        uint256 from = block.timestamp + 30 days;
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.NotReclaimable.selector, from));
        traps.reclaim("trap");
        vm.warp(from);
        traps.reclaim("trap");
        vm.assertEq(traps.withdraw(), ATN);
    }

    function test_onlySettersPlaceAndOnlyNewTrapsWithABounty() public {
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.NotSetter.selector, address(this)));
        traps.place("trap", 1);
        vm.startPrank(_setter);
        vm.expectRevert(IForcedErrorRegistry.TrapInvalid.selector);
        traps.place(0, 1);
        vm.expectRevert(IForcedErrorRegistry.TrapInvalid.selector);
        traps.place("trap", 0);
        traps.place("trap", 1);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.TrapKnown.selector, bytes32("trap")));
        traps.place("trap", 1);
    }

    function test_onlyTheTimelockSetsTheTerms() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        traps.setSetter(address(this), true);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        traps.setSlash(1);
        vm.startPrank(timelock);
        traps.setSlash(5_000);
        vm.assertEq(traps.slashBps(), 5_000);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.SlashTooHigh.selector, 5_001));
        traps.setSlash(5_001);
        vm.expectRevert(abi.encodeWithSelector(IForcedErrorRegistry.SlashTooHigh.selector, 5_001));
        new ForcedErrorRegistry(staking, tasks, rewards, timelock, 1, 1, 5_001);
    }

    /// @dev A task at its vote in which the solver at `seat` is a trap.
    function _trapped(uint256 seat, uint256 bountyWei) private returns (bytes32 taskId, address decoy) {
        taskId = propose(proposers[0]);
        decoy = tasks.solversOf(taskId)[seat].solver;
        bytes32 trap = _trap(taskId, decoy);
        vm.prank(_setter);
        traps.place(trap, uint96(bountyWei));
        vm.warp(block.timestamp + 1);
        commitAll(taskId);
        revealTruth(taskId);
        revealAll(taskId);
        tasks.drawCoordinators(taskId);
    }

    function _trap(bytes32 taskId, address decoy) private view returns (bytes32) {
        return Commitments.trap(address(traps), taskId, decoy, _setter, "salt");
    }

    function _open(bytes32 taskId, address decoy, uint256 seat) private {
        bytes memory consent = signature(keys[decoy], _trap(taskId, decoy));
        vm.prank(_setter);
        traps.open(taskId, seat, "salt", consent);
    }

    /// @dev Coordinators 0 and 1 score solver 0 zero, the others do not.
    function _vote(bytes32 taskId) private {
        for (uint256 i = 0; i < 5; ++i) {
            sealSeat(taskId, i, _scores(taskId, i), "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 5; ++i) {
            openSeat(taskId, i, _scores(taskId, i), "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
    }

    function _scores(bytes32 taskId, uint256 seat) private view returns (uint32[] memory scores) {
        scores = honestScores(taskId);
        if (seat < 2) scores[0] = 0;
    }
}
