// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AnchorBridge} from "../../src/AnchorBridge.sol";
import {ATNToken} from "../../src/ATNToken.sol";
import {DisputeManager} from "../../src/DisputeManager.sol";
import {Emission} from "../../src/Emission.sol";
import {Allocation} from "../../src/interfaces/IEmission.sol";
import {ParticipantStaking} from "../../src/ParticipantStaking.sol";
import {Checkpoint, Withdrawal} from "../../src/types/Anchor.sol";
import {DisputeTerms} from "../../src/types/Disputes.sol";
import {Role, RoleTerms, SlashReason} from "../../src/types/Staking.sol";
import {Committees} from "./Committees.sol";
import {MerkleTree} from "./MerkleTree.sol";

/// @notice Token, staking, bridge and disputes as they are deployed together; the test is their timelock. A committee of
/// seven, each with 500 ATN at stake.
abstract contract AnchorFixture is Committees {
    uint64 internal constant WINDOW = 3 days;
    uint64 internal constant SILENCE = 30 days;
    uint128 internal constant BOND = 200 ether;
    uint128 internal constant SLASH = 300 ether;
    uint64 internal constant STEPS = 2000;
    bytes32 internal constant BATCH = keccak256("the blob of the batch");
    address internal constant TREASURY = address(0x7ea5);

    ATNToken internal atn;
    ParticipantStaking internal staking;
    AnchorBridge internal bridge;
    DisputeManager internal disputes;
    Committee internal seated;
    Committee internal referees;
    Checkpoint internal genesis;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        Allocation[] memory allocations = new Allocation[](1);
        allocations[0] = Allocation(address(this), 1_000_000_000 ether);
        atn = new Emission(2_000_000_000 ether, 0, address(this), allocations).token();
        RoleTerms[4] memory terms = [
            RoleTerms(100 ether, 7 days),
            RoleTerms(50 ether, 3 days),
            RoleTerms(500 ether, 14 days),
            RoleTerms(1000 ether, 14 days)
        ];
        staking = new ParticipantStaking(atn, TREASURY, address(this), terms, 21 days, WINDOW, 60 days);
        _keep(seated, committee("seat", 7, 500 ether));
        _keep(referees, committee("referee", 5, 1 ether));
        for (uint256 i = 0; i < 7; ++i) {
            stakeAs(seated.seats[i].signer, Role.Coordinator, 500 ether);
        }
        genesis.withdrawalRoot = MerkleTree.root(new bytes32[](0));
        bridge = new AnchorBridge(address(this), staking, WINDOW, SILENCE, genesis, seated.seats);
        disputes = new DisputeManager(address(this), staking);
        bridge.setDisputes(address(disputes));
        bridge.setDepositMinimum(address(atn), 1 ether);
        staking.setFreezer(address(disputes));
        staking.setSlasher(SlashReason.Verdict, address(disputes));
        staking.setSlasher(SlashReason.Equivocation, address(bridge));
        disputes.setReferees(referees.seats);
        disputes.setTerms(address(bridge), disputeTerms());
        vm.warp(block.timestamp + 1 hours);
    }

    function disputeTerms() internal pure returns (DisputeTerms memory) {
        return DisputeTerms({
            bondWei: BOND,
            slashWei: SLASH,
            joinSeconds: 1 days,
            clockSeconds: 2 days,
            refereeSeconds: 3 days,
            voteSeconds: 5 days,
            quorumBps: 2000
        });
    }

    /// @dev The next checkpoint on `parent`; `salt` tells those of one epoch apart.
    function checkpointOn(bytes32 parent, uint64 epoch, bytes32 withdrawalRoot, uint256 salt)
        internal
        view
        returns (Checkpoint memory)
    {
        return Checkpoint({
            epoch: epoch,
            parent: parent,
            logRoot: keccak256(abi.encode("log", epoch, salt)),
            stateRoot: keccak256(abi.encode("state", epoch, salt)),
            withdrawalRoot: withdrawalRoot,
            batchHash: disputes.extentOf(STEPS, BATCH)
        });
    }

    function nextCheckpoint(uint256 salt) internal view returns (Checkpoint memory) {
        uint64 last = bridge.lastEpoch();
        return checkpointOn(bridge.checkpointAt(last), last + 1, genesis.withdrawalRoot, salt);
    }

    function submit(Checkpoint memory checkpoint) internal returns (bytes32) {
        return bridge.submit(checkpoint, certificate(seated, everyone(seated), bridge.checkpointId(checkpoint)));
    }

    function submitNext(uint256 salt) internal returns (bytes32) {
        return submit(nextCheckpoint(salt));
    }

    /// @dev Submits a checkpoint with this withdrawal root and waits until it is final.
    function finalWith(bytes32 withdrawalRoot) internal returns (uint64 epoch) {
        epoch = bridge.lastEpoch() + 1;
        submit(checkpointOn(bridge.checkpointAt(epoch - 1), epoch, withdrawalRoot, 0));
        vm.warp(block.timestamp + WINDOW + 1);
        bridge.finalize(epoch);
    }

    function withdrawalOf(uint64 index, address recipient, address asset, uint256 amount)
        internal
        view
        returns (Withdrawal memory)
    {
        return Withdrawal(index, block.chainid, address(bridge), recipient, asset, amount);
    }

    function fund(address who, uint256 amountWei, address spender) internal {
        atn.transfer(who, amountWei);
        vm.prank(who);
        atn.approve(spender, type(uint256).max);
    }

    function stakeAs(address who, Role role, uint256 amountWei) internal {
        fund(who, amountWei, address(staking));
        vm.prank(who);
        staking.stake(role, amountWei);
    }

    function _keep(Committee storage to, Committee memory from) internal {
        delete to.seats;
        delete to.keys;
        for (uint256 i = 0; i < from.seats.length; ++i) {
            to.seats.push(from.seats[i]);
            to.keys.push(from.keys[i]);
        }
    }
}
