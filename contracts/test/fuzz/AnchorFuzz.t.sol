// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchorBridge} from "../../src/interfaces/IAnchorBridge.sol";
import {ICommittee} from "../../src/interfaces/ICommittee.sol";
import {Withdrawal} from "../../src/types/Anchor.sol";
import {Certificate, Seat} from "../../src/types/Committee.sol";
import {AnchorFixture} from "../support/AnchorFixture.sol";
import {MerkleTree} from "../support/MerkleTree.sol";
import {within} from "../support/Ranges.sol";
import {CertificateHarness} from "../unit/CommitteeCertificates.t.sol";
import {MerkleHarness} from "../unit/MerkleSha256.t.sol";

/// @notice Proofs, certificates and withdrawals with random trees, stakes, signers and amounts.
contract AnchorFuzzTest is AnchorFixture {
    MerkleHarness private _merkle;
    CertificateHarness private _certificates;

    function setUp() public override {
        super.setUp();
        _merkle = new MerkleHarness();
        _certificates = new CertificateHarness();
    }

    function testFuzz_onlyTheRightLeafInTheRightPlaceProves(uint256 size, uint256 index, bytes32 salt, uint256 flip)
        public
        view
    {
        size = within(size, 1, 70);
        index = within(index, 0, size - 1);
        bytes32[] memory leaves = new bytes32[](size);
        for (uint256 i = 0; i < size; ++i) {
            leaves[i] = sha256(abi.encode(salt, i));
        }
        bytes32 root = MerkleTree.root(leaves);
        bytes32[] memory path = MerkleTree.path(leaves, index);
        vm.assertTrue(_merkle.includes(leaves[index], index, size, path, root));
        vm.assertFalse(_merkle.includes(leaves[index] ^ bytes32(uint256(1)), index, size, path, root));
        uint256 other = (index + 1 + flip % size) % size;
        if (other != index) vm.assertFalse(_merkle.includes(leaves[index], other, size, path, root));
        if (path.length != 0) {
            path[flip % path.length] ^= bytes32(1 << (flip & 0xff));
            vm.assertFalse(_merkle.includes(leaves[index], index, size, path, root));
        }
    }

    function testFuzz_aRandomPathNeverProves(bytes32 leaf, uint64 index, uint64 size, bytes32[] calldata path)
        public
        view
    {
        vm.assertFalse(_merkle.includes(leaf, index, size, path, keccak256("no tree has this root")));
    }

    function testFuzz_aCertificateHoldsExactlyFromTwoThirds(uint96[7] calldata stakes, uint256 signers) public {
        Committee memory given = seated;
        signers &= 0x7f;
        uint256 seatedWei = 0;
        uint256 signedWei = 0;
        for (uint256 i = 0; i < 7; ++i) {
            given.seats[i].stakeWei = uint96(within(stakes[i], 1, type(uint96).max));
            seatedWei += given.seats[i].stakeWei;
            if ((signers >> i) & 1 == 1) signedWei += given.seats[i].stakeWei;
        }
        bytes32 hash = hashOf(given.seats);
        Certificate memory signed = certificate(given, signers, keccak256("digest"));
        if (signedWei * 3 < seatedWei * 2) {
            vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, signedWei, seatedWei));
        }
        _certificates.requireQuorum(signed, hash, keccak256("digest"));
    }

    function testFuzz_noOtherSeatsHashToTheCommittee(uint256 which, uint256 change) public view {
        Seat[] memory seats = seated.seats;
        bytes32 hash = hashOf(seats);
        which = which % 14;
        change = within(change, 1, type(uint96).max);
        if (which < 7) seats[which].signer = address(uint160(seats[which].signer) ^ uint160(change));
        else seats[which - 7].stakeWei ^= uint96(change);
        vm.assertNotEq(hashOf(seats), hash);
        vm.assertEq(_certificates.hashOf(seats), hashOf(seats));
    }

    function testFuzz_depositsComeOutAgainToTheLastWei(uint128[8] calldata amounts, uint256 order) public {
        Withdrawal[] memory tree = new Withdrawal[](8);
        bytes32[] memory leaves = new bytes32[](8);
        uint256 sum = 0;
        for (uint64 i = 0; i < 8; ++i) {
            uint256 amount = within(amounts[i], 1 ether, 10_000_000 ether);
            fund(address(this), 0, address(bridge));
            bridge.deposit(address(atn), amount, bytes32(uint256(i) + 1));
            tree[i] = withdrawalOf(i, address(uint160(0x9000 + i)), address(atn), amount);
            leaves[i] = bridge.withdrawalLeaf(tree[i]);
            sum += amount;
        }
        vm.assertEq(bridge.held(address(atn)), sum);
        uint64 epoch = finalWith(MerkleTree.root(leaves));
        for (uint256 i = 0; i < 8; ++i) {
            uint256 next = (i * 3 + order % 8) % 8;
            bridge.withdraw(epoch, tree[next], 8, MerkleTree.path(leaves, next));
            sum -= tree[next].amount;
            vm.assertEq(bridge.held(address(atn)), sum);
            vm.assertEq(atn.balanceOf(tree[next].recipient), tree[next].amount);
        }
        vm.assertEq(atn.balanceOf(address(bridge)), 0);
    }

    function testFuzz_noFieldOfAWithdrawalCanBeChanged(uint256 which, uint256 change) public {
        bridge.setDepositMinimum(address(atn), 1);
        fund(address(this), 0, address(bridge));
        bridge.deposit(address(atn), 1000 ether, bytes32(uint256(1)));
        bytes32[] memory leaves = new bytes32[](4);
        Withdrawal memory w = withdrawalOf(2, address(0x1234), address(atn), 10 ether);
        for (uint256 i = 0; i < 4; ++i) {
            leaves[i] = bridge.withdrawalLeaf(withdrawalOf(uint64(i), address(0x1234), address(atn), 10 ether));
        }
        uint64 epoch = finalWith(MerkleTree.root(leaves));
        bytes32[] memory path = MerkleTree.path(leaves, 2);
        change = within(change, 1, type(uint64).max);
        which = which % 6;
        if (which == 0) w.index ^= uint64(change);
        if (which == 1) w.chainId ^= change;
        if (which == 2) w.bridge = address(uint160(w.bridge) ^ uint160(change));
        if (which == 3) w.recipient = address(uint160(w.recipient) ^ uint160(change));
        if (which == 4) w.asset = address(uint160(w.asset) ^ uint160(change));
        if (which == 5) w.amount ^= change;
        vm.expectPartialRevert(
            which == 1 || which == 2
                ? IAnchorBridge.WithdrawalForeign.selector
                : IAnchorBridge.WithdrawalProofInvalid.selector
        );
        bridge.withdraw(epoch, w, 4, path);
    }
}
