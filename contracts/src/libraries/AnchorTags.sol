// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title AnchorTags
/// @notice The tags under which anchors, disputes and audits hash their fields: each is the SHA-256 of a name.
/// @dev They stand here as values, because a call of the hash would be paid for at each use; a test compares them with
/// their names.
library AnchorTags {
    /// @dev autonet/committee/1
    bytes32 internal constant COMMITTEE = 0x01aa9a19568038efe690dd1577cae0937692eb646ff9b9b97dc0fee068278c54;
    /// @dev autonet/checkpoint/1
    bytes32 internal constant CHECKPOINT = 0x624f709c026791e56e4c6e05125749499783aac0656f7e13d7440b9e2cdaa8c8;
    /// @dev autonet/point/1
    bytes32 internal constant POINT = 0xe9b8f619dc1d037efbb12b235c69f7fd6004794edb4061fdd66121dabc168dd6;
    /// @dev autonet/rotation/1
    bytes32 internal constant ROTATION = 0xa469d62758cccca3014d7836f1ecfc26e310c9073a99f183964c1d5f313f8d53;
    /// @dev autonet/equivocation/1
    bytes32 internal constant EQUIVOCATION = 0xc3f782fa36e9a10431285458e755b67946b88684515fc413c095f0fe49e612f1;
    /// @dev autonet/extent/1
    bytes32 internal constant EXTENT = 0x81bb6f37b1e6fc86662a73203ef3453b3109c9d3b3fa127264474acb3f407c2d;
    /// @dev autonet/ruling/1
    bytes32 internal constant RULING = 0xf42add5e63626420d70dfb2380384f82f6f9ac9a884e08c9502d9e00b673f4ba;
    /// @dev autonet/shards/1
    bytes32 internal constant SHARDS = 0x8c13242dda795e78610cd50eeb5aec93e1ea5a3045836da1724fd6047826372f;
    /// @dev autonet/audit/1
    bytes32 internal constant AUDIT = 0x8736d3bbf09f0fcad76c8730ad6c863eeb29e9ca6db918ea164cdb3a39450814;
}
