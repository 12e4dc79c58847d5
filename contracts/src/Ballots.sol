// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Ballot, IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {Commitments} from "./libraries/Commitments.sol";
import {CoordinatorSeat, ModelCertificate, SolverSeat, UNREADABLE_SCORE, Vote} from "./types/Tasks.sol";

/// @title Ballots
/// @notice The committees of tasks, their sealed and opened votes, and their certificates. See `IResultsRewards`.
/// @dev The second committee of a task has seats from 16 on, so that nothing of the first is overwritten.
abstract contract Ballots is IResultsRewards {
    /// @notice The most coordinators of a committee, and the number of the second committee's first seat.
    uint256 public constant MAX_SEATS = 16;

    /// @notice The highest score, in micro-nats: no loss differs from another by more (SCORE-02).
    uint32 public constant MAX_SCORE = 1_000_010_000;

    /// @notice The task contract.
    ITaskContract public immutable tasks;

    mapping(bytes32 taskId => Ballot) internal _ballots;
    mapping(bytes32 taskId => mapping(uint256 seat => CoordinatorSeat)) internal _seats;

    constructor(ITaskContract tasks_) {
        tasks = tasks_;
    }

    modifier onlyTasks() {
        if (msg.sender != address(tasks)) revert NotTasks(msg.sender);
        _;
    }

    /// @inheritdoc IResultsRewards
    function seat(
        bytes32 taskId,
        address[] calldata coordinators,
        uint96[] calldata stakesWei,
        uint64 sealsClose,
        uint64 opensClose
    ) external onlyTasks {
        Ballot storage b = _ballots[taskId];
        uint256 first = b.seats == 0 ? 0 : MAX_SEATS;
        SolverSeat[] memory solvers = tasks.solversOf(taskId);
        uint256 revealed = 0;
        for (uint256 j = 0; j < solvers.length; ++j) {
            if (solvers[j].revealed) revealed |= 1 << j;
        }
        // The task contract seats at most 16 of each, so that no cast cuts anything off.
        _ballots[taskId] = Ballot({
            sealsClose: sealsClose,
            opensClose: opensClose,
            first: uint8(first),
            seats: uint8(coordinators.length),
            solvers: uint8(solvers.length),
            finalised: false,
            opened: 0,
            blind: 0,
            revealed: uint16(revealed)
        });
        emit BallotOpened(taskId, uint8(first), sealsClose, opensClose);
        for (uint256 i = 0; i < coordinators.length; ++i) {
            CoordinatorSeat storage s = _seats[taskId][first + i];
            s.coordinator = coordinators[i];
            s.stakeWei = stakesWei[i];
            emit CoordinatorSeated(taskId, first + i, coordinators[i], stakesWei[i]);
        }
    }

    /// @inheritdoc IResultsRewards
    function sealVote(bytes32 taskId, uint256 seat_, bytes32 seal_) external {
        (Ballot storage b, CoordinatorSeat storage s) = _ownSeat(taskId, seat_);
        if (block.timestamp >= b.sealsClose) revert SealsClosed(b.sealsClose);
        if (seal_ == bytes32(0)) revert SealZero();
        s.seal = seal_;
        emit VoteSealed(taskId, seat_, seal_);
    }

    /// @inheritdoc IResultsRewards
    function openVote(bytes32 taskId, uint256 seat_, Vote calldata vote, bytes32 salt) external {
        (Ballot storage b, CoordinatorSeat storage s) = _ownSeat(taskId, seat_);
        if (block.timestamp < b.sealsClose) revert SealsNotClosed(b.sealsClose);
        if (block.timestamp >= b.opensClose) revert OpensClosed(b.opensClose);
        if (s.seal == bytes32(0)) revert NotSealed(seat_);
        uint256 bit = 1 << (seat_ - b.first);
        if (b.opened & bit != 0) revert AlreadyOpened(seat_);
        _requireWellFormed(vote, b.revealed);
        address[] memory solvers = _revealedSolvers(taskId, b.revealed);
        bytes32 computed = Commitments.vote(taskId, msg.sender, solvers, vote, salt);
        if (computed != s.seal) revert SealMismatch(computed, s.seal);
        b.opened |= uint16(bit);
        if (!vote.truthReadable) b.blind |= uint16(bit);
        s.evidence = vote.evidence;
        uint256[2] memory packed;
        for (uint256 j = 0; j < vote.scores.length; ++j) {
            packed[j >> 3] |= uint256(vote.scores[j]) << ((j & 7) << 5);
        }
        s.scores = packed;
        emit VoteCast(taskId, seat_, vote);
    }

    /// @inheritdoc IResultsRewards
    function requireCertified(bytes32 taskId, bytes32 digest, ModelCertificate calldata certificate) public view {
        Ballot storage b = _ballots[taskId];
        uint256 seats = b.seats;
        uint256 signers = certificate.signers;
        if (signers >> seats != 0) revert SignerOutOfRange(signers, seats);
        uint256 seatedWei = 0;
        uint256 signedWei = 0;
        uint256 next = 0;
        for (uint256 i = 0; i < seats; ++i) {
            CoordinatorSeat storage s = _seats[taskId][b.first + i];
            seatedWei += s.stakeWei;
            if ((signers >> i) & 1 == 0) continue;
            if (next < certificate.r.length && next < certificate.vs.length) {
                (address signer,,) = ECDSA.tryRecover(digest, certificate.r[next], certificate.vs[next]);
                // A recovery that fails gives the zero address, which has no seat.
                if (signer != s.coordinator) revert SignatureInvalid(b.first + i);
            }
            signedWei += s.stakeWei;
            ++next;
        }
        if (next != certificate.r.length) revert SignatureCountInvalid(certificate.r.length, next);
        if (next != certificate.vs.length) revert SignatureCountInvalid(certificate.vs.length, next);
        if (seatedWei == 0 || signedWei * 3 < seatedWei * 2) revert QuorumMissed(signedWei, seatedWei);
    }

    /// @inheritdoc IResultsRewards
    function ballotOf(bytes32 taskId) external view returns (Ballot memory) {
        return _ballots[taskId];
    }

    /// @inheritdoc IResultsRewards
    function seatOf(bytes32 taskId, uint256 seat_) external view returns (CoordinatorSeat memory) {
        return _seats[taskId][seat_];
    }

    /// @dev Refuses a vote that does not speak of exactly what was revealed.
    function _requireWellFormed(Vote calldata vote, uint256 revealed) private pure {
        uint256 due = 0;
        if (vote.truthReadable) {
            for (; revealed != 0; revealed >>= 1) due += revealed & 1;
        }
        if (vote.scores.length != due) revert ScoreCountInvalid(vote.scores.length, due);
        for (uint256 j = 0; j < due; ++j) {
            uint32 score = vote.scores[j];
            if (score > MAX_SCORE && score != UNREADABLE_SCORE) revert ScoreTooHigh(score);
        }
    }

    function _revealedSolvers(bytes32 taskId, uint256 revealed) private view returns (address[] memory solvers) {
        SolverSeat[] memory seats = tasks.solversOf(taskId);
        solvers = new address[](seats.length);
        uint256 count = 0;
        for (uint256 j = 0; j < seats.length; ++j) {
            if ((revealed >> j) & 1 == 1) solvers[count++] = seats[j].solver;
        }
        // Cutting an array in memory short is safe: its tail is merely not used.
        assembly ("memory-safe") {
            mstore(solvers, count)
        }
    }

    function _ownSeat(bytes32 taskId, uint256 seat_)
        private
        view
        returns (Ballot storage b, CoordinatorSeat storage s)
    {
        b = _ballots[taskId];
        if (b.seats == 0) revert NoBallot(taskId);
        s = _seats[taskId][seat_];
        if (s.coordinator != msg.sender || seat_ < b.first) revert NotYourSeat(msg.sender, seat_);
    }
}
