// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ATNToken} from "../../src/ATNToken.sol";
import {Emission} from "../../src/Emission.sol";
import {Allocation, IEmission} from "../../src/interfaces/IEmission.sol";
import {T} from "../support/T.sol";

/// @notice ATN comes only from `Emission`, under its rate and its cap.
contract EmissionTest is T {
    uint256 private constant CAP = 1_000;
    address private constant TIMELOCK = address(0x71);
    address private constant USER = address(0x80);

    Emission private _emission;
    ATNToken private _atn;

    function setUp() public {
        vm.warp(1_700_000_000);
        Allocation[] memory genesis = new Allocation[](2);
        genesis[0] = Allocation(address(0x81), 100);
        genesis[1] = Allocation(address(0x82), 50);
        _emission = new Emission(CAP, 5, TIMELOCK, genesis);
        _atn = _emission.token();
    }

    function test_genesisIsAllocatedOnce() public view {
        vm.assertEq(_atn.balanceOf(address(0x81)), 100);
        vm.assertEq(_atn.balanceOf(address(0x82)), 50);
        vm.assertEq(_atn.totalSupply(), 150);
        vm.assertEq(_emission.mintedWei(), 150);
        vm.assertEq(_emission.available(), 0);
        vm.assertEq(_atn.minter(), address(_emission));
    }

    function test_genesisAboveTheCapIsRefused() public {
        Allocation[] memory genesis = new Allocation[](2);
        genesis[0] = Allocation(address(0x81), CAP);
        genesis[1] = Allocation(address(0x82), 1);
        vm.expectRevert(abi.encodeWithSelector(IEmission.CapExceeded.selector, CAP + 1, CAP));
        new Emission(CAP, 5, TIMELOCK, genesis);
    }

    function test_onlyTheMinterMints() public {
        vm.expectRevert(abi.encodeWithSelector(ATNToken.NotMinter.selector, address(this)));
        _atn.mint(USER, 1);
    }

    function test_onlyTheTimelockEmitsAndSetsTheRate() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        _emission.emitTo(USER, 1);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        _emission.setRate(1);
    }

    function test_emissionAccruesAtTheRateOfItsTime() public {
        vm.startPrank(TIMELOCK);
        _emission.setRate(2);
        vm.warp(block.timestamp + 10);
        vm.assertEq(_emission.available(), 20);
        _emission.setRate(5);
        vm.warp(block.timestamp + 10);
        vm.assertEq(_emission.available(), 70);
        vm.expectRevert(abi.encodeWithSelector(IEmission.EmissionExceeded.selector, 71, 70));
        _emission.emitTo(USER, 71);
        vm.expectEmit(address(_emission));
        emit IEmission.Emitted(USER, 30);
        _emission.emitTo(USER, 30);
        vm.assertEq(_emission.available(), 40);
        vm.assertEq(_atn.balanceOf(USER), 30);
    }

    function test_aRateAboveTheMaximumIsRefused() public {
        vm.prank(TIMELOCK);
        vm.expectRevert(abi.encodeWithSelector(IEmission.RateTooHigh.selector, 6, 5));
        _emission.setRate(6);
    }

    function test_theCapHoldsForEverAndBurningFreesNothing() public {
        vm.startPrank(TIMELOCK);
        _emission.setRate(5);
        vm.warp(block.timestamp + 365 days);
        vm.assertEq(_emission.available(), CAP - 150);
        _emission.emitTo(USER, CAP - 150);
        vm.stopPrank();
        vm.prank(USER);
        _atn.burn(500);
        vm.assertEq(_emission.available(), 0);
        vm.assertEq(_atn.totalSupply(), CAP - 500);
        vm.prank(TIMELOCK);
        vm.expectRevert(abi.encodeWithSelector(IEmission.EmissionExceeded.selector, 1, 0));
        _emission.emitTo(USER, 1);
    }

    function test_aRateAtTheLimitOfItsTypeAccruesToTheCap() public {
        Emission wild = new Emission(CAP, type(uint256).max, TIMELOCK, new Allocation[](0));
        vm.startPrank(TIMELOCK);
        wild.setRate(type(uint256).max);
        vm.warp(block.timestamp + 2);
        wild.setRate(type(uint256).max);
        vm.warp(block.timestamp + 2);
        vm.assertEq(wild.available(), CAP);
    }

    function testFuzz_mintedNeverExceedsTheCap(uint256[8] memory waits, uint256[8] memory amounts) public {
        vm.startPrank(TIMELOCK);
        _emission.setRate(5);
        for (uint256 i = 0; i < 8; ++i) {
            vm.warp(block.timestamp + bound(waits[i], 0, 100));
            uint256 available = _emission.available();
            uint256 amount = bound(amounts[i], 0, available);
            _emission.emitTo(USER, amount);
            vm.assertEq(_emission.available(), available - amount < CAP - _emission.mintedWei()
                ? available - amount
                : CAP - _emission.mintedWei());
        }
        vm.assertLe(_emission.mintedWei(), CAP);
        vm.assertEq(_atn.totalSupply(), _emission.mintedWei());
    }

    function test_votesAreCountedByTimestamp() public {
        vm.assertEq(_atn.CLOCK_MODE(), "mode=timestamp");
        vm.assertEq(_atn.clock(), block.timestamp);
        vm.prank(address(0x81));
        _atn.delegate(address(0x81));
        uint256 then = block.timestamp;
        vm.warp(then + 10);
        vm.prank(address(0x81));
        _atn.transfer(USER, 60);
        vm.warp(then + 20);
        vm.assertEq(_atn.getPastVotes(address(0x81), then + 5), 100);
        vm.assertEq(_atn.getVotes(address(0x81)), 40);
    }

    function test_aPermitIsGoodOnce() public {
        (address owner, uint256 key) = account("owner");
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, owner, USER, 7, _atn.nonces(owner), block.timestamp));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _atn.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        _atn.permit(owner, USER, 7, block.timestamp, v, r, s);
        vm.assertEq(_atn.allowance(owner, USER), 7);
        vm.assertEq(_atn.nonces(owner), 1);
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _atn.permit(owner, USER, 7, block.timestamp, v, r, s);
    }
}
