// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IncomeSplit} from "../../src/interfaces/IProject.sol";
import {Share} from "../../src/interfaces/IResultsRewards.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {ModelCertificate, SolverSeat, Vote} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

/// @notice The gas of every call that a user makes, as a transaction of its own, with 8 solvers and 11 coordinators drawn
/// from rosters of 9 and 23.
contract TaskGasTest is World {
    uint256 private constant FINALISE_LIMIT = 5_000_000;

    address private _user;
    uint256 private _userKey;

    function setUp() public {
        deploy();
        populate(9, 23, 3);
        (_user, _userKey) = account("user");
        atn.transfer(_user, 10_000 * ATN);
        vm.startPrank(_user);
        atn.approve(address(staking), type(uint256).max);
        atn.approve(address(project), type(uint256).max);
        vm.stopPrank();
    }

    function test_gasOfStaking() public {
        _as("ParticipantStaking", "stake", _user, address(staking), abi.encodeCall(staking.stake, (Role.Solver, 100 * ATN)));
        _as("ParticipantStaking", "stake more", _user, address(staking), abi.encodeCall(staking.stake, (Role.Solver, ATN)));
        vm.warp(block.timestamp + 3 days);
        _as("ParticipantStaking", "unbond", _user, address(staking), abi.encodeCall(staking.unbond, (Role.Solver, 50 * ATN)));
        vm.warp(block.timestamp + UNBONDING);
        _as("ParticipantStaking", "withdraw", _user, address(staking), abi.encodeCall(staking.withdraw, (Role.Solver)));
        _as("ParticipantStaking", "freeze", disputes, address(staking), abi.encodeCall(staking.freeze, (_user, Role.Solver)));
        _as("ParticipantStaking", "unfreeze", disputes, address(staking), abi.encodeCall(staking.unfreeze, (_user, Role.Solver)));
        _as("ParticipantStaking", "slash", disputes, address(staking), abi.encodeCall(staking.slash, (_user, Role.Solver, SlashReason.Verdict, ATN, stranger, 5_000)));
    }

    function test_gasOfAToken() public {
        _as("ATNToken", "transfer", _user, address(atn), abi.encodeCall(atn.transfer, (stranger, ATN)));
        _as("ATNToken", "approve", _user, address(atn), abi.encodeCall(atn.approve, (stranger, ATN)));
        _as("ATNToken", "delegate", _user, address(atn), abi.encodeCall(atn.delegate, (_user)));
        _as("ATNToken", "transfer with votes", _user, address(atn), abi.encodeCall(atn.transfer, (stranger, ATN)));
        _as("ATNToken", "burn", _user, address(atn), abi.encodeCall(atn.burn, (ATN)));
        _as("Emission", "setRate", timelock, address(emission), abi.encodeCall(emission.setRate, (ATN)));
        vm.warp(block.timestamp + 1 days);
        _as("Emission", "emitTo", timelock, address(emission), abi.encodeCall(emission.emitTo, (_user, ATN)));
    }

    function test_gasOfARound() public {
        stakeFor(_user, Role.Solver, 60 * ATN);
        _as("TaskContract", "enroll", _user, address(tasks), abi.encodeCall(tasks.enroll, (address(project), Role.Solver, 1)));
        _as("TaskContract", "refresh", _user, address(tasks), abi.encodeCall(tasks.refresh, (address(project), Role.Solver, _user)));
        _as("TaskContract", "resign", _user, address(tasks), abi.encodeCall(tasks.resign, (address(project), Role.Solver)));
        bytes32 commitment = truthCommitment(address(project), 0, proposers[0]);
        _as("TaskContract", "propose (8 solvers)", proposers[0], address(tasks), abi.encodeCall(tasks.propose, (address(project), "recipe", commitment)));
        (bytes32 taskId,,) = tasks.progressOf(address(project));
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        for (uint256 i = 0; i < 8; ++i) {
            bytes32 c = Commitments.update(taskId, seats[i].solver, opening(taskId, seats[i].solver));
            _as("TaskContract", i == 7 ? "commit (last)" : "commit", seats[i].solver, address(tasks), abi.encodeCall(tasks.commit, (taskId, i, c)));
        }
        _as("TaskContract", "revealTruth", proposers[0], address(tasks), abi.encodeCall(tasks.revealTruth, (taskId, "truth-cipher", "truth-plain", truthSalt(proposers[0], 0))));
        for (uint256 i = 0; i < 8; ++i) {
            _as("TaskContract", i == 7 ? "revealSolution (last)" : "revealSolution", seats[i].solver, address(tasks), abi.encodeCall(tasks.revealSolution, (taskId, i, opening(taskId, seats[i].solver))));
        }
        _as("TaskContract", "drawCoordinators (11)", stranger, address(tasks), abi.encodeCall(tasks.drawCoordinators, (taskId)));
        _voteMeasured(taskId);
        uint256 gas = _as("ResultsRewards", "finalise (8 solvers, 11 coordinators)", stranger, address(rewards), abi.encodeCall(rewards.finalise, (taskId)));
        vm.assertLt(gas, FINALISE_LIMIT);
        ModelCertificate memory c_ = certificate(taskId, modelDigest(taskId));
        _as("TaskContract", "publish (11 signatures)", tasks.aggregatorsOf(taskId)[0], address(tasks), abi.encodeCall(tasks.publish, (taskId, "model", "extent", c_)));
        _as("ResultsRewards", "exposeSolution", stranger, address(rewards), abi.encodeCall(rewards.exposeSolution, (taskId, 0, opening(taskId, seats[0].solver))));
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        _as("ResultsRewards", "claim (proposer)", proposers[0], address(rewards), abi.encodeCall(rewards.claim, (taskId, Share.Proposer, 0)));
        _as("ResultsRewards", "claim (solver)", seats[3].solver, address(rewards), abi.encodeCall(rewards.claim, (taskId, Share.Solver, 3)));
        _as("ResultsRewards", "claim (coordinator)", rewards.seatOf(taskId, 4).coordinator, address(rewards), abi.encodeCall(rewards.claim, (taskId, Share.Coordinator, 4)));
    }

    /// @dev The dearest case: every solver in another word of bonds, all eleven coordinators paid for the first time.
    function test_finalisingFitsInItsLimitWithScatteredSolvers() public {
        for (uint256 i = 0; i < 120; ++i) {
            join(string.concat("idle-", vm.toString(i)), Role.Solver, 50 * ATN);
        }
        for (uint256 i = 0; i < 129; ++i) {
            address member = tasks.memberAt(address(project), Role.Solver, i);
            if (i % 16 == 0 && i != 128) continue;
            vm.prank(member);
            tasks.resign(address(project), Role.Solver);
        }
        bytes32 taskId = toVote(proposers[0]);
        vm.assertEq(tasks.solversOf(taskId).length, 8);
        voteAll(taskId);
        uint256 gas = _as("ResultsRewards", "finalise (scattered solvers)", stranger, address(rewards), abi.encodeCall(rewards.finalise, (taskId)));
        vm.assertLt(gas, FINALISE_LIMIT);
    }

    /// @dev The most there can be, in other words of bonds each: it must fit in one transaction (EIP-7825: 2^24 gas).
    function test_finalisingTheLargestTaskFitsInOneTransaction() public {
        for (uint256 i = 0; i < 250; ++i) {
            address idle = join(string.concat("idle-", vm.toString(i)), Role.Solver, 50 * ATN);
            if ((i + 9) % 16 == 0) continue;
            vm.prank(idle);
            tasks.resign(address(project), Role.Solver);
        }
        for (uint256 i = 1; i < 9; ++i) {
            vm.prank(solvers[i]);
            tasks.resign(address(project), Role.Solver);
        }
        vm.prank(builder);
        project.setBudget(BUDGET, 16, 16);
        bytes32 taskId = toVote(proposers[0]);
        vm.assertEq(tasks.solversOf(taskId).length, 16);
        vm.assertEq(rewards.ballotOf(taskId).seats, 16);
        voteAll(taskId);
        uint256 gas = _as("ResultsRewards", "finalise (16 solvers, 16 coordinators, scattered)", stranger, address(rewards), abi.encodeCall(rewards.finalise, (taskId)));
        vm.assertLt(gas, 1 << 24);
    }

    function test_gasOfSilence() public {
        bytes32 taskId = propose(proposers[0]);
        vm.warp(tasks.taskOf(taskId).deadline);
        _as("TaskContract", "advance (8 silent solvers)", stranger, address(tasks), abi.encodeCall(tasks.advance, (taskId)));
        taskId = propose(proposers[1]);
        commitAll(taskId);
        vm.warp(tasks.taskOf(taskId).deadline);
        _as("TaskContract", "advance (silent proposer)", stranger, address(tasks), abi.encodeCall(tasks.advance, (taskId)));
        address solver = tasks.solversOf(taskId)[0].solver;
        _as("ResultsRewards", "withdrawCompensation", solver, address(rewards), abi.encodeCall(rewards.withdrawCompensation, ()));
    }

    function test_gasOfAProject() public {
        _as("Project", "fund", _user, address(project), abi.encodeCall(project.fund, (ATN)));
        _as("Project", "invest", _user, address(project), abi.encodeCall(project.invest, (ATN, 0)));
        _as("Project", "setBudget", builder, address(project), abi.encodeCall(project.setBudget, (2 * BUDGET, 8, 11)));
        bytes32 taskId = wholeRound(proposers[0]);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        ModelCertificate memory c = certificate(taskId, Commitments.matureModel(address(project), 1, "blob"));
        _as("Project", "setMatureModel (11 signatures)", builder, address(project), abi.encodeCall(project.setMatureModel, (1, "blob", taskId, c)));
        _as("Project", "setInferenceTerms", builder, address(project), abi.encodeCall(project.setInferenceTerms, (uint96(ATN), 1 hours, IncomeSplit(6_000, 3_000))));
        _as("Project", "setServer", builder, address(project), abi.encodeCall(project.setServer, (_user, true)));
        _as("Project", "requestInference", _user, address(project), abi.encodeCall(project.requestInference, ("in", ATN)));
        _as("Project", "requestInference", _user, address(project), abi.encodeCall(project.requestInference, ("in", ATN)));
        bytes memory answer = signature(_userKey, Commitments.inference(address(project), 0, "blob", "in", "out"));
        _as("Project", "fulfil", stranger, address(project), abi.encodeCall(project.fulfil, (0, "out", _user, answer)));
        _as("Project", "withdraw", _user, address(project), abi.encodeCall(project.withdraw, ()));
        address token = address(project.token());
        _as("ProjectToken", "claim", _user, token, abi.encodeWithSignature("claim()"));
        _as("ProjectToken", "transfer", _user, token, abi.encodeWithSignature("transfer(address,uint256)", stranger, 1));
        vm.warp(block.timestamp + 1 hours);
        _as("Project", "refund", _user, address(project), abi.encodeCall(project.refund, (1)));
    }

    function test_gasOfATrap() public {
        vm.prank(timelock);
        traps.setSetter(_user, true);
        vm.prank(_user);
        atn.approve(address(traps), type(uint256).max);
        bytes32 taskId = propose(proposers[0]);
        address decoy = tasks.solversOf(taskId)[0].solver;
        bytes32 trap = Commitments.trap(address(traps), taskId, decoy, _user, "salt");
        _as("ForcedErrorRegistry", "place", _user, address(traps), abi.encodeCall(traps.place, (trap, uint96(ATN))));
        _as("ForcedErrorRegistry", "place", _user, address(traps), abi.encodeCall(traps.place, ("unused", uint96(ATN))));
        vm.warp(block.timestamp + 1);
        commitAll(taskId);
        revealTruth(taskId);
        revealAll(taskId);
        tasks.drawCoordinators(taskId);
        voteAll(taskId);
        bytes memory consent = signature(keys[decoy], trap);
        _as("ForcedErrorRegistry", "open (11 slashes)", _user, address(traps), abi.encodeCall(traps.open, (taskId, 0, "salt", consent)));
        vm.warp(block.timestamp + 30 days);
        _as("ForcedErrorRegistry", "reclaim", _user, address(traps), abi.encodeCall(traps.reclaim, ("unused")));
        _as("ForcedErrorRegistry", "withdraw", _user, address(traps), abi.encodeCall(traps.withdraw, ()));
    }

    function _voteMeasured(bytes32 taskId) private {
        Vote memory vote = Vote(honestScores(taskId), true, "evidence");
        for (uint256 i = 0; i < 11; ++i) {
            address coordinator = rewards.seatOf(taskId, i).coordinator;
            bytes32 seal = sealOf(taskId, i, vote);
            _as("ResultsRewards", "sealVote", coordinator, address(rewards), abi.encodeCall(rewards.sealVote, (taskId, i, seal)));
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < 11; ++i) {
            address coordinator = rewards.seatOf(taskId, i).coordinator;
            _as("ResultsRewards", "openVote (8 scores)", coordinator, address(rewards), abi.encodeCall(rewards.openVote, (taskId, i, vote, voteSalt(taskId, i))));
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
    }

    /// @dev Makes the call as a transaction and writes its gas to the snapshot.
    function _as(string memory group, string memory name, address from, address to, bytes memory data)
        private
        returns (uint256)
    {
        vm.prank(from);
        (bool done, bytes memory why) = to.call(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(why, 0x20), mload(why))
            }
        }
        return vm.snapshotGasLastCall(group, name);
    }
}
