// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {DisputeManager} from "../../src/DisputeManager.sol";
import {IDisputable} from "../../src/interfaces/IDisputable.sol";
import {ParticipantStaking} from "../../src/ParticipantStaking.sol";
import {Claim, DisputeTerms} from "../../src/types/Disputes.sol";
import {Role, RoleTerms} from "../../src/types/Staking.sol";
import {HostileToken} from "../support/Hostile.sol";
import {T} from "../support/T.sol";

/// @notice A claim of one empty step for which one account answers.
contract EmptyClaim is IDisputable {
    address private immutable ANSWERABLE;
    bytes32 private immutable EXTENT;

    constructor(address answerable_, bytes32 extent) {
        ANSWERABLE = answerable_;
        EXTENT = extent;
    }

    function disputeOpened(bytes32) external view returns (Claim memory) {
        return Claim("a", "a", EXTENT);
    }

    function disputeClosed(bytes32, bool) external pure {}

    function isMoot(bytes32) external pure returns (bool) {
        return false;
    }

    function answerable(bytes32, bytes calldata) external view returns (address[] memory accounts, Role role) {
        accounts = new address[](1);
        accounts[0] = ANSWERABLE;
        role = Role.Solver;
    }
}

/// @notice A token that calls back during bonds and payments gets nowhere.
contract DisputeReentrancyTest is T {
    address private constant DEFENDER = address(0xDEF);
    bytes4 private constant REFUSED = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;

    HostileToken private _bad;
    DisputeManager private _disputes;
    address private _target;

    function setUp() public {
        vm.warp(1_800_000_000);
        _bad = new HostileToken();
        RoleTerms[4] memory terms;
        ParticipantStaking staking = new ParticipantStaking(
            IERC20(address(_bad)), address(0x7ea5), address(this), terms, 2, 1, 365 days
        );
        _disputes = new DisputeManager(address(this), staking);
        staking.setFreezer(address(_disputes));
        _target = address(new EmptyClaim(DEFENDER, _disputes.extentOf(0, 0)));
        _disputes.setTerms(_target, DisputeTerms(10, 0, 1, 1, 1, 1, 1));
        _bad.mint(address(this), 1000);
        _bad.mint(DEFENDER, 1000);
        _bad.approve(address(_disputes), 1000);
        vm.prank(DEFENDER);
        _bad.approve(address(_disputes), 1000);
    }

    function test_aChallengeInsideAChallengeIsRefused() public {
        _bad.attack(address(_disputes), abi.encodeCall(_disputes.challenge, (_target, "b")));
        vm.expectRevert(REFUSED);
        _disputes.challenge(_target, "a");
    }

    function test_aClaimInsideADefenceIsRefused() public {
        _disputes.challenge(_target, "a");
        _bad.attack(address(_disputes), abi.encodeCall(_disputes.claim, ()));
        vm.prank(DEFENDER);
        vm.expectRevert(REFUSED);
        _disputes.defend(0, 0, 0, "");
    }

    function test_aClaimInsideAClaimIsRefused() public {
        _disputes.challenge(_target, "a");
        vm.prank(DEFENDER);
        _disputes.defend(0, 0, 0, "");
        vm.assertEq(_disputes.owed(DEFENDER), 15);
        _bad.attack(address(_disputes), abi.encodeCall(_disputes.claim, ()));
        vm.prank(DEFENDER);
        vm.expectRevert(REFUSED);
        _disputes.claim();
        _bad.attack(address(0), "");
        vm.prank(DEFENDER);
        vm.assertEq(_disputes.claim(), 15);
    }
}
