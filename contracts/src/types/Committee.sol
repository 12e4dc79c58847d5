// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice One member of a committee.
/// @param signer the address of its secp256k1 key
/// @param stakeWei what its signature weighs
struct Seat {
    address signer;
    uint96 stakeWei;
}

/// @notice The signatures of a committee under one 32-byte digest.
/// @param seats the whole committee, in the order in which it was hashed
/// @param signers bit i is set where seat i signed
/// @param r first half of each signature, in the order of the set bits
/// @param vs second half of each, as EIP-2098 packs it: s with the parity in its top bit
struct Certificate {
    Seat[] seats;
    uint256 signers;
    bytes32[] r;
    bytes32[] vs;
}
