// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Certificate, Seat} from "../../src/types/Committee.sol";
import {T} from "./T.sol";

/// @notice Committees with known keys, and certificates signed by them.
abstract contract Committees is T {
    struct Committee {
        Seat[] seats;
        uint256[] keys;
    }

    /// @dev `count` seats of equal stake, in ascending order of their addresses.
    function committee(string memory name, uint256 count, uint96 stakeWei) internal returns (Committee memory made) {
        made.seats = new Seat[](count);
        made.keys = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            (address who, uint256 key) = account(string.concat(name, vm.toString(i)));
            uint256 place = i;
            for (; place > 0 && made.seats[place - 1].signer > who; --place) {
                made.seats[place] = made.seats[place - 1];
                made.keys[place] = made.keys[place - 1];
            }
            made.seats[place] = Seat(who, stakeWei);
            made.keys[place] = key;
        }
    }

    function certificate(Committee memory by, uint256 signers, bytes32 digest)
        internal
        pure
        returns (Certificate memory made)
    {
        uint256 count = 0;
        for (uint256 i = 0; i < by.seats.length; ++i) {
            count += (signers >> i) & 1;
        }
        made = Certificate(by.seats, signers, new bytes32[](count), new bytes32[](count));
        count = 0;
        for (uint256 i = 0; i < by.seats.length; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            (made.r[count], made.vs[count]) = compact(by.keys[i], digest);
            ++count;
        }
    }

    function everyone(Committee memory of_) internal pure returns (uint256) {
        return (1 << of_.seats.length) - 1;
    }

    /// @dev A signature as EIP-2098 packs it.
    function compact(uint256 key, bytes32 digest) internal pure returns (bytes32 r, bytes32 vs) {
        uint8 v;
        bytes32 s;
        (v, r, s) = vm.sign(key, digest);
        vs = bytes32(uint256(s) | (uint256(v - 27) << 255));
    }

    function hashOf(Seat[] memory seats) internal pure returns (bytes32) {
        bytes memory fields = abi.encodePacked(sha256("autonet/committee/1"), seats.length);
        for (uint256 i = 0; i < seats.length; ++i) {
            fields = abi.encodePacked(fields, uint256(uint160(seats[i].signer)), uint256(seats[i].stakeWei));
        }
        return sha256(fields);
    }
}
