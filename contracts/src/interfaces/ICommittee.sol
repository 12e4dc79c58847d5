// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ICommittee
/// @notice Why a committee or its certificate is refused.
interface ICommittee {
    /// @notice A committee has 1 to 100 seats, not `count`.
    error SeatCountInvalid(uint256 count);
    /// @notice Seats ascend by address, each once: seat `index` does not.
    error SeatsNotAscending(uint256 index);
    /// @notice Seat `index` has no stake.
    error SeatWithoutStake(uint256 index);
    /// @notice The seats in calldata hash to `given`, the committee is `expected`.
    error CommitteeMismatch(bytes32 given, bytes32 expected);
    /// @notice Bits are set beyond the last seat.
    error SignerOutOfRange(uint256 signers, uint256 seats);
    /// @notice `signed` seats are marked but the numbers of signature halves differ from that.
    error SignatureCountMismatch(uint256 signed, uint256 r, uint256 vs);
    /// @notice The signature of seat `index` is malformed or malleable.
    error SignatureInvalid(uint256 index);
    /// @notice The signature given for seat `index` is by `signer`, who has signed for another seat already.
    error SignerDuplicate(uint256 index, address signer);
    /// @notice The signature given for seat `index` is by `signer`, who does not hold that seat.
    error SignerNotSeated(uint256 index, address signer);
    /// @notice `signedWei` is less than two thirds of `seatedWei`.
    error QuorumMissed(uint256 signedWei, uint256 seatedWei);
}
