// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ModelShardRegistry} from "../../src/ModelShardRegistry.sol";
import {ShardAnswer, ShardTerms} from "../../src/types/Shards.sol";
import {MerkleTree} from "./MerkleTree.sol";
import {T} from "./T.sol";

/// @notice A plain token.
contract PlainToken is ERC20 {
    constructor() ERC20("Plain", "PLN") {
        _mint(msg.sender, type(uint128).max);
    }
}

/// @notice A registry with one model: 6 shards, of which 4 restore it; shard s has 3 + s chunks.
abstract contract ShardFixture is T {
    uint16 internal constant K = 4;
    uint16 internal constant N = 6;
    uint128 internal constant STAKE = 100 ether;
    uint128 internal constant FEE = 2 ether;
    address internal constant TREASURY = address(0x7ea5);
    address internal constant PROVIDER = address(0x501);
    address internal constant AUDITOR = address(0x502);

    PlainToken internal token;
    ModelShardRegistry internal registry;
    bytes32 internal model;
    bytes32[] internal shardLeaves;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        token = new PlainToken();
        registry = new ModelShardRegistry(address(this), token, TREASURY, shardTerms());
        for (uint16 s = 0; s < N; ++s) {
            shardLeaves.push(registry.shardLeaf(MerkleTree.root(chunkLeaves(s)), uint64(chunksOf(s))));
        }
        model = registry.register(MerkleTree.root(shardLeaves), K, N);
        fund(PROVIDER);
        fund(AUDITOR);
    }

    function shardTerms() internal pure returns (ShardTerms memory) {
        return ShardTerms({stakeWei: STAKE, feeWei: FEE, answerSeconds: 1 hours, exitSeconds: 1 days});
    }

    function fund(address who) internal {
        token.transfer(who, 10_000 ether);
        vm.prank(who);
        token.approve(address(registry), type(uint256).max);
    }

    function announce(address who, uint16 shard) internal {
        vm.prank(who);
        registry.announce(model, shard);
    }

    function ask(uint16 shard, address provider) internal returns (uint256) {
        vm.prank(AUDITOR);
        return registry.openAudit(model, shard, provider);
    }

    function chunksOf(uint16 shard) internal pure returns (uint256) {
        return 3 + shard;
    }

    function chunk(uint16 shard, uint256 index) internal pure returns (bytes memory) {
        return abi.encodePacked("shard ", shard, " chunk ", index);
    }

    function chunkLeaves(uint16 shard) internal pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](chunksOf(shard));
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] = MerkleTree.leaf(chunk(shard, i));
        }
    }

    /// @dev What an honest provider answers.
    function shown(uint256 audit) internal view returns (ShardAnswer memory) {
        uint16 shard = registry.auditOf(audit).shard;
        uint256 index = uint256(registry.auditOf(audit).seed) % chunksOf(shard);
        bytes32[] memory leaves = chunkLeaves(shard);
        return ShardAnswer({
            shardRoot: MerkleTree.root(leaves),
            chunks: uint64(chunksOf(shard)),
            shardPath: MerkleTree.path(shardLeaves, shard),
            chunk: chunk(shard, index),
            chunkPath: MerkleTree.path(leaves, index)
        });
    }
}
