// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ATNToken} from "../../src/ATNToken.sol";
import {AutonetDAO} from "../../src/AutonetDAO.sol";
import {AutonetTimelock} from "../../src/AutonetTimelock.sol";
import {Emission} from "../../src/Emission.sol";
import {DaoTerms} from "../../src/interfaces/IAutonetDAO.sol";
import {Allocation} from "../../src/interfaces/IEmission.sol";
import {T} from "./T.sol";

/// @notice A DAO over 1,000,000 ATN: Ann has 50 %, Bob 46 %, Cid 4 %. The quorum is 10 %.
abstract contract DaoFixture is T {
    bytes32 internal constant CONSTITUTION = keccak256("P1 to P6");
    bytes32 internal constant VERDICT = keccak256("the judges see no conflict");
    address internal constant ANN = address(0xA);
    address internal constant BOB = address(0xB);
    address internal constant CID = address(0xC);

    Emission internal emission;
    ATNToken internal atn;
    AutonetDAO internal dao;
    AutonetTimelock internal timelock;

    struct Proposal {
        address[] targets;
        uint256[] values;
        bytes[] calldatas;
        string description;
    }

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        Allocation[] memory allocations = new Allocation[](3);
        allocations[0] = Allocation(ANN, 500_000 ether);
        allocations[1] = Allocation(BOB, 460_000 ether);
        allocations[2] = Allocation(CID, 40_000 ether);
        emission = new Emission(2_000_000 ether, 1 ether, address(this), allocations);
        atn = emission.token();
        dao = new AutonetDAO(atn, terms(), CONSTITUTION);
        timelock = AutonetTimelock(payable(dao.timelock()));
        emission.transferOwnership(address(timelock));
        for (uint160 who = 0xA; who <= 0xC; ++who) {
            vm.prank(address(who));
            atn.delegate(address(who));
        }
        vm.warp(block.timestamp + 1);
    }

    function terms() internal pure returns (DaoTerms memory) {
        return DaoTerms({
            votingDelaySeconds: 1 days,
            votingPeriodSeconds: 7 days,
            lateQuorumSeconds: 2 days,
            timelockSeconds: 3 days,
            proposalThresholdWei: 1000 ether,
            quorumBps: 1000
        });
    }

    function proposal(address target, bytes memory call, string memory why)
        internal
        pure
        returns (Proposal memory p)
    {
        p.targets = new address[](1);
        p.values = new uint256[](1);
        p.calldatas = new bytes[](1);
        p.targets[0] = target;
        p.calldatas[0] = call;
        p.description = why;
    }

    function propose(Proposal memory p) internal returns (uint256) {
        vm.prank(ANN);
        return dao.proposeWithVerdict(p.targets, p.values, p.calldatas, p.description, VERDICT);
    }

    function toVote(uint256 id) internal {
        vm.warp(dao.proposalSnapshot(id) + 1);
    }

    function vote(uint256 id, address who, uint8 support) internal {
        vm.prank(who);
        dao.castVote(id, support);
    }

    function hashOf(Proposal memory p) internal view returns (bytes32) {
        return keccak256(bytes(dao.describe(p.description, VERDICT)));
    }

    function close(uint256 id) internal {
        vm.warp(dao.proposalDeadline(id) + 1);
    }

    function queue(Proposal memory p) internal {
        dao.queue(p.targets, p.values, p.calldatas, hashOf(p));
    }

    function execute(Proposal memory p) internal {
        bytes32 hash = hashOf(p);
        dao.execute(p.targets, p.values, p.calldatas, hash);
    }

    /// @dev The whole way of a proposal for which Ann votes alone.
    function pass(Proposal memory p) internal {
        uint256 id = propose(p);
        toVote(id);
        vote(id, ANN, 1);
        close(id);
        queue(p);
        vm.warp(block.timestamp + 3 days);
        execute(p);
    }
}
