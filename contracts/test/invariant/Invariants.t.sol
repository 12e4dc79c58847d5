// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {T} from "../support/T.sol";
import {Play} from "./Play.sol";

/// @notice What holds after any sequence of acts by anybody at any time.
contract InvariantsTest is T {
    Play private _play;

    function setUp() public {
        _play = new Play();
        targetContract(address(_play));
        bytes4[] memory acts = new bytes4[](21);
        acts[0] = Play.wait.selector;
        acts[1] = Play.waitLong.selector;
        acts[2] = Play.claim.selector;
        acts[3] = Play.compensation.selector;
        acts[4] = Play.stake.selector;
        acts[5] = Play.unbond.selector;
        acts[6] = Play.withdrawStake.selector;
        acts[7] = Play.refresh.selector;
        acts[8] = Play.freeze.selector;
        acts[9] = Play.slash.selector;
        acts[10] = Play.fund.selector;
        acts[11] = Play.invest.selector;
        acts[12] = Play.ask.selector;
        acts[13] = Play.answer.selector;
        acts[14] = Play.refund.selector;
        acts[15] = Play.serverWithdraws.selector;
        acts[16] = Play.income.selector;
        acts[17] = Play.moveTokens.selector;
        acts[18] = Play.burn.selector;
        acts[19] = Play.emitMore.selector;
        acts[20] = Play.play.selector;
        targetSelector(address(_play), acts);
    }

    /// @dev The acts do reach whole rounds: invariants of a world that stands still would prove little.
    function test_playReachesPublishedRounds() public {
        for (uint256 i = 0; i < 40; ++i) {
            _play.play(i, 24);
        }
        vm.assertGe(_play.published(), 3);
        vm.assertEq(_play.violation(), "");
    }

    function invariant_supplyIsMintedLessBurned() public view {
        vm.assertTrue(_play.supplyIsMintedLessBurned());
    }

    function invariant_stakesAreHeld() public view {
        (uint256 heldWei, uint256 recordedWei) = _play.stakeHeld();
        vm.assertEq(heldWei, recordedWei);
        vm.assertTrue(_play.totalsAreSums());
    }

    function invariant_rewardsAndProjectsAreSolvent() public view {
        (uint256 heldWei, uint256 owedWei) = _play.rewardsHeld();
        vm.assertEq(heldWei, owedWei);
        vm.assertTrue(_play.projectIsSolvent());
        uint256 claimableWei;
        (heldWei, claimableWei) = _play.incomeHeld();
        vm.assertGe(heldWei, claimableWei);
    }

    function invariant_rostersAreSumsOfMembers() public view {
        vm.assertTrue(_play.rosterIsSumOfMembers());
    }

    function invariant_nothingForbiddenHappened() public view {
        vm.assertEq(_play.violation(), "");
    }
}
