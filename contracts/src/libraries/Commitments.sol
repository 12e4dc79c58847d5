// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SolutionOpening} from "../types/Tasks.sol";

/// @title Commitments
/// @notice Every hash that both a contract and a party off chain compute: SHA-256 over a 32-byte tag, itself the SHA-256
/// of a name, and 32-byte fields; numbers big-endian, addresses padded on the left.
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
    /// @dev autonet/draw/solvers/1
    bytes32 internal constant SOLVER_DRAW_TAG = 0x0680e56db27fb5b09642db17d05a3457bc33a359d46e6f095dcd53d672a290a9;
    /// @dev autonet/draw/coordinators/1
    bytes32 internal constant COORDINATOR_DRAW_TAG = 0xd0e81f61465f2f9c3c79d44ea11f76f7964182f0ec0af7f26b2432b9fd2abcb6;
    /// @dev autonet/draw/aggregators/1
    bytes32 internal constant AGGREGATOR_DRAW_TAG = 0xc9157470003957f5196d982b70fea7658563f01152b44dcfb841f1ad308c2b2b;
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

    /// @notice A coordinator's commitment to its vote; `scores` is hashed as a list of 32-byte fields.
    function vote(bytes32 taskId, address coordinator, uint32[] memory scores, bytes32 evidence, bytes32 salt)
        internal
        pure
        returns (bytes32)
    {
        // encodePacked pads the elements of an array to 32 bytes.
        return sha256(
            abi.encode(VOTE_TAG, taskId, coordinator, sha256(abi.encodePacked(scores)), evidence, hashed(salt))
        );
    }

    /// @notice The seed of a task's solvers, from the seed of the project's last published round.
    function solverSeed(bytes32 lastSeed, bytes32 taskId) internal pure returns (bytes32) {
        return sha256(abi.encode(SOLVER_DRAW_TAG, lastSeed, taskId));
    }

    /// @notice The seed of a task's coordinators. `commitments` are those of the drawn solvers in the order of their
    /// seats, zero where one did not commit.
    function coordinatorSeed(bytes32 taskId, bytes32 truthSalt, bytes32[] memory commitments)
        internal
        pure
        returns (bytes32)
    {
        return sha256(abi.encode(COORDINATOR_DRAW_TAG, taskId, truthSalt, sha256(abi.encodePacked(commitments))));
    }

    /// @notice The seed of the second committee.
    function nextCommitteeSeed(bytes32 seed) internal pure returns (bytes32) {
        return sha256(abi.encode(COORDINATOR_DRAW_TAG, seed));
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
