// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ICommittee} from "../interfaces/ICommittee.sol";
import {Certificate, Seat} from "../types/Committee.sol";
import {AnchorTags} from "./AnchorTags.sol";

/// @title CommitteeCertificates
/// @notice Certificates of a committee: a bitmap over at most 100 seats, one secp256k1 signature for each set bit, and
/// two thirds of the seated stake. Storage holds only the hash of the committee; its seats come in calldata.
library CommitteeCertificates {
    /// @dev With 100 seats a certificate costs about 700,000 gas, which fits in any block.
    uint256 internal constant MAX_SEATS = 100;

    /// @notice SHA-256 over the tag, the number of seats, and the signer and stake of each, 32 bytes every one.
    function hashOf(Seat[] memory seats) internal pure returns (bytes32) {
        return _hashOf(abi.encode(seats));
    }

    /// @notice Refuses what cannot be a committee. Strict order of addresses makes a second seat of one signer impossible.
    function validate(Seat[] memory seats) internal pure {
        uint256 count = seats.length;
        if (count == 0 || count > MAX_SEATS) revert ICommittee.SeatCountInvalid(count);
        address last = address(0);
        for (uint256 i = 0; i < count; ++i) {
            if (seats[i].signer <= last) revert ICommittee.SeatsNotAscending(i);
            if (seats[i].stakeWei == 0) revert ICommittee.SeatWithoutStake(i);
            last = seats[i].signer;
        }
    }

    /// @notice The seats of `committee` that are marked in `signers`, in their order.
    /// @param encoded `abi.encode(Seat[])`
    function signersOf(bytes calldata encoded, bytes32 committee, uint256 signers)
        internal
        pure
        returns (address[] memory accounts)
    {
        Seat[] memory seats = abi.decode(encoded, (Seat[]));
        _requireCommittee(hashOf(seats), committee);
        accounts = new address[](seats.length);
        uint256 count = 0;
        for (uint256 i = 0; i < seats.length; ++i) {
            if ((signers >> i) & 1 == 1) accounts[count++] = seats[i].signer;
        }
        // Cutting an array in memory short is safe: its tail is merely not used.
        assembly ("memory-safe") {
            mstore(accounts, count)
        }
    }

    /// @notice Reverts unless seats that hold two thirds of the stake of `committee` signed `digest`.
    function requireQuorum(Certificate calldata certificate, bytes32 committee, bytes32 digest) internal pure {
        Seat[] calldata seats = certificate.seats;
        _requireCommittee(_hashOf(abi.encode(seats)), committee);
        uint256 signers = certificate.signers;
        if (signers >> seats.length != 0) revert ICommittee.SignerOutOfRange(signers, seats.length);
        uint256 seatedWei = 0;
        uint256 signedWei = 0;
        uint256 next = 0;
        for (uint256 i = 0; i < seats.length; ++i) {
            seatedWei += seats[i].stakeWei;
            if ((signers >> i) & 1 == 0) continue;
            if (next < certificate.r.length && next < certificate.vs.length) {
                _requireSignature(certificate, i, next, digest);
            }
            signedWei += seats[i].stakeWei;
            ++next;
        }
        if (next != certificate.r.length || next != certificate.vs.length) {
            revert ICommittee.SignatureCountMismatch(next, certificate.r.length, certificate.vs.length);
        }
        // At most 100 times a uint96: no product overflows.
        if (signedWei * 3 < seatedWei * 2) revert ICommittee.QuorumMissed(signedWei, seatedWei);
    }

    function _requireSignature(Certificate calldata certificate, uint256 seat, uint256 place, bytes32 digest) private pure {
        (address signer, ECDSA.RecoverError problem,) =
            ECDSA.tryRecover(digest, certificate.r[place], certificate.vs[place]);
        if (problem != ECDSA.RecoverError.NoError) revert ICommittee.SignatureInvalid(seat);
        if (signer == certificate.seats[seat].signer) return;
        for (uint256 i = 0; i < seat; ++i) {
            if ((certificate.signers >> i) & 1 == 1 && certificate.seats[i].signer == signer) {
                revert ICommittee.SignerDuplicate(seat, signer);
            }
        }
        revert ICommittee.SignerNotSeated(seat, signer);
    }

    function _requireCommittee(bytes32 given, bytes32 committee) private pure {
        if (given != committee) revert ICommittee.CommitteeMismatch(given, committee);
    }

    function _hashOf(bytes memory fields) private pure returns (bytes32) {
        bytes32 tag = AnchorTags.COMMITTEE;
        // The encoding of an array begins with its constant offset; the tag takes that place.
        assembly ("memory-safe") {
            mstore(add(fields, 0x20), tag)
        }
        return sha256(fields);
    }
}
