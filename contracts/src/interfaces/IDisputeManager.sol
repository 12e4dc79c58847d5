// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Certificate, Seat} from "../types/Committee.sol";
import {Dispute, DisputeTerms, Phase, Verdict} from "../types/Disputes.sol";

/// @title IDisputeManager
/// @notice Disputes about claims of other contracts. Both sides put up a bond; the defender states what the log looked
/// like at 31 places, the challenger picks the part in which they differ, until one step is left. Referees judge that
/// step by certificate; where they are silent, the stakes vote, and the vote runs its whole time.
interface IDisputeManager {
    /// @notice A challenge of `subject` began.
    event DisputeOpened(
        uint256 indexed id, address indexed target, bytes32 indexed subject, address challenger, uint256 bondWei
    );
    /// @notice `defender` took up the claim, which has `steps` steps that lie in the blob `batch`.
    event DefenceJoined(uint256 indexed id, address indexed defender, uint64 steps, bytes32 batch);
    /// @notice The defender states what lay between the ends of the range.
    event Dissected(uint256 indexed id, uint64 low, uint64 high, bytes32[] midpoints);
    /// @notice The sides differ in this range.
    event Narrowed(uint256 indexed id, uint64 low, uint64 high, bytes32 lowPoint, bytes32 highPoint);
    /// @notice One step is left: the referees have until `until`.
    event RefereesCalled(uint256 indexed id, uint64 step, uint64 until);
    /// @notice The referees were silent: the stakes vote until `until`.
    event VoteOpened(uint256 indexed id, uint64 until);
    /// @notice `voter` gave `weightWei` to `verdict`.
    event Voted(uint256 indexed id, address indexed voter, Verdict verdict, uint256 weightWei);
    /// @notice The defender failed and lost its bond; another may defend until `until`.
    event DefenceFailed(uint256 indexed id, address indexed defender, bool misplayed, uint64 until);
    /// @notice The dispute is over.
    event DisputeClosed(uint256 indexed id, Verdict verdict, bool stands);
    /// @notice The dispute ended because the claim was undone for another reason; the bonds went back.
    event DisputeMoot(uint256 indexed id);
    /// @notice An account that answers for an undone claim, or misplayed, lost `takenWei`.
    event Punished(uint256 indexed id, address indexed account, uint256 takenWei);
    /// @notice `account` took back what it was owed.
    event Paid(address indexed account, uint256 amountWei);
    /// @notice These are the terms of new disputes about claims of `target`; a bond of 0 closes them.
    event TermsSet(address indexed target, DisputeTerms terms);
    /// @notice `referees` judge from now on.
    event RefereesSet(bytes32 indexed referees, Seat[] seats);

    /// @notice An address in the constructor is zero.
    error AddressZero();
    /// @notice There are no terms for claims of `target`.
    error TargetUnknown(address target);
    /// @notice Every duration, the bond and a quorum of 1 to 10,000 are needed, and one round must end within the longest
    /// freeze of stake.
    error TermsInvalid();
    /// @notice There is no such dispute.
    error DisputeUnknown(uint256 id);
    /// @notice The dispute is in phase `actual`, and this belongs to `expected`.
    error PhaseMismatch(Phase actual, Phase expected);
    /// @notice Only `expected` can do this now.
    error NotYourMove(address caller, address expected);
    /// @notice The time for this ended at `deadline`.
    error DeadlinePassed(uint64 deadline);
    /// @notice This can be done only after `deadline`.
    error DeadlineNotPassed(uint64 deadline);
    /// @notice The mover's clock ran out at `deadline`: call `claimTimeout`.
    error ClockExpired(uint64 deadline);
    /// @notice The number of steps and the batch are not those of the claim.
    error ExtentMismatch(bytes32 given, bytes32 expected);
    /// @notice A claim without steps cannot lead from one state to another.
    error ClaimEmpty();
    /// @notice `account` does not answer for this claim.
    error NotAnswerable(address account);
    /// @notice Nobody defends against itself.
    error OwnChallenge();
    /// @notice `account` failed to defend this before.
    error DefenderBarred(address account);
    /// @notice The range needs `expected` midpoints.
    error MidpointCountMismatch(uint256 given, uint256 expected);
    /// @notice The midpoints are not those that the defender gave.
    error MidpointsMismatch();
    /// @notice The range has only `segments` parts.
    error SegmentOutOfRange(uint256 segment, uint256 segments);
    /// @notice Referees and voters say Upheld, Dismissed or Misplayed.
    error VerdictInvalid();
    /// @notice The claim was undone already: call `settleMoot`.
    error SubjectMoot();
    /// @notice The claim was not undone for another reason.
    error SubjectNotMoot();
    /// @notice The two sides of a dispute do not vote on it.
    error PartyCannotVote(address account);
    /// @notice The account had no stake when the dispute began.
    error NoVotingStake(address account);
    /// @notice The account has voted.
    error AlreadyVoted(address account);
    /// @notice The dispute did not end with a judgement against the claim.
    error NotUpheld(uint256 id);
    /// @notice The account was not frozen by this dispute.
    error AccountNotFrozen(address account);
    /// @notice `from` to `to` lies outside the `count` answerable accounts.
    error RangeInvalid(uint256 from, uint256 to, uint256 count);
    /// @notice Nothing is owed to the account.
    error NothingOwed(address account);

    /// @notice Opens a dispute about a claim; takes the bond.
    function challenge(address target, bytes32 subject) external returns (uint256 id);

    /// @notice Takes up the defence; takes the bond. The caller must answer for the claim.
    /// @param steps how many steps the claim has
    /// @param batch id of the blob that holds them
    /// @param proof what the target asks to show who answers
    function defend(uint256 id, uint64 steps, bytes32 batch, bytes calldata proof) external;

    /// @notice The defender states the states at the inner boundaries of the range, `boundary(low, high, 1)` and so on.
    function dissect(uint256 id, bytes32[] calldata midpoints) external;

    /// @notice The challenger picks the first part at whose end it disagrees.
    /// @param midpoints as the defender gave them
    function select(uint256 id, uint256 segment, bytes32[] calldata midpoints) external;

    /// @notice Ends a wait whose time has passed: nobody defended, or the side to move let its clock run out.
    function claimTimeout(uint256 id) external;

    /// @notice Judges the one step that is left, by certificate of the referees.
    function rule(uint256 id, Verdict verdict, Certificate calldata certificate) external;

    /// @notice Opens the vote of the stakes after the referees were silent.
    function openVote(uint256 id) external;

    /// @notice Votes with the stake that the caller had, in all roles, just before the dispute began.
    function vote(uint256 id, Verdict verdict) external;

    /// @notice Counts after the whole time of the vote. Without quorum or majority the claim does not stand and nobody is
    /// punished: what nobody would vouch for moves no money.
    function tally(uint256 id) external;

    /// @notice Ends a dispute about a claim that was undone for another reason; the bonds go back.
    function settleMoot(uint256 id) external;

    /// @notice Freezes the stakes of those who answer for the claim, from place `from` to before `to`.
    function freeze(uint256 id, bytes calldata proof, uint256 from, uint256 to) external;

    /// @notice Takes stake from those who answer for a claim that was judged false, once each.
    function punish(uint256 id, bytes calldata proof, uint256 from, uint256 to) external;

    /// @notice Lifts freezes of this dispute after its end; takes the stake first where it is due.
    function release(uint256 id, address[] calldata accounts) external;

    /// @notice Pays the caller what it is owed.
    function claim() external returns (uint256 amountWei);

    /// @notice Sets the terms of new disputes. Only the timelock.
    function setTerms(address target, DisputeTerms calldata terms) external;

    /// @notice Names the referees. Only the timelock.
    function setReferees(Seat[] calldata seats) external;

    /// @notice What the referees sign.
    function rulingDigest(uint256 id, Verdict verdict) external view returns (bytes32);

    /// @notice The commitment to the number of steps and the blob that holds them.
    function extentOf(uint64 steps, bytes32 batch) external pure returns (bytes32);

    /// @notice Into how many parts a range is cut: 32, or one per step where it has fewer.
    function segmentsOf(uint64 low, uint64 high) external pure returns (uint256);

    /// @notice The first step of part `segment` of a range.
    function boundary(uint64 low, uint64 high, uint256 segment) external pure returns (uint64);

    /// @notice All that is known about a dispute.
    function disputeOf(uint256 id) external view returns (Dispute memory);

    /// @notice The weight given to a verdict in the present vote.
    function votesFor(uint256 id, Verdict verdict) external view returns (uint256);

    /// @notice The terms of new disputes about claims of `target`.
    function termsOf(address target) external view returns (DisputeTerms memory);
}
