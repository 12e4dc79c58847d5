// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AnchorTags} from "../../src/libraries/AnchorTags.sol";
import {T} from "../support/T.sol";

/// @notice Tags are what their names hash to.
contract AnchorTagsTest is T {
    function test_tagsAreTheHashesOfTheirNames() public pure {
        vm.assertEq(AnchorTags.COMMITTEE, sha256("autonet/committee/1"));
        vm.assertEq(AnchorTags.CHECKPOINT, sha256("autonet/checkpoint/1"));
        vm.assertEq(AnchorTags.POINT, sha256("autonet/point/1"));
        vm.assertEq(AnchorTags.ROTATION, sha256("autonet/rotation/1"));
        vm.assertEq(AnchorTags.EQUIVOCATION, sha256("autonet/equivocation/1"));
        vm.assertEq(AnchorTags.EXTENT, sha256("autonet/extent/1"));
        vm.assertEq(AnchorTags.RULING, sha256("autonet/ruling/1"));
        vm.assertEq(AnchorTags.SHARDS, sha256("autonet/shards/1"));
        vm.assertEq(AnchorTags.AUDIT, sha256("autonet/audit/1"));
    }
}
