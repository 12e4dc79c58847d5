// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Checkpoint, CheckpointRecord, CheckpointStatus, Withdrawal} from "../../src/types/Anchor.sol";
import {Dispute, Phase, Verdict} from "../../src/types/Disputes.sol";
import {Role} from "../../src/types/Staking.sol";
import {DisputeFixture} from "../support/DisputeFixture.sol";
import {MerkleTree} from "../support/MerkleTree.sol";
import {within} from "../support/Ranges.sol";

/// @notice Does everything that anyone may do with bridge and disputes, at random times, by random actors. forge calls only
/// the functions named in the test; each picks something that may be possible and tries it.
contract AnchorActors is DisputeFixture {
    uint256 public disputeCount;
    uint256 public depositedWei;
    uint256 public withdrawnWei;
    uint256 public bondsWei;
    uint256 public claimedWei;
    uint256 public lateVotes;
    uint256 public finalised;
    mapping(uint64 epoch => bytes32 id) public finalAt;
    mapping(bytes32 subject => bool done) public upheld;
    mapping(uint256 index => uint256 times) public paid;

    bytes32[] private _leaves;
    Withdrawal[] private _withdrawals;
    mapping(uint64 epoch => uint256 leaves) private _treeSize;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < 7; ++i) {
            fund(seated.seats[i].signer, 1_000_000 ether, address(disputes));
        }
        fund(CHALLENGER, 1_000_000 ether, address(disputes));
        fund(address(this), 0, address(bridge));
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + within(time, 1 hours, 4 days));
    }

    function deposit(uint256 amount) external {
        amount = within(amount, 1 ether, 1000 ether);
        bridge.deposit(address(atn), amount, bytes32(uint256(1)));
        depositedWei += amount;
        uint64 index = uint64(_withdrawals.length);
        _withdrawals.push(withdrawalOf(index, address(uint160(0xA000 + index)), address(atn), amount));
        _leaves.push(bridge.withdrawalLeaf(_withdrawals[index]));
    }

    function certify(uint256 salt) external {
        uint64 epoch = bridge.lastEpoch() + 1;
        submit(checkpointOn(bridge.checkpointAt(epoch - 1), epoch, MerkleTree.root(_leaves), salt));
        _treeSize[epoch] = _leaves.length;
    }

    function finalize() external {
        uint64 epoch = bridge.lastFinalEpoch() + 1;
        bridge.finalize(epoch);
        finalAt[epoch] = bridge.checkpointAt(epoch);
        ++finalised;
    }

    function finalizeAny(uint64 epoch) external {
        epoch = uint64(within(epoch, 1, bridge.lastEpoch() + 1));
        bridge.finalize(epoch);
        finalAt[epoch] = bridge.checkpointAt(epoch);
        ++finalised;
    }

    function withdraw(uint64 epoch, uint256 index) external {
        // Mostly from what is final, sometimes too early.
        epoch = uint64(within(epoch, 0, epoch % 8 == 0 ? bridge.lastEpoch() : bridge.lastFinalEpoch()));
        uint256 size = _treeSize[epoch];
        index = within(index, 0, size - 1);
        bytes32[] memory leaves = new bytes32[](size);
        for (uint256 i = 0; i < size; ++i) {
            leaves[i] = _leaves[i];
        }
        bridge.withdraw(epoch, _withdrawals[index], size, MerkleTree.path(leaves, index));
        withdrawnWei += _withdrawals[index].amount;
        ++paid[index];
    }

    function challenge(uint64 epoch) external {
        if (epoch % 3 == 0) return; // fewer, so that some checkpoints become final
        open(bridge.checkpointAt(uint64(within(epoch, 1, bridge.lastEpoch()))));
        ++disputeCount;
        bondsWei += BOND;
    }

    function takeUp(uint256 id, uint256 seat) external {
        defend(within(id, 0, disputeCount - 1), seat % 7);
        bondsWei += BOND;
    }

    function move(uint256 id, uint256 segment) external {
        id = within(id, 0, disputeCount - 1);
        Dispute memory d = disputes.disputeOf(id);
        if (d.phase == Phase.DefenderMoves) dissectHonestly(id);
        else choose(id, segment % disputes.segmentsOf(d.low, d.high));
    }

    function moveToOneStep(uint256 id) external {
        toOneStep(within(id, 0, disputeCount - 1));
    }

    function timeout(uint256 id) external {
        disputes.claimTimeout(within(id, 0, disputeCount - 1));
    }

    function judge(uint256 id, uint256 verdict) external {
        id = within(id, 0, disputeCount - 1);
        Verdict given = Verdict(1 + verdict % 3);
        rule(id, given);
        if (given == Verdict.Upheld) upheld[disputes.disputeOf(id).subject] = true;
    }

    function openVote(uint256 id) external {
        disputes.openVote(within(id, 0, disputeCount - 1));
    }

    function vote(uint256 id, uint256 seat, uint256 verdict) external {
        id = within(id, 0, disputeCount - 1);
        bool late = block.timestamp > disputes.disputeOf(id).deadline;
        vm.prank(seated.seats[seat % 7].signer);
        disputes.vote(id, Verdict(1 + verdict % 3));
        if (late) ++lateVotes;
    }

    function tally(uint256 id) external {
        id = within(id, 0, disputeCount - 1);
        disputes.tally(id);
        if (disputes.disputeOf(id).verdict == Verdict.Upheld) upheld[disputes.disputeOf(id).subject] = true;
    }

    function settleMoot(uint256 id) external {
        disputes.settleMoot(within(id, 0, disputeCount - 1));
    }

    function freeze(uint256 id, uint256 from) external {
        from = from % 7;
        disputes.freeze(within(id, 0, disputeCount - 1), abi.encode(seated.seats), from, from + 1);
    }

    function punish(uint256 id) external {
        disputes.punish(within(id, 0, disputeCount - 1), abi.encode(seated.seats), 0, 7);
    }

    function release(uint256 id, uint256 seat) external {
        address[] memory one = new address[](1);
        one[0] = seated.seats[seat % 7].signer;
        disputes.release(within(id, 0, disputeCount - 1), one);
    }

    function claim(uint256 who) external {
        who = who % 9;
        vm.prank(who == 8 ? TREASURY : who == 7 ? CHALLENGER : seated.seats[who].signer);
        claimedWei += disputes.claim();
    }

    function exit(uint256 seat) external {
        address signer = seated.seats[seat % 7].signer;
        bool unbonding = staking.position(signer, COORDINATOR).unbondingWei != 0;
        uint256 activeWei = staking.position(signer, COORDINATOR).activeWei;
        vm.prank(signer);
        if (unbonding) staking.withdraw(COORDINATOR);
        else staking.unbond(COORDINATOR, activeWei);
    }

    /// @dev Does what can be done next in some dispute, so that random courses come to their ends.
    function play(uint256 id, uint256 choice) external {
        if (disputeCount == 0) return this.challenge(1);
        id = within(id, 0, disputeCount - 1);
        Dispute memory d = disputes.disputeOf(id);
        bool due = block.timestamp > d.deadline;
        if (d.phase == Phase.Closed) _settle(id);
        else if (bridge.isMoot(d.subject)) this.settleMoot(id);
        else if (d.phase == Phase.AwaitingDefender && due) this.timeout(id);
        else if (d.phase == Phase.AwaitingDefender) _takeUpWithAnyone(id, choice);
        else if (d.phase == Phase.AwaitingReferees && due) this.openVote(id);
        else if (d.phase == Phase.AwaitingReferees) this.judge(id, choice);
        else if (d.phase == Phase.Voting && due) this.tally(id);
        else if (d.phase == Phase.Voting) this.vote(id, choice, choice >> 8);
        else if (choice % 4 == 0) this.move(id, choice >> 8);
        else if (_clockRanOut(d)) this.timeout(id);
        else this.moveToOneStep(id);
    }

    function _takeUpWithAnyone(uint256 id, uint256 choice) private {
        for (uint256 i = 0; i < 7; ++i) {
            uint256 seat = (choice % 7 + i) % 7;
            if (!disputes.barred(id, seated.seats[seat].signer)) return this.takeUp(id, seat);
        }
    }

    function _settle(uint256 id) private {
        for (uint256 i = 0; i < 9; ++i) {
            if (i < 7 && disputes.frozen(id, seated.seats[i].signer) != 0) return this.release(id, i);
            address who = i == 8 ? TREASURY : i == 7 ? CHALLENGER : seated.seats[i].signer;
            if (disputes.owed(who) != 0) return this.claim(i);
        }
    }

    function _clockRanOut(Dispute memory d) private view returns (bool) {
        uint32 clock = d.phase == Phase.DefenderMoves ? d.defenderClock : d.challengerClock;
        return block.timestamp > d.movedAt + clock;
    }

    // ---------------------------------------------------------------- what must hold

    function assertMoney() external view {
        vm.assertEq(bridge.held(address(atn)), depositedWei - withdrawnWei, "held is what came less what went");
        vm.assertEq(atn.balanceOf(address(bridge)), bridge.held(address(atn)), "the bridge has what it owes");
        vm.assertEq(atn.balanceOf(address(disputes)), bondsWei - claimedWei, "bonds stay until they are claimed");
        uint256 due = disputes.owed(CHALLENGER) + disputes.owed(TREASURY);
        uint256 stakes = 0;
        for (uint256 i = 0; i < 7; ++i) {
            address signer = seated.seats[i].signer;
            due += disputes.owed(signer);
            stakes += staking.slashableStake(signer, Role.Coordinator);
        }
        for (uint256 id = 0; id < disputeCount; ++id) {
            Dispute memory d = disputes.disputeOf(id);
            if (d.phase == Phase.Closed) continue;
            due += d.defender == address(0) ? BOND : 2 * BOND;
        }
        vm.assertEq(atn.balanceOf(address(disputes)), due, "open bonds and what is owed");
        vm.assertEq(atn.balanceOf(address(staking)), stakes, "stakes are there");
        vm.assertEq(atn.totalSupply(), 1_000_000_000 ether, "nothing is minted");
        for (uint256 i = 0; i < _withdrawals.length; ++i) {
            vm.assertLe(paid[i], 1, "paid once");
        }
    }

    function assertOrder() external view {
        uint64 lastFinal = bridge.lastFinalEpoch();
        uint64 last = bridge.lastEpoch();
        vm.assertLe(lastFinal, last);
        vm.assertEq(finalised, lastFinal, "each epoch became final once");
        bytes32 parent = bridge.checkpointAt(0);
        uint256 open = 0;
        for (uint64 epoch = 1; epoch <= last; ++epoch) {
            bytes32 id = bridge.checkpointAt(epoch);
            CheckpointRecord memory record = bridge.recordOf(id);
            vm.assertEq(record.epoch, epoch);
            vm.assertEq(record.parent, parent, "each stands on the one before");
            if (epoch <= lastFinal) {
                vm.assertEq(id, finalAt[epoch], "what is final stays");
                vm.assertTrue(record.status == CheckpointStatus.Final);
                vm.assertFalse(upheld[id], "nothing judged false is final");
                vm.assertEq(record.openChallenges, 0);
            } else {
                vm.assertTrue(record.status == CheckpointStatus.Pending);
                open += record.openChallenges;
            }
            parent = id;
        }
        vm.assertEq(bridge.checkpointAt(last + 1), bytes32(0));
        vm.assertLe(open, bridge.openChallenges());
        vm.assertEq(lateVotes, 0, "no vote after closing");
    }

    function assertVerdicts() external view {
        for (uint256 id = 0; id < disputeCount; ++id) {
            Dispute memory d = disputes.disputeOf(id);
            if (d.verdict == Verdict.Upheld) {
                vm.assertTrue(bridge.statusOf(d.subject) == CheckpointStatus.Rejected, "an upheld dispute rejects");
            }
            if (d.phase == Phase.AwaitingReferees || d.phase == Phase.Voting) {
                vm.assertEq(d.high, d.low + 1, "only one step is judged");
            }
        }
    }
}

/// @notice What holds for bridge and disputes whatever anyone does.
contract AnchorInvariantsTest is DisputeFixture {
    AnchorActors private _actors;

    function setUp() public override {
        _actors = new AnchorActors();
        _actors.setUp();
        bytes4[] memory acts = new bytes4[](40);
        acts[0] = AnchorActors.finalizeAny.selector;
        acts[1] = AnchorActors.takeUp.selector;
        acts[2] = AnchorActors.move.selector;
        acts[3] = AnchorActors.moveToOneStep.selector;
        acts[4] = AnchorActors.timeout.selector;
        acts[5] = AnchorActors.judge.selector;
        acts[6] = AnchorActors.openVote.selector;
        acts[7] = AnchorActors.vote.selector;
        acts[8] = AnchorActors.tally.selector;
        acts[9] = AnchorActors.settleMoot.selector;
        acts[10] = AnchorActors.freeze.selector;
        acts[11] = AnchorActors.punish.selector;
        acts[12] = AnchorActors.release.selector;
        acts[13] = AnchorActors.exit.selector;
        acts[14] = AnchorActors.claim.selector;
        acts[15] = AnchorActors.deposit.selector;
        // The usual course comes more often than what disturbs it, so that it gets anywhere.
        for (uint256 i = 16; i < 40; ++i) {
            if (i < 19) acts[i] = AnchorActors.certify.selector;
            else if (i < 23) acts[i] = AnchorActors.finalize.selector;
            else if (i < 26) acts[i] = AnchorActors.withdraw.selector;
            else if (i < 29) acts[i] = AnchorActors.wait.selector;
            else if (i < 30) acts[i] = AnchorActors.challenge.selector;
            else acts[i] = AnchorActors.play.selector;
        }
        targetContract(address(_actors));
        targetSelector(address(_actors), acts);
    }

    function invariant_noMoneyIsMadeOrLost() public view {
        _actors.assertMoney();
    }

    function invariant_checkpointsKeepTheirOrder() public view {
        _actors.assertOrder();
    }

    function invariant_verdictsHaveTheirEffect() public view {
        _actors.assertVerdicts();
    }

    /// @dev That the actors get somewhere: one course through everything, by the same functions.
    function test_theActorsReachEveryEnd() public {
        _actors.deposit(5 ether);
        _actors.certify(0);
        _actors.certify(0);
        _actors.challenge(2);
        _actors.takeUp(0, 0);
        _actors.freeze(0, 3);
        _actors.move(0, 0);
        _actors.moveToOneStep(0);
        _actors.judge(0, 0);
        _actors.punish(0);
        _actors.release(0, 3);
        _actors.claim(7);
        _actors.wait(2 days);
        _actors.wait(2 days);
        _actors.finalize();
        _actors.withdraw(1, 0);
        _actors.certify(1);
        _actors.challenge(2);
        _actors.takeUp(1, 1);
        _actors.moveToOneStep(1);
        _actors.wait(4 days);
        _actors.wait(2 days);
        _actors.openVote(1);
        _actors.vote(1, 2, 1);
        _actors.vote(1, 4, 1);
        _actors.vote(1, 5, 1);
        _actors.wait(4 days);
        _actors.wait(2 days);
        _actors.tally(1);
        _actors.finalizeAny(2);
        _actors.assertMoney();
        _actors.assertOrder();
        _actors.assertVerdicts();
        vm.assertEq(_actors.finalised(), 2);
    }
}
