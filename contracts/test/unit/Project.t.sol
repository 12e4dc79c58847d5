// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Project, ProjectTerms} from "../../src/Project.sol";
import {ProjectToken} from "../../src/ProjectToken.sol";
import {IncomeSplit, IProject} from "../../src/interfaces/IProject.sol";
import {IProjectToken} from "../../src/interfaces/IProjectToken.sol";
import {IResultsRewards} from "../../src/interfaces/IResultsRewards.sol";
import {Commitments} from "../../src/libraries/Commitments.sol";
import {ModelCertificate} from "../../src/types/Tasks.sol";
import {World} from "../support/World.sol";

contract ProjectTest is World {
    ProjectToken private _token;
    address private _server;
    uint256 private _serverKey;
    address private _alice = address(0xa1);
    address private _bob = address(0xb0);

    function setUp() public {
        deploy();
        _token = project.token();
        (_server, _serverKey) = account("server");
        for (uint256 i = 0; i < 2; ++i) {
            address who = i == 0 ? _alice : _bob;
            atn.transfer(who, 1_000 * ATN);
            vm.prank(who);
            atn.approve(address(project), type(uint256).max);
        }
    }

    function test_constructorRefusesZeroAddresses() public {
        ProjectTerms memory terms =
            ProjectTerms("n", "s", builder, IERC20(address(0)), address(tasks), rewards, 1, 1);
        vm.expectRevert(IProject.AddressZero.selector);
        new Project(terms);
        (terms.atn, terms.tasks) = (atn, address(0));
        vm.expectRevert(IProject.AddressZero.selector);
        new Project(terms);
        (terms.tasks, terms.rewards) = (address(tasks), IResultsRewards(address(0)));
        vm.expectRevert(IProject.AddressZero.selector);
        new Project(terms);
    }

    // --- money in

    function test_fundingIsAGift() public {
        uint256 before = project.escrowWei();
        vm.startPrank(_alice);
        project.fund(7 * ATN);
        vm.expectRevert(IProject.AmountZero.selector);
        project.fund(0);
        vm.assertEq(project.escrowWei(), before + 7 * ATN);
        vm.assertEq(_token.balanceOf(_alice), 0);
    }

    function test_investingGivesTokensAtTheFixedRateUpToTheCap() public {
        vm.startPrank(_alice);
        vm.expectRevert(IProject.AmountZero.selector);
        project.invest(0, 0);
        vm.expectRevert(abi.encodeWithSelector(IProject.TooFewTokens.selector, 10 * ATN, 10 * ATN + 1));
        project.invest(ATN, 10 * ATN + 1);
        vm.assertEq(project.invest(ATN, 10 * ATN), 10 * ATN);
        vm.assertEq(_token.balanceOf(_alice), 10 * ATN);
        vm.stopPrank();
        atn.approve(address(project), type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(IProject.TokenCapExceeded.selector, 1_000_010 * ATN, 1_000_000 * ATN)
        );
        project.invest(100_000 * ATN, 0);
        project.invest(99_999 * ATN, 0); // to the last token
        vm.assertEq(_token.totalSupply(), 1_000_000 * ATN);
    }

    function test_onlyTheTaskContractTakesABudget() public {
        vm.expectRevert(abi.encodeWithSelector(IProject.NotTasks.selector, address(this)));
        project.openRound("t");
        Project poor = newProject(BUDGET - 1);
        vm.prank(address(tasks));
        vm.expectRevert(abi.encodeWithSelector(IProject.EscrowTooLow.selector, BUDGET, BUDGET - 1));
        poor.openRound("t");
        vm.prank(builder);
        poor.setBudget(0, 1, 3);
        vm.prank(address(tasks));
        vm.expectRevert(IProject.NoBudget.selector);
        poor.openRound("t");
    }

    function test_seatsHaveBounds() public {
        vm.startPrank(builder);
        uint8[2][4] memory wrong = [[uint8(0), 11], [17, 11], [8, 2], [8, 17]];
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IProject.SeatsInvalid.selector, wrong[i][0], wrong[i][1]));
            project.setBudget(1, wrong[i][0], wrong[i][1]);
        }
        project.setBudget(1, 16, 3);
        vm.assertEq(project.roundBudgetWei(), 1);
    }

    function test_onlyTheOwnerSetsTerms() public {
        bytes memory refused = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this));
        ModelCertificate memory none;
        vm.expectRevert(refused);
        project.setBudget(1, 1, 3);
        vm.expectRevert(refused);
        project.setInferenceTerms(1, 1, IncomeSplit(0, 0));
        vm.expectRevert(refused);
        project.setServer(_server, true);
        vm.expectRevert(refused);
        project.setMatureModel(1, "m", "t", none);
    }

    // --- the mature model

    function test_aMatureModelNeedsAFinalTaskAndItsCoordinators() public {
        populate(3, 5, 1);
        bytes32 taskId = wholeRound(proposers[0]);
        bytes32 digest = Commitments.matureModel(address(project), 1, "blob");
        ModelCertificate memory c = certificate(taskId, digest);
        vm.startPrank(builder);
        vm.expectRevert(abi.encodeWithSelector(IProject.ResultNotFinal.selector, taskId));
        project.setMatureModel(1, "blob", taskId, c);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IProject.VersionNotNewer.selector, 0, 0));
        project.setMatureModel(0, "blob", taskId, c);
        vm.expectRevert(abi.encodeWithSelector(IResultsRewards.SignatureInvalid.selector, 0));
        project.setMatureModel(2, "blob", taskId, c); // certified for version 1
        project.setMatureModel(1, "blob", taskId, c);
        vm.assertEq(project.matureModelId(), "blob");
        vm.expectRevert(abi.encodeWithSelector(IProject.VersionNotNewer.selector, 1, 1));
        project.setMatureModel(1, "blob", taskId, c);
        vm.stopPrank();
        Project other = newProject(0);
        vm.prank(builder);
        vm.expectRevert(abi.encodeWithSelector(IProject.ResultNotFinal.selector, taskId));
        other.setMatureModel(1, "blob", taskId, c); // a task of another project
    }

    // --- inference

    function test_inferenceNeedsAModelAndTerms() public {
        vm.prank(_alice);
        vm.expectRevert(IProject.NoMatureModel.selector);
        project.requestInference("in", ATN);
        _mature();
        vm.prank(_alice);
        vm.expectRevert(IProject.TimeoutZero.selector);
        project.requestInference("in", ATN);
        vm.startPrank(builder);
        vm.expectRevert(IProject.TimeoutZero.selector);
        project.setInferenceTerms(1, 0, IncomeSplit(0, 0));
        vm.expectRevert(abi.encodeWithSelector(IProject.SplitInvalid.selector, 10_001));
        project.setInferenceTerms(1, 1, IncomeSplit(6_000, 4_001));
        project.setInferenceTerms(uint96(ATN), 1 hours, IncomeSplit(6_000, 3_000));
        vm.stopPrank();
        vm.prank(_alice);
        vm.expectRevert(abi.encodeWithSelector(IProject.PriceTooHigh.selector, ATN, ATN - 1));
        project.requestInference("in", ATN - 1);
    }

    function test_anAnswerIsPaidAndItsIncomeShared() public {
        _sell();
        vm.prank(_alice);
        project.invest(30 * ATN, 0);
        vm.prank(_bob);
        project.invest(10 * ATN, 0);
        uint256 escrow = project.escrowWei();
        vm.prank(_bob);
        uint256 id = project.requestInference("in", ATN);
        vm.assertEq(project.escrowWei(), escrow); // the price is not the project's yet
        vm.assertEq(project.requestOf(id).requester, _bob);
        bytes memory answer = _answer(id, "out");
        project.fulfil(id, "out", _server, answer);
        vm.assertEq(project.owedWei(_server), ATN * 6 / 10);
        vm.prank(_server);
        vm.assertEq(project.withdraw(), ATN * 6 / 10);
        vm.assertEq(project.escrowWei(), escrow + ATN / 10);
        vm.assertApproxEqAbs(_token.claimable(_alice), ATN * 225 / 1_000, 1); // rounded down
        vm.prank(_alice);
        vm.assertApproxEqAbs(_token.claim(), ATN * 225 / 1_000, 1);
        // What was earned stays with who held the token then.
        vm.startPrank(_bob);
        _token.transfer(_alice, _token.balanceOf(_bob));
        vm.assertApproxEqAbs(_token.claim(), ATN * 75 / 1_000, 1);
        vm.expectRevert(abi.encodeWithSelector(IProjectToken.NothingToClaim.selector, _bob));
        _token.claim();
        vm.stopPrank();
        vm.prank(_server);
        vm.expectRevert(abi.encodeWithSelector(IProject.NothingOwed.selector, _server));
        project.withdraw();
        vm.expectRevert(abi.encodeWithSelector(IProject.RequestNotOpen.selector, id));
        project.fulfil(id, "out", _server, answer);
    }

    function test_aQuestionIsSplitAsItWasWhenItWasAsked() public {
        _sell();
        vm.prank(_bob);
        uint256 id = project.requestInference("in", ATN);
        vm.prank(builder);
        project.setInferenceTerms(uint96(ATN), 1 hours, IncomeSplit(0, 0));
        project.fulfil(id, "out", _server, _answer(id, "out"));
        vm.assertEq(project.owedWei(_server), ATN * 6 / 10);
    }

    function test_withoutHoldersTheirShareJoinsTheEscrow() public {
        _sell();
        uint256 escrow = project.escrowWei();
        vm.prank(_bob);
        uint256 id = project.requestInference("in", ATN);
        project.fulfil(id, "out", _server, _answer(id, "out"));
        vm.assertEq(project.escrowWei(), escrow + ATN * 4 / 10);
    }

    function test_onlyAServersOwnAnswerCounts() public {
        _sell();
        vm.prank(_bob);
        uint256 id = project.requestInference("in", ATN);
        vm.expectRevert(abi.encodeWithSelector(IProject.RequestNotOpen.selector, 7));
        project.fulfil(7, "out", _server, "");
        vm.expectRevert(abi.encodeWithSelector(IProject.NotServer.selector, stranger));
        project.fulfil(id, "out", stranger, "");
        bytes memory answer = _answer(id, "out");
        vm.expectRevert(IProject.SignatureInvalid.selector);
        project.fulfil(id, "other", _server, answer);
        vm.prank(builder);
        project.setServer(_server, false);
        vm.expectRevert(abi.encodeWithSelector(IProject.NotServer.selector, _server));
        project.fulfil(id, "out", _server, answer);
    }

    function test_anUnansweredQuestionIsRefunded() public {
        _sell();
        uint256 before = atn.balanceOf(_bob);
        vm.prank(_bob);
        uint256 id = project.requestInference("in", ATN);
        uint256 expires = block.timestamp + 1 hours;
        vm.expectRevert(abi.encodeWithSelector(IProject.RequestNotExpired.selector, expires));
        project.refund(id);
        vm.warp(expires);
        bytes memory answer = _answer(id, "out");
        vm.expectRevert(abi.encodeWithSelector(IProject.RequestExpired.selector, expires));
        project.fulfil(id, "out", _server, answer);
        project.refund(id);
        vm.assertEq(atn.balanceOf(_bob), before);
        vm.expectRevert(abi.encodeWithSelector(IProject.RequestNotOpen.selector, id));
        project.refund(id);
    }

    // --- the token

    function test_onlyTheProjectMintsAndDistributes() public {
        vm.expectRevert(abi.encodeWithSelector(IProjectToken.NotProject.selector, address(this)));
        _token.mint(address(this), 1);
        vm.expectRevert(abi.encodeWithSelector(IProjectToken.NotProject.selector, address(this)));
        _token.distribute(1);
        vm.prank(address(project));
        vm.expectRevert(IProjectToken.NoHolders.selector);
        _token.distribute(1);
        vm.assertEq(address(_token.income()), address(atn));
        vm.assertEq(_token.project(), address(project));
    }

    function testFuzz_incomeIsSharedProRataAndNeverOverpaid(
        uint256[4] memory invested,
        uint256[6] memory incomes,
        uint256 moved
    ) public {
        address[4] memory holders = [_alice, _bob, address(0xc1), address(0xc2)];
        for (uint256 i = 0; i < 4; ++i) {
            atn.transfer(holders[i], 1_000 * ATN);
            vm.startPrank(holders[i]);
            atn.approve(address(project), type(uint256).max);
            project.invest(bound(invested[i], 1, 1_000 * ATN), 0);
            vm.stopPrank();
        }
        uint256 all = 0;
        for (uint256 i = 0; i < 6; ++i) {
            uint256 income = bound(incomes[i], 0, 100 * ATN);
            all += income;
            vm.startPrank(address(project));
            atn.approve(address(_token), income);
            _token.distribute(income);
            vm.stopPrank();
            uint256 held = _token.balanceOf(holders[i % 4]);
            vm.prank(holders[i % 4]);
            _token.transfer(holders[(i + 1) % 4], bound(moved, 0, held));
        }
        uint256 claimed = 0;
        for (uint256 i = 0; i < 4; ++i) {
            if (_token.claimable(holders[i]) == 0) continue;
            vm.prank(holders[i]);
            claimed += _token.claim();
        }
        vm.assertLe(claimed, all);
        vm.assertLe(all - claimed, 100); // dust of rounding
    }

    function _mature() private {
        populate(3, 5, 1);
        bytes32 taskId = wholeRound(proposers[0]);
        vm.warp(block.timestamp + CHALLENGE_WINDOW);
        ModelCertificate memory c = certificate(taskId, Commitments.matureModel(address(project), 1, "blob"));
        vm.prank(builder);
        project.setMatureModel(1, "blob", taskId, c);
    }

    function _sell() private {
        _mature();
        vm.startPrank(builder);
        project.setInferenceTerms(uint96(ATN), 1 hours, IncomeSplit(6_000, 3_000));
        project.setServer(_server, true);
        vm.stopPrank();
    }

    function _answer(uint256 id, bytes32 resultId) private view returns (bytes memory) {
        return signature(_serverKey, Commitments.inference(address(project), id, "blob", "in", resultId));
    }
}
