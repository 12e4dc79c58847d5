// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SolutionOpening, UNREADABLE_SCORE, Vote} from "../types/Tasks.sol";

/// @title Commitments
/// @notice Every hash that both a contract and a party off chain compute: SHA-256 over a 32-byte tag, itself the SHA-256
/// of a name, and 32-byte fields; numbers big-endian, addresses padded on the left; a list is the SHA-256 of its fields.
/// Layouts are those of docs/spec/task.md, with the addresses of contracts and accounts for projects and parties.
/// @dev The tags stand here as values, because a call of the hash would be paid for at each use; a test compares them
/// with their names.
library Commitments {
    /// @dev autonet/task/1
    bytes32 internal constant TASK_TAG = 0xf88d57cc743f97877a96f6a09924abc813da0365994309cf5e50398797d96f06;
    /// @dev autonet/truth/1
    bytes32 internal constant TRUTH_TAG = 0x746a41b9a5d5014f05521dfa8c533cd1ea51dba841f9cad5e358a0ea0f8a33b9;
    /// @dev autonet/update/1
    bytes32 internal constant UPDATE_TAG = 0x89e132eb7f97e6e3de8b068fc346332ad176905039b262549f8a1f0b796bb06d;
    /// @dev autonet/vote/1
    bytes32 internal constant VOTE_TAG = 0x7baa1ff6625920a0d7eee67713997cd1e5b16e928513245dd9ebd798bc5efd19;
    /// @dev autonet/score/1
    bytes32 internal constant SCORE_TAG = 0xe3e4b95fd412ba837ae58067480eea8270d564e9f09c0c9e8224ba078cb688ff;
    /// @dev autonet/solvers/1
    bytes32 internal constant SOLVER_DRAW_TAG = 0x1e64441f75fc200576d7d7065fd75277a06b6bc6e83e46e0222a26a11660abd9;
    /// @dev autonet/committee/1
    bytes32 internal constant COMMITTEE_TAG = 0x01aa9a19568038efe690dd1577cae0937692eb646ff9b9b97dc0fee068278c54;
    /// @dev autonet/aggregators/1
    bytes32 internal constant AGGREGATOR_DRAW_TAG = 0xc675e1ef25c7bdbeddf85132ae72ae384b25b25d7fac5026eccc03d2d7326254;
    /// @dev autonet/model/1
    bytes32 internal constant MODEL_TAG = 0x8482cdf01b34bf795c01b575eeaa0c408e3ef942e98cec8be7ac7a4448ef1874;
    /// @dev autonet/mature-model/1
    bytes32 internal constant MATURE_TAG = 0xd722da68850107214e576570b1632832673afb57fe0cdfad7b688a5fa6f96ef5;
    /// @dev autonet/inference/1
    bytes32 internal constant INFERENCE_TAG = 0x6f9c00c2ec20fa4708712a0e340e9b22ea526dfa35537a2aa7bdb601e31b664b;
    /// @dev autonet/solution/1
    bytes32 internal constant SOLUTION_TAG = 0xfd8094cd106bcef408fc262044007c98fc7a77c686535ab40ff070caf6445fa7;
    /// @dev autonet/trap/1
    bytes32 internal constant TRAP_TAG = 0xf01ed544d0cd491e62622e55346c557b6c3f8f5b7c8b00795af0be98e13d82fe;

    /// @notice Names the `number`-th task of a project.
    function task(address tasks, address project, uint256 number) internal view returns (bytes32) {
        return sha256(abi.encode(TASK_TAG, block.chainid, tasks, project, number));
    }

    /// @notice The proposer's commitment to the truth of a round.
    function truth(
        address project,
        uint256 round,
        address proposer,
        bytes32 ciphertextId,
        bytes32 plaintextId,
        bytes32 salt
    ) internal pure returns (bytes32) {
        return sha256(abi.encode(TRUTH_TAG, project, round, proposer, ciphertextId, plaintextId, hashed(salt)));
    }

    /// @notice A solver's commitment to its update.
    function update(bytes32 taskId, address solver, SolutionOpening memory o) internal pure returns (bytes32) {
        return sha256(
            abi.encode(UPDATE_TAG, taskId, solver, o.ciphertextId, o.plaintextId, hashed(o.salt), o.traceRoot)
        );
    }

    /// @notice A coordinator's commitment to its vote.
    /// @param solvers those that revealed, ascending, as the vote's scores are
    function vote(bytes32 taskId, address coordinator, address[] memory solvers, Vote memory v, bytes32 salt)
        internal
        pure
        returns (bytes32)
    {
        bytes memory scores;
        bytes memory unreadable;
        for (uint256 j = 0; j < v.scores.length; ++j) {
            if (v.scores[j] == UNREADABLE_SCORE) {
                unreadable = bytes.concat(unreadable, abi.encode(solvers[j]));
            } else {
                scores = bytes.concat(scores, sha256(abi.encode(SCORE_TAG, solvers[j], v.scores[j])));
            }
        }
        return sha256(
            abi.encode(
                VOTE_TAG,
                taskId,
                coordinator,
                sha256(scores),
                sha256(unreadable),
                v.truthReadable,
                v.evidence,
                hashed(salt)
            )
        );
    }

    /// @notice The seed of a task's solvers, from the seed of the project's last published round.
    function solverSeed(bytes32 lastSeed, bytes32 taskId) internal pure returns (bytes32) {
        return sha256(abi.encode(SOLVER_DRAW_TAG, lastSeed, taskId));
    }

    /// @notice The seed of a task's coordinators.
    /// @param closed the solvers that committed and their commitments in turn, ascending by solver
    /// @param committee 1 for the first, 2 for the second
    function committeeSeed(bytes32 taskId, bytes32 truthSalt, bytes32[] memory closed, uint256 committee)
        internal
        pure
        returns (bytes32)
    {
        return sha256(
            abi.encode(COMMITTEE_TAG, taskId, truthSalt, sha256(abi.encodePacked(closed)), committee)
        );
    }

    /// @notice The seed of a task's aggregators.
    function aggregatorSeed(bytes32 seed) internal pure returns (bytes32) {
        return sha256(abi.encode(AGGREGATOR_DRAW_TAG, seed));
    }

    /// @notice What coordinators sign when they certify a task's model.
    function model(address rewards, bytes32 taskId, bytes32 modelId, bytes32 extent) internal view returns (bytes32) {
        return sha256(abi.encode(MODEL_TAG, block.chainid, rewards, taskId, modelId, extent));
    }

    /// @notice What coordinators sign when they certify a project's mature model.
    function matureModel(address project, uint256 version, bytes32 blobId) internal view returns (bytes32) {
        return sha256(abi.encode(MATURE_TAG, block.chainid, project, version, blobId));
    }

    /// @notice What a server signs with the answer to a request.
    function inference(address project, uint256 requestId, bytes32 modelId, bytes32 inputId, bytes32 resultId)
        internal
        view
        returns (bytes32)
    {
        return sha256(abi.encode(INFERENCE_TAG, block.chainid, project, requestId, modelId, inputId, resultId));
    }

    /// @notice Names a solution among the subjects of disputes.
    function solution(bytes32 taskId, uint256 seat) internal pure returns (bytes32) {
        return sha256(abi.encode(SOLUTION_TAG, taskId, seat));
    }

    /// @notice The commitment to a trap.
    function trap(address registry, bytes32 taskId, address solver, address setter, bytes32 salt)
        internal
        view
        returns (bytes32)
    {
        return sha256(abi.encode(TRAP_TAG, block.chainid, registry, taskId, solver, setter, hashed(salt)));
    }

    /// @notice The hash of one field.
    function hashed(bytes32 field) internal pure returns (bytes32) {
        return sha256(abi.encode(field));
    }
}
