// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IncomeSplit} from "../../src/interfaces/IProject.sol";
import {Ballot, Share} from "../../src/interfaces/IResultsRewards.sol";
import {IParticipantStaking} from "../../src/interfaces/IParticipantStaking.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {Role, SlashReason} from "../../src/types/Staking.sol";
import {ModelCertificate, SolverSeat, Task, TaskPhase, Vote} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

/// @notice Random participants over random time: each function is one act of one of them, mostly one that is due, at
/// times one that is not. What must never have happened is written down in `violation`.
contract Play is World {
    string public violation;
    uint256 public burnedWei;
    uint256 public steps;
    uint256 public published;
    bytes32[] public taskIds;
    address[] public everybody;
    address public server;

    constructor() {
        deploy();
        populate(5, 9, 2);
        vm.startPrank(builder);
        project.setBudget(100 * ATN, 4, 4);
        vm.stopPrank();
        for (uint256 i = 0; i < proposers.length; ++i) everybody.push(proposers[i]);
        for (uint256 i = 0; i < solvers.length; ++i) everybody.push(solvers[i]);
        for (uint256 i = 0; i < coordinators.length; ++i) everybody.push(coordinators[i]);
        for (uint256 i = 0; i < aggregators.length; ++i) everybody.push(aggregators[i]);
        for (uint256 i = 0; i < everybody.length; ++i) {
            atn.transfer(everybody[i], 5_000 * ATN);
            vm.startPrank(everybody[i]);
            atn.approve(address(staking), type(uint256).max);
            atn.approve(address(project), type(uint256).max);
            vm.stopPrank();
        }
        uint256 key;
        (server, key) = account("server");
        keys[server] = key;
        // A first whole round gives the project a model to sell.
        bytes32 taskId = wholeRound(proposers[0]);
        taskIds.push(taskId);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        ModelCertificate memory c = certificate(taskId, Commitments.matureModel(address(project), 1, "blob"));
        vm.startPrank(builder);
        project.setMatureModel(1, "blob", taskId, c);
        project.setInferenceTerms(uint96(ATN), 2 hours, IncomeSplit(5_000, 4_000));
        project.setServer(server, true);
        vm.stopPrank();
    }

    // --- time and the task under way

    function wait(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1, 1 hours));
    }

    function waitLong(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1 days, 8 days));
    }

    /// @dev Some acts of the round, one after the other.
    function play(uint256 choice, uint256 acts) external {
        acts = bound(acts, 1, 24);
        for (uint256 i = 0; i < acts; ++i) {
            try this.act(uint256(keccak256(abi.encode(choice, i)))) {
                ++steps;
            } catch {}
        }
    }

    /// @dev The next due act of the round; `choice` picks who acts, and now and then lets the deadline pass.
    function act(uint256 choice) external {
        bytes32 taskId = taskIds[taskIds.length - 1];
        Task memory task = tasks.taskOf(taskId);
        if (task.phase == TaskPhase.Published || task.phase == TaskPhase.Void) {
            taskIds.push(propose(proposers[choice % 2]));
            return;
        }
        if (choice % 29 == 0 && block.timestamp < task.deadline) vm.warp(task.deadline);
        if (task.phase == TaskPhase.Voting) {
            _vote(taskId, choice);
        } else if (block.timestamp >= task.deadline) {
            tasks.advance(taskId);
        } else if (task.phase == TaskPhase.Committing) {
            commitSeat(taskId, choice % tasks.solversOf(taskId).length);
        } else if (task.phase == TaskPhase.TruthDue) {
            revealTruth(taskId);
        } else if (task.phase == TaskPhase.SolutionsDue) {
            revealSeat(taskId, choice % tasks.solversOf(taskId).length);
        } else if (task.phase == TaskPhase.DrawDue) {
            tasks.drawCoordinators(taskId);
        } else {
            publish(taskId);
            ++published;
        }
    }

    function claim(uint256 task, uint256 share, uint256 seat) external {
        bytes32 taskId = taskIds[task % taskIds.length];
        share %= 4;
        address who;
        if (share == 0) {
            SolverSeat[] memory seats = tasks.solversOf(taskId);
            seat %= seats.length;
            who = seats[seat].solver;
        } else if (share == 1) {
            seat = rewards.ballotOf(taskId).first + seat % 4;
            who = rewards.seatOf(taskId, seat).coordinator;
        } else {
            who = share == 2 ? rewards.rewardOf(taskId).proposer : rewards.rewardOf(taskId).aggregator;
        }
        vm.prank(who);
        rewards.claim(taskId, Share(share), seat);
    }

    function compensation(uint256 who) external {
        vm.prank(everybody[who % everybody.length]);
        rewards.withdrawCompensation();
    }

    // --- stakes

    function stake(uint256 who, uint256 role, uint256 amount) external {
        vm.prank(everybody[who % everybody.length]);
        staking.stake(Role(role % 4), bound(amount, 1, 1_200 * ATN));
    }

    function unbond(uint256 who, uint256 role, uint256 amount) external {
        address account_ = everybody[who % everybody.length];
        uint256 activeWei = staking.position(account_, Role(role % 4)).activeWei;
        vm.prank(account_);
        staking.unbond(Role(role % 4), amount % 3 == 0 ? activeWei : bound(amount, 0, activeWei));
    }

    function withdrawStake(uint256 who, uint256 role) external {
        vm.prank(everybody[who % everybody.length]);
        staking.withdraw(Role(role % 4));
    }

    function refresh(uint256 who, uint256 role) external {
        tasks.refresh(address(project), Role(role % 4), everybody[who % everybody.length]);
    }

    function freeze(uint256 who, uint256 role, bool on) external {
        vm.prank(disputes);
        if (on) staking.freeze(everybody[who % everybody.length], Role(role % 4));
        else staking.unfreeze(everybody[who % everybody.length], Role(role % 4));
    }

    /// @dev The slashed account and its friend, the beneficiary, together lose at least half of what was taken.
    function slash(uint256 who, uint256 role, uint256 amount, uint256 bps) external {
        address account_ = everybody[who % everybody.length];
        address friend = everybody[(who + 1) % everybody.length];
        uint256 before = _wealth(account_) + _wealth(friend);
        vm.prank(disputes);
        uint256 takenWei =
            staking.slash(account_, Role(role % 4), SlashReason.Verdict, bound(amount, 0, 500 * ATN), friend, bps % 6_000);
        if (_wealth(account_) + _wealth(friend) > before - takenWei + takenWei / 2) {
            violation = "somebody gained from its own slash";
        }
    }

    // --- the project

    function fund(uint256 who, uint256 amount) external {
        vm.prank(everybody[who % everybody.length]);
        project.fund(bound(amount, 0, 200 * ATN));
    }

    function invest(uint256 who, uint256 amount) external {
        vm.prank(everybody[who % everybody.length]);
        project.invest(bound(amount, 0, 50 * ATN), 0);
    }

    function ask(uint256 who) external {
        vm.prank(everybody[who % everybody.length]);
        project.requestInference("in", ATN);
    }

    function answer(uint256 id) external {
        bytes32 digest = Commitments.inference(address(project), id % 8, "blob", "in", "out");
        project.fulfil(id % 8, "out", server, signature(keys[server], digest));
    }

    function refund(uint256 id) external {
        project.refund(id % 8);
    }

    function serverWithdraws() external {
        vm.prank(server);
        project.withdraw();
    }

    function income(uint256 who) external {
        address account_ = everybody[who % everybody.length];
        vm.startPrank(account_);
        project.token().claim();
    }

    function moveTokens(uint256 from, uint256 to, uint256 amount) external {
        address account_ = everybody[from % everybody.length];
        uint256 held = project.token().balanceOf(account_);
        address receiver = everybody[to % everybody.length];
        bool _done;
        vm.startPrank(account_);
        _done = project.token().transfer(receiver, bound(amount, 0, held));
        vm.stopPrank();
    }

    // --- ATN itself

    function burn(uint256 who, uint256 amount) external {
        address account_ = everybody[who % everybody.length];
        amount = bound(amount, 0, atn.balanceOf(account_) / 100);
        vm.prank(account_);
        atn.burn(amount);
        burnedWei += amount;
    }

    function emitMore(uint256 rate, uint256 amount) external {
        vm.startPrank(timelock);
        emission.setRate(bound(rate, 0, 11 * ATN));
        emission.emitTo(everybody[amount % everybody.length], bound(amount, 0, emission.available()));
        vm.stopPrank();
    }

    // --- what the invariants compare

    function supplyIsMintedLessBurned() external view returns (bool) {
        return atn.totalSupply() == emission.mintedWei() - burnedWei && emission.mintedWei() <= emission.capWei();
    }

    function stakeHeld() external view returns (uint256 heldWei, uint256 recordedWei) {
        for (uint256 i = 0; i < everybody.length; ++i) {
            for (uint256 r = 0; r < 4; ++r) {
                recordedWei += staking.slashableStake(everybody[i], Role(r));
            }
        }
        return (atn.balanceOf(address(staking)), recordedWei);
    }

    function totalsAreSums() external view returns (bool) {
        for (uint256 r = 0; r < 4; ++r) {
            uint256 sum = 0;
            for (uint256 i = 0; i < everybody.length; ++i) {
                IParticipantStaking.Position memory p = staking.position(everybody[i], Role(r));
                sum += p.activeWei;
                if (staking.pastStake(everybody[i], Role(r), uint48(block.timestamp)) != p.activeWei) return false;
            }
            if (staking.pastTotalStake(Role(r), uint48(block.timestamp)) != sum) return false;
        }
        return true;
    }

    function rewardsHeld() external view returns (uint256 heldWei, uint256 owedWei) {
        for (uint256 i = 0; i < taskIds.length; ++i) {
            TaskPhase phase = tasks.taskOf(taskIds[i]).phase;
            owedWei += phase == TaskPhase.Published
                ? rewards.rewardOf(taskIds[i]).outstandingWei
                : rewards.rewardOf(taskIds[i]).budgetWei;
        }
        for (uint256 i = 0; i < everybody.length; ++i) {
            owedWei += rewards.compensationWei(everybody[i]);
        }
        return (atn.balanceOf(address(rewards)), owedWei);
    }

    function projectIsSolvent() external view returns (bool) {
        uint256 owedWei = project.owedWei(server);
        // Open questions: escrowWei() would revert if liabilities exceeded what is held.
        return project.escrowWei() + owedWei <= atn.balanceOf(address(project));
    }

    function incomeHeld() external view returns (uint256 heldWei, uint256 claimableWei) {
        for (uint256 i = 0; i < everybody.length; ++i) {
            claimableWei += project.token().claimable(everybody[i]);
        }
        return (atn.balanceOf(address(project.token())), claimableWei);
    }

    function rosterIsSumOfMembers() external view returns (bool) {
        for (uint256 r = 0; r < 4; ++r) {
            (, uint256 weightWei) = tasks.rosterOf(address(project), Role(r));
            for (uint256 i = 0; i < everybody.length; ++i) {
                weightWei -= tasks.member(address(project), Role(r), everybody[i]).weightWei;
            }
            if (weightWei != 0) return false;
        }
        return true;
    }

    /// @dev Seals and opens at any time; what succeeds outside its time is a violation.
    function _vote(bytes32 taskId, uint256 choice) private {
        Ballot memory b = rewards.ballotOf(taskId);
        uint256 seat = b.first + choice % b.seats;
        address coordinator = rewards.seatOf(taskId, seat).coordinator;
        Vote memory vote = Vote(honestScores(taskId), true, "evidence");
        bytes32 salt = voteSalt(taskId, seat);
        if (choice % 16 == 0) {
            uint64 next = block.timestamp < b.sealsClose ? b.sealsClose : b.opensClose;
            if (next > block.timestamp) vm.warp(next);
        }
        bytes32 seal = sealOf(taskId, seat, vote);
        vm.prank(coordinator);
        try rewards.sealVote(taskId, seat, seal) {
            if (block.timestamp >= b.sealsClose) violation = "a vote was sealed after closing";
        } catch {}
        vm.prank(coordinator);
        try rewards.openVote(taskId, seat, vote, salt) {
            if (block.timestamp < b.sealsClose) violation = "a vote was opened before seals closed";
            if (block.timestamp >= b.opensClose) violation = "a vote was opened after closing";
        } catch {}
        try rewards.finalise(taskId) {
            if (block.timestamp < b.opensClose) violation = "an epoch was computed before the vote closed";
        } catch {}
    }

    function _wealth(address account_) private view returns (uint256 wei_) {
        wei_ = atn.balanceOf(account_);
        for (uint256 r = 0; r < 4; ++r) {
            wei_ += staking.slashableStake(account_, Role(r));
        }
    }
}
