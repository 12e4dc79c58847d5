// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ATNToken} from "../../src/ATNToken.sol";
import {Emission} from "../../src/Emission.sol";
import {ForcedErrorRegistry} from "../../src/ForcedErrorRegistry.sol";
import {ParticipantStaking} from "../../src/ParticipantStaking.sol";
import {Project, ProjectTerms} from "../../src/Project.sol";
import {ResultsRewards} from "../../src/ResultsRewards.sol";
import {TaskContract} from "../../src/TaskContract.sol";
import {YumaEngine} from "../../src/YumaEngine.sol";
import {Allocation} from "../../src/interfaces/IEmission.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role, RoleTerms, SlashReason} from "../../src/types/Staking.sol";
import {
    CoordinatorSeat,
    ModelCertificate,
    PhaseSeconds,
    SolutionOpening,
    SolverSeat,
    Task,
    Vote
} from "../../src/types/Tasks.sol";
import {T} from "./T.sol";

/// @notice All contracts, deployed and connected as they are in use, with participants who can play whole rounds.
abstract contract World is T {
    uint256 internal constant ATN = 1e18;
    uint256 internal constant CAP = 1e9 * ATN;
    uint64 internal constant UNBONDING = 21 days;
    uint64 internal constant CHALLENGE_WINDOW = 7 days;
    uint64 internal constant MAX_FREEZE = 60 days;
    uint256 internal constant BUDGET = 1_000 * ATN;

    address internal timelock = address(0x71);
    address internal treasury = address(0x72);
    address internal disputes = address(0x73);
    address internal builder = address(0x74); // owns the project
    address internal stranger = address(0x75);

    Emission internal emission;
    ATNToken internal atn;
    ParticipantStaking internal staking;
    TaskContract internal tasks;
    YumaEngine internal engine;
    ResultsRewards internal rewards;
    ForcedErrorRegistry internal traps;
    Project internal project;

    mapping(address account => uint256) internal keys;
    address[] internal proposers;
    address[] internal solvers;
    address[] internal coordinators;
    address[] internal aggregators;

    function deploy() internal {
        vm.warp(1_700_000_000);
        Allocation[] memory genesis = new Allocation[](1);
        genesis[0] = Allocation(address(this), CAP / 2);
        emission = new Emission(CAP, 10 * ATN, timelock, genesis);
        atn = emission.token();
        staking = new ParticipantStaking(
            atn, treasury, timelock, roleTerms(), UNBONDING, CHALLENGE_WINDOW, MAX_FREEZE
        );
        tasks = new TaskContract(staking, timelock, phaseSeconds());
        engine = new YumaEngine();
        rewards = new ResultsRewards(tasks, atn, engine, timelock, CHALLENGE_WINDOW);
        tasks.connect(rewards);
        traps = new ForcedErrorRegistry(staking, tasks, rewards, timelock, 1 days, 30 days, 1_000);
        project = newProject(10_000 * ATN);
        vm.startPrank(timelock);
        staking.setSlasher(SlashReason.Silence, address(tasks));
        staking.setSlasher(SlashReason.MissedTrap, address(traps));
        staking.setSlasher(SlashReason.Verdict, disputes);
        staking.setFreezer(disputes);
        rewards.setTraps(address(traps));
        rewards.setDisputes(disputes);
        vm.stopPrank();
    }

    function newProject(uint256 fundsWei) internal returns (Project p) {
        p = new Project(
            ProjectTerms("Test model", "TST", builder, atn, address(tasks), rewards, 10, 1_000_000 * ATN)
        );
        vm.prank(builder);
        p.setBudget(BUDGET, 8, 11);
        if (fundsWei != 0) {
            atn.approve(address(p), fundsWei);
            p.fund(fundsWei);
        }
    }

    function roleTerms() internal pure returns (RoleTerms[4] memory terms) {
        terms[uint256(Role.Proposer)] = RoleTerms(uint128(100 * ATN), 7 days);
        terms[uint256(Role.Solver)] = RoleTerms(uint128(50 * ATN), 3 days);
        terms[uint256(Role.Coordinator)] = RoleTerms(uint128(500 * ATN), 14 days);
        terms[uint256(Role.Aggregator)] = RoleTerms(uint128(1_000 * ATN), 14 days);
    }

    function phaseSeconds() internal pure returns (PhaseSeconds memory) {
        return PhaseSeconds(1 hours, 10 minutes, 20 minutes, 15 minutes, 30 minutes, 25 minutes, 2 hours);
    }

    // --- participants

    function join(string memory name, Role role, uint256 stakeWei) internal returns (address who) {
        uint256 key;
        (who, key) = account(name);
        keys[who] = key;
        stakeFor(who, role, stakeWei);
        vm.prank(who);
        tasks.enroll(address(project), role, role == Role.Solver ? 2 : 1);
    }

    function stakeFor(address who, Role role, uint256 stakeWei) internal {
        atn.transfer(who, stakeWei);
        vm.startPrank(who);
        atn.approve(address(staking), stakeWei);
        staking.stake(role, stakeWei);
        vm.stopPrank();
    }

    /// @dev So many of each role; stakes differ, so that nothing depends on their being equal.
    function populate(uint256 solverCount, uint256 coordinatorCount, uint256 aggregatorCount) internal {
        proposers.push(join("proposer-a", Role.Proposer, 100 * ATN));
        proposers.push(join("proposer-b", Role.Proposer, 150 * ATN));
        for (uint256 i = 0; i < solverCount; ++i) {
            solvers.push(join(string.concat("solver-", vm.toString(i)), Role.Solver, (50 + i) * ATN));
        }
        for (uint256 i = 0; i < coordinatorCount; ++i) {
            coordinators.push(
                join(string.concat("coordinator-", vm.toString(i)), Role.Coordinator, (500 + 10 * i) * ATN)
            );
        }
        for (uint256 i = 0; i < aggregatorCount; ++i) {
            aggregators.push(join(string.concat("aggregator-", vm.toString(i)), Role.Aggregator, (1_000 + i) * ATN));
        }
    }

    // --- one round, step by step

    function truthSalt(address proposer, uint256 round) internal pure returns (bytes32) {
        return keccak256(abi.encode("truth", proposer, round));
    }

    function truthCommitment(address p, uint256 round, address proposer) internal pure returns (bytes32) {
        return Commitments.truth(p, round, proposer, "truth-cipher", "truth-plain", truthSalt(proposer, round));
    }

    function propose(address proposer) internal returns (bytes32 taskId) {
        (, uint32 rounds,) = tasks.progressOf(address(project));
        bytes32 commitment = truthCommitment(address(project), rounds, proposer);
        vm.prank(proposer);
        taskId = tasks.propose(address(project), "recipe", commitment);
    }

    function opening(bytes32 taskId, address solver) internal pure returns (SolutionOpening memory) {
        return SolutionOpening({
            ciphertextId: keccak256(abi.encode("cipher", taskId, solver)),
            plaintextId: keccak256(abi.encode("plain", taskId, solver)),
            salt: keccak256(abi.encode("salt", taskId, solver)),
            traceRoot: keccak256(abi.encode("trace", taskId, solver))
        });
    }

    function commitSeat(bytes32 taskId, uint256 seat) internal {
        address solver = tasks.solversOf(taskId)[seat].solver;
        bytes32 commitment = Commitments.update(taskId, solver, opening(taskId, solver));
        vm.prank(solver);
        tasks.commit(taskId, seat, commitment);
    }

    function commitAll(bytes32 taskId) internal {
        uint256 count = tasks.solversOf(taskId).length;
        for (uint256 i = 0; i < count; ++i) {
            commitSeat(taskId, i);
        }
    }

    function revealTruth(bytes32 taskId) internal {
        Task memory task = tasks.taskOf(taskId);
        vm.prank(task.proposer);
        tasks.revealTruth(taskId, "truth-cipher", "truth-plain", truthSalt(task.proposer, task.round));
    }

    function revealSeat(bytes32 taskId, uint256 seat) internal {
        address solver = tasks.solversOf(taskId)[seat].solver;
        vm.prank(solver);
        tasks.revealSolution(taskId, seat, opening(taskId, solver));
    }

    function revealAll(bytes32 taskId) internal {
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        for (uint256 i = 0; i < seats.length; ++i) {
            if (seats[i].commitment != 0) revealSeat(taskId, i);
        }
    }

    /// @dev To the point where the coordinators vote.
    function toVote(address proposer) internal returns (bytes32 taskId) {
        taskId = propose(proposer);
        commitAll(taskId);
        revealTruth(taskId);
        revealAll(taskId);
        tasks.drawCoordinators(taskId);
    }

    function voteSalt(bytes32 taskId, uint256 seat) internal pure returns (bytes32) {
        return keccak256(abi.encode("vote", taskId, seat));
    }

    function sealSeat(bytes32 taskId, uint256 seat, uint32[] memory scores, bytes32 evidence) internal {
        sealSeat(taskId, seat, Vote(scores, true, evidence));
    }

    function sealSeat(bytes32 taskId, uint256 seat, Vote memory vote) internal {
        bytes32 seal = sealOf(taskId, seat, vote);
        vm.prank(rewards.seatOf(taskId, seat).coordinator);
        rewards.sealVote(taskId, seat, seal);
    }

    function sealOf(bytes32 taskId, uint256 seat, Vote memory vote) internal view returns (bytes32) {
        address coordinator = rewards.seatOf(taskId, seat).coordinator;
        return Commitments.vote(taskId, coordinator, revealedSolvers(taskId), vote, voteSalt(taskId, seat));
    }

    function revealedSolvers(bytes32 taskId) internal view returns (address[] memory revealed) {
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        revealed = new address[](tasks.taskOf(taskId).revealed);
        uint256 count = 0;
        for (uint256 j = 0; j < seats.length; ++j) {
            if (seats[j].revealed) revealed[count++] = seats[j].solver;
        }
    }

    function openSeat(bytes32 taskId, uint256 seat, uint32[] memory scores, bytes32 evidence) internal {
        openSeat(taskId, seat, Vote(scores, true, evidence));
    }

    function openSeat(bytes32 taskId, uint256 seat, Vote memory vote) internal {
        vm.prank(rewards.seatOf(taskId, seat).coordinator);
        rewards.openVote(taskId, seat, vote, voteSalt(taskId, seat));
    }

    /// @dev Seals and opens one vote for every seat of the present committee.
    function voteOf(bytes32 taskId, Vote[] memory votes) internal {
        uint256 first = rewards.ballotOf(taskId).first;
        for (uint256 i = 0; i < votes.length; ++i) {
            sealSeat(taskId, first + i, votes[i]);
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = 0; i < votes.length; ++i) {
            openSeat(taskId, first + i, votes[i]);
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
    }

    /// @dev Everybody measures the same: of the solvers that revealed, the j-th scores 10,000 + 100 j micro-nats.
    function honestScores(bytes32 taskId) internal view returns (uint32[] memory scores) {
        scores = new uint32[](tasks.taskOf(taskId).revealed);
        for (uint256 j = 0; j < scores.length; ++j) {
            scores[j] = uint32(10_000 + 100 * j);
        }
    }

    function voteAll(bytes32 taskId) internal {
        uint32[] memory scores = honestScores(taskId);
        (uint256 first, uint256 count) = (rewards.ballotOf(taskId).first, rewards.ballotOf(taskId).seats);
        for (uint256 i = first; i < first + count; ++i) {
            sealSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).sealsClose);
        for (uint256 i = first; i < first + count; ++i) {
            openSeat(taskId, i, scores, "evidence");
        }
        vm.warp(rewards.ballotOf(taskId).opensClose);
    }

    function toAggregation(address proposer) internal returns (bytes32 taskId) {
        taskId = toVote(proposer);
        voteAll(taskId);
        rewards.finalise(taskId);
    }

    /// @dev Signed by every coordinator of the deciding committee.
    function certificate(bytes32 taskId, bytes32 digest) internal view returns (ModelCertificate memory) {
        return certificateOf(taskId, digest, (uint256(1) << rewards.ballotOf(taskId).seats) - 1);
    }

    function certificateOf(bytes32 taskId, bytes32 digest, uint256 signers)
        internal
        view
        returns (ModelCertificate memory c)
    {
        uint256 count = 0;
        for (uint256 i = 0; i < 256; ++i) {
            count += (signers >> i) & 1;
        }
        c.signers = signers;
        c.r = new bytes32[](count);
        c.vs = new bytes32[](count);
        uint256 next = 0;
        for (uint256 i = 0; next < count; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            address coordinator = rewards.seatOf(taskId, rewards.ballotOf(taskId).first + i).coordinator;
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[coordinator], digest);
            c.r[next] = r;
            c.vs[next++] = bytes32(uint256(s) | (uint256(v - 27) << 255));
        }
    }

    function modelDigest(bytes32 taskId) internal view returns (bytes32) {
        return Commitments.model(address(rewards), taskId, "model", "extent");
    }

    function publish(bytes32 taskId) internal {
        Task memory task = tasks.taskOf(taskId);
        address aggregator = tasks.aggregatorsOf(taskId)[task.turn];
        ModelCertificate memory c = certificate(taskId, modelDigest(taskId));
        vm.prank(aggregator);
        tasks.publish(taskId, "model", "extent", c);
    }

    function wholeRound(address proposer) internal returns (bytes32 taskId) {
        taskId = toAggregation(proposer);
        publish(taskId);
    }
}
