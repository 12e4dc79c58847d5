// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IAnchorBridge} from "../../src/interfaces/IAnchorBridge.sol";
import {Withdrawal} from "../../src/types/Anchor.sol";
import {AnchorFixture} from "../support/AnchorFixture.sol";
import {HostileReceiver, HostileToken, NotifyingToken} from "../support/Hostile.sol";
import {MerkleTree} from "../support/MerkleTree.sol";

/// @notice Deposits, and withdrawals by proof: once, never early, never for another chain, never more than is there.
contract AnchorBridgeMoneyTest is AnchorFixture {
    bytes32 private constant IDENTITY = keccak256("an account of the network");
    address private constant ALICE = address(0xA11CE);

    Withdrawal[] private _tree;

    function setUp() public override {
        super.setUp();
        fund(ALICE, 10_000 ether, address(bridge));
        vm.prank(ALICE);
        bridge.deposit(address(atn), 1000 ether, IDENTITY);
        for (uint64 i = 0; i < 5; ++i) {
            _tree.push(withdrawalOf(i, address(uint160(0xB0B + i)), address(atn), 100 ether + i));
        }
    }

    // ---------------------------------------------------------------- deposits

    function test_aDepositIsHeldAndAnnounced() public {
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.Deposited(1, IDENTITY, address(atn), ALICE, 5 ether);
        vm.prank(ALICE);
        vm.assertEq(bridge.deposit(address(atn), 5 ether, IDENTITY), 1);
        vm.assertEq(bridge.held(address(atn)), 1005 ether);
        vm.assertEq(atn.balanceOf(address(bridge)), 1005 ether);
        vm.assertEq(bridge.nextDeposit(), 2);
    }

    function test_dustIsRefused() public {
        vm.startPrank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAnchorBridge.DepositTooSmall.selector, address(atn), 1 ether - 1, 1 ether
            )
        );
        bridge.deposit(address(atn), 1 ether - 1, IDENTITY);
    }

    function test_anAssetThatWasNotOpenedIsRefused() public {
        HostileToken other = new HostileToken();
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorBridge.DepositTooSmall.selector, address(other), 7 ether, 0)
        );
        bridge.deposit(address(other), 7 ether, IDENTITY);
    }

    function test_aDepositAboveTheTypeIsRefused() public {
        uint256 amount = uint256(type(uint128).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.DepositTooLarge.selector, amount));
        bridge.deposit(address(atn), amount, IDENTITY);
    }

    function test_aDepositForNobodyIsRefused() public {
        vm.prank(ALICE);
        vm.expectRevert(IAnchorBridge.IdentityZero.selector);
        bridge.deposit(address(atn), 1 ether, bytes32(0));
    }

    function test_aTokenThatChargesForTransfersIsRefused() public {
        HostileToken bad = _hostile();
        bad.charge(100);
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorBridge.TransferInexact.selector, address(bad), 99 ether, 100 ether)
        );
        bridge.deposit(address(bad), 100 ether, IDENTITY);
    }

    function test_closingDepositsLeavesWithdrawalsOpen() public {
        vm.expectEmit(address(bridge));
        emit IAnchorBridge.DepositMinimumSet(address(atn), 0);
        bridge.setDepositMinimum(address(atn), 0);
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorBridge.DepositTooSmall.selector, address(atn), 5 ether, 0)
        );
        bridge.deposit(address(atn), 5 ether, IDENTITY);
        uint64 epoch = finalWith(_root());
        bridge.withdraw(epoch, _tree[0], 5, _path(0));
    }

    // ---------------------------------------------------------------- withdrawals

    function test_theLeafIsTheSixFields() public view {
        Withdrawal memory w = _tree[2];
        vm.assertEq(
            bridge.withdrawalLeaf(w),
            sha256(
                abi.encodePacked(
                    bytes1(0x00),
                    uint256(w.index),
                    w.chainId,
                    uint256(uint160(w.bridge)),
                    uint256(uint160(w.recipient)),
                    uint256(uint160(w.asset)),
                    w.amount
                )
            )
        );
    }

    function test_everyWithdrawalIsPaidToItsRecipient() public {
        uint64 epoch = finalWith(_root());
        for (uint64 i = 0; i < 5; ++i) {
            vm.expectEmit(address(bridge));
            emit IAnchorBridge.Withdrawn(i, _tree[i].recipient, address(atn), _tree[i].amount);
            bridge.withdraw(epoch, _tree[i], 5, _path(i));
            vm.assertEq(atn.balanceOf(_tree[i].recipient), _tree[i].amount);
            vm.assertTrue(bridge.isWithdrawn(i));
        }
        vm.assertEq(bridge.held(address(atn)), 1000 ether - 500 ether - 10);
        vm.assertEq(atn.balanceOf(address(bridge)), bridge.held(address(atn)));
    }

    function test_aWithdrawalIsPaidOnceUnderWhateverRoot() public {
        uint64 epoch = finalWith(_root());
        bridge.withdraw(epoch, _tree[1], 5, _path(1));
        bytes32[] memory path = _path(1);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.AlreadyWithdrawn.selector, 1));
        bridge.withdraw(epoch, _tree[1], 5, path);
        _tree.push(withdrawalOf(5, ALICE, address(atn), 1));
        epoch = finalWith(_root());
        path = _path(1);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.AlreadyWithdrawn.selector, 1));
        bridge.withdraw(epoch, _tree[1], 6, path);
        // What was not paid under the earlier root is paid under the later one.
        bridge.withdraw(epoch, _tree[2], 6, _path(2));
    }

    function test_nothingIsPaidBeforeTheCheckpointIsFinal() public {
        uint64 epoch = bridge.lastEpoch() + 1;
        submit(checkpointOn(bridge.checkpointAt(epoch - 1), epoch, _root(), 0));
        bytes32[] memory path = _path(0);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.CheckpointNotFinal.selector, epoch));
        bridge.withdraw(epoch, _tree[0], 5, path);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.CheckpointNotFinal.selector, epoch + 1));
        bridge.withdraw(epoch + 1, _tree[0], 5, path);
        bytes32 root = genesis.withdrawalRoot;
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.WithdrawalProofInvalid.selector, root));
        bridge.withdraw(0, _tree[0], 5, path);
    }

    function test_aForeignChainOrBridgeIsRefused() public {
        _tree[3].chainId = block.chainid + 1;
        _tree[4].bridge = ALICE;
        uint64 epoch = finalWith(_root());
        bytes32[] memory path = _path(3);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAnchorBridge.WithdrawalForeign.selector, block.chainid + 1, address(bridge)
            )
        );
        bridge.withdraw(epoch, _tree[3], 5, path);
        path = _path(4);
        vm.expectRevert(abi.encodeWithSelector(IAnchorBridge.WithdrawalForeign.selector, block.chainid, ALICE));
        bridge.withdraw(epoch, _tree[4], 5, path);
    }

    function test_aForeignProofIsRefused() public {
        bytes32 root = _root();
        uint64 epoch = finalWith(root);
        bytes32[] memory path = _path(1);
        bytes memory refused = abi.encodeWithSelector(IAnchorBridge.WithdrawalProofInvalid.selector, root);
        vm.expectRevert(refused);
        bridge.withdraw(epoch, _tree[0], 5, path);
        Withdrawal memory altered = _tree[1];
        altered.amount += 1;
        vm.expectRevert(refused);
        bridge.withdraw(epoch, altered, 5, path);
        altered = _tree[1];
        altered.recipient = ALICE;
        vm.expectRevert(refused);
        bridge.withdraw(epoch, altered, 5, path);
        altered = _tree[1];
        altered.index = 7;
        vm.expectRevert(refused);
        bridge.withdraw(epoch, altered, 8, path);
        vm.expectRevert(refused);
        bridge.withdraw(epoch, _tree[1], 2, path);
    }

    function test_theBridgeNeverPaysMoreThanIsDeposited() public {
        // A regression of an earlier public attempt, which minted whatever was asked.
        _tree[0].amount = 1000 ether + 1;
        _tree[1].amount = type(uint256).max;
        uint64 epoch = finalWith(_root());
        uint256 supply = atn.totalSupply();
        bytes32[] memory path = _path(0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAnchorBridge.DepositsExceeded.selector, address(atn), 1000 ether + 1, 1000 ether
            )
        );
        bridge.withdraw(epoch, _tree[0], 5, path);
        path = _path(1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAnchorBridge.DepositsExceeded.selector, address(atn), type(uint256).max, 1000 ether
            )
        );
        bridge.withdraw(epoch, _tree[1], 5, path);
        vm.assertEq(atn.totalSupply(), supply);
        // A gift to the bridge is no deposit.
        atn.transfer(address(bridge), 1 ether);
        path = _path(0);
        vm.expectPartialRevert(IAnchorBridge.DepositsExceeded.selector);
        bridge.withdraw(epoch, _tree[0], 5, path);
    }

    // ---------------------------------------------------------------- re-entrancy

    function test_aHostileTokenCannotDepositInsideADeposit() public {
        HostileToken bad = _hostile();
        bad.attack(address(bridge), abi.encodeCall(bridge.deposit, (address(bad), 1 ether, IDENTITY)));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        bridge.deposit(address(bad), 1 ether, IDENTITY);
    }

    function test_aHostileTokenCannotWithdrawInsideAWithdrawal() public {
        HostileToken bad = _hostile();
        bridge.deposit(address(bad), 500 ether, IDENTITY);
        _tree[0].asset = address(bad);
        _tree[1].asset = address(bad);
        uint64 epoch = finalWith(_root());
        bytes32[] memory path = _path(0);
        bad.attack(address(bridge), abi.encodeCall(bridge.withdraw, (epoch, _tree[1], 5, _path(1))));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        bridge.withdraw(epoch, _tree[0], 5, path);
    }

    function test_aHostileReceiverCannotWithdrawInsideAWithdrawal() public {
        NotifyingToken token = new NotifyingToken();
        HostileReceiver receiver = new HostileReceiver();
        token.mute(address(bridge));
        token.mint(ALICE, 500 ether);
        bridge.setDepositMinimum(address(token), 1);
        vm.prank(ALICE);
        token.approve(address(bridge), 500 ether);
        vm.prank(ALICE);
        bridge.deposit(address(token), 500 ether, IDENTITY);
        _tree[0] = withdrawalOf(0, address(receiver), address(token), 100 ether);
        _tree[1] = withdrawalOf(1, address(receiver), address(token), 100 ether);
        uint64 epoch = finalWith(_root());
        bytes32[] memory path = _path(0);
        receiver.attack(address(bridge), abi.encodeCall(bridge.withdraw, (epoch, _tree[1], 5, _path(1))));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        bridge.withdraw(epoch, _tree[0], 5, path);
        vm.assertFalse(bridge.isWithdrawn(0));
        // When it behaves, it is paid.
        receiver.attack(address(0), "");
        bridge.withdraw(epoch, _tree[0], 5, path);
        vm.assertEq(token.balanceOf(address(receiver)), 100 ether);
    }

    function _hostile() private returns (HostileToken bad) {
        bad = new HostileToken();
        bad.mint(address(this), 1000 ether);
        bad.approve(address(bridge), type(uint256).max);
        bridge.setDepositMinimum(address(bad), 1);
    }

    function _leaves() private view returns (bytes32[] memory leaves) {
        leaves = new bytes32[](_tree.length);
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] = bridge.withdrawalLeaf(_tree[i]);
        }
    }

    function _root() private view returns (bytes32) {
        return MerkleTree.root(_leaves());
    }

    function _path(uint256 index) private view returns (bytes32[] memory) {
        return MerkleTree.path(_leaves(), index);
    }
}
