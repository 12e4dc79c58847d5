// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICommittee} from "../../src/interfaces/ICommittee.sol";
import {CommitteeCertificates} from "../../src/libraries/CommitteeCertificates.sol";
import {Certificate, Seat} from "../../src/types/Committee.sol";
import {Committees} from "../support/Committees.sol";

/// @notice The library's functions as calls.
contract CertificateHarness {
    function requireQuorum(Certificate calldata given, bytes32 committee, bytes32 digest) external pure {
        CommitteeCertificates.requireQuorum(given, committee, digest);
    }

    function validate(Seat[] calldata seats) external pure {
        CommitteeCertificates.validate(seats);
    }

    function hashOf(Seat[] calldata seats) external pure returns (bytes32) {
        return CommitteeCertificates.hashOf(seats);
    }

    function signersOf(bytes calldata encoded, bytes32 committee, uint256 signers)
        external
        pure
        returns (address[] memory)
    {
        return CommitteeCertificates.signersOf(encoded, committee, signers);
    }
}

/// @notice What counts as the word of a committee, and how each thing that does not is refused.
contract CommitteeCertificatesTest is Committees {
    bytes32 private constant DIGEST = keccak256("what is certified");
    /// @dev Half the order of secp256k1: signatures with a larger s are malleable.
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    CertificateHarness private _lib;
    Committee private _six;
    bytes32 private _hash;

    function setUp() public {
        _lib = new CertificateHarness();
        Committee memory made = committee("member", 6, 10);
        for (uint256 i = 0; i < 6; ++i) {
            _six.seats.push(made.seats[i]);
            _six.keys.push(made.keys[i]);
        }
        _hash = hashOf(made.seats);
    }

    function test_theHashIsThatOfTheFieldsOneAfterTheOther() public view {
        vm.assertEq(_lib.hashOf(_six.seats), _hash);
    }

    function test_twoThirdsOfTheStakeSuffice() public view {
        _lib.requireQuorum(certificate(_six, 0x0f, DIGEST), _hash, DIGEST);
    }

    function test_lessThanTwoThirdsAreRefused() public {
        Certificate memory given = certificate(_six, 0x07, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, 30, 60));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_oneSignatureAnchorsNothing() public {
        // A regression of an earlier public attempt.
        Certificate memory given = certificate(_six, 0x01, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, 10, 60));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_stakeCountsAndNotHeads() public {
        _six.seats[5].stakeWei = 1000;
        bytes32 hash = hashOf(_six.seats);
        _lib.requireQuorum(certificate(_six, 0x20, DIGEST), hash, DIGEST);
        Certificate memory given = certificate(_six, 0x1f, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.QuorumMissed.selector, 50, 1050));
        _lib.requireQuorum(given, hash, DIGEST);
    }

    function test_anotherCommitteeIsRefused() public {
        Committee memory other = committee("other", 6, 10);
        Certificate memory given = certificate(other, 0x3f, DIGEST);
        vm.expectRevert(
            abi.encodeWithSelector(ICommittee.CommitteeMismatch.selector, hashOf(other.seats), _hash)
        );
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_aSignerTwiceIsRefused() public {
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        (given.r[3], given.vs[3]) = (given.r[0], given.vs[0]);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignerDuplicate.selector, 3, _six.seats[0].signer));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_aStrangersSignatureIsRefused() public {
        (address stranger, uint256 key) = account("stranger");
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        (given.r[1], given.vs[1]) = compact(key, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignerNotSeated.selector, 1, stranger));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_aMembersSignatureInAnotherSeatIsRefused() public {
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        (given.r[1], given.vs[1]) = compact(_six.keys[5], DIGEST);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignerNotSeated.selector, 1, _six.seats[5].signer));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_anotherDigestIsRefused() public {
        Certificate memory given = certificate(_six, 0x0f, keccak256("something else"));
        vm.expectPartialRevert(ICommittee.SignerNotSeated.selector);
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_bitsBeyondTheSeatsAreRefused() public {
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        given.signers = 0x4f;
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignerOutOfRange.selector, 0x4f, 6));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_aHighSIsRefused() public {
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        // The other signature of the same key: s becomes n - s and the parity flips. Packed, n - s runs into the
        // parity bit and is cut, so that the compact form cannot carry a malleated signature; a large s that fits is
        // refused.
        uint256 s = ORDER / 2 + 1;
        given.vs[2] = bytes32(s);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignatureInvalid.selector, 2));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_aSignatureOfZeroesIsRefused() public {
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        (given.r[0], given.vs[0]) = (bytes32(0), bytes32(0));
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignatureInvalid.selector, 0));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_tooFewOrTooManySignaturesAreRefused() public {
        Certificate memory given = certificate(_six, 0x0f, DIGEST);
        given.signers = 0x1f;
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignatureCountMismatch.selector, 5, 4, 4));
        _lib.requireQuorum(given, _hash, DIGEST);
        given.signers = 0x07;
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignatureCountMismatch.selector, 3, 4, 4));
        _lib.requireQuorum(given, _hash, DIGEST);
        given.signers = 0x0f;
        given.vs = new bytes32[](5);
        for (uint256 i = 0; i < 4; ++i) {
            (, given.vs[i]) = compact(_six.keys[i], DIGEST);
        }
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SignatureCountMismatch.selector, 4, 4, 5));
        _lib.requireQuorum(given, _hash, DIGEST);
    }

    function test_aHundredSeatsCertify() public {
        Committee memory hundred = committee("hundred", 100, type(uint96).max);
        _lib.validate(hundred.seats);
        _lib.requireQuorum(certificate(hundred, (1 << 67) - 1, DIGEST), hashOf(hundred.seats), DIGEST);
        Certificate memory given = certificate(hundred, (1 << 66) - 1, DIGEST);
        bytes32 hash = hashOf(hundred.seats);
        vm.expectPartialRevert(ICommittee.QuorumMissed.selector);
        _lib.requireQuorum(given, hash, DIGEST);
    }

    function test_noneOrMoreThanAHundredSeatsAreRefused() public {
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatCountInvalid.selector, 0));
        _lib.validate(new Seat[](0));
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatCountInvalid.selector, 101));
        _lib.validate(new Seat[](101));
    }

    function test_seatsOutOfOrderOrTwiceAreRefused() public {
        Seat[] memory seats = _six.seats;
        (seats[1], seats[2]) = (seats[2], seats[1]);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatsNotAscending.selector, 2));
        _lib.validate(seats);
        seats = _six.seats;
        seats[4] = seats[3];
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatsNotAscending.selector, 4));
        _lib.validate(seats);
        seats = _six.seats;
        seats[0].signer = address(0);
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatsNotAscending.selector, 0));
        _lib.validate(seats);
    }

    function test_aSeatWithoutStakeIsRefused() public {
        Seat[] memory seats = _six.seats;
        seats[3].stakeWei = 0;
        vm.expectRevert(abi.encodeWithSelector(ICommittee.SeatWithoutStake.selector, 3));
        _lib.validate(seats);
    }

    function test_signersAreThoseMarked() public {
        address[] memory who = _lib.signersOf(abi.encode(_six.seats), _hash, 0x25);
        vm.assertEq(who.length, 3);
        vm.assertEq(who[0], _six.seats[0].signer);
        vm.assertEq(who[1], _six.seats[2].signer);
        vm.assertEq(who[2], _six.seats[5].signer);
        bytes memory other = abi.encode(committee("other", 3, 1).seats);
        vm.expectPartialRevert(ICommittee.CommitteeMismatch.selector);
        _lib.signersOf(other, _hash, 0x07);
    }
}
