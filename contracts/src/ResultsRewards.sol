// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Ballots} from "./Ballots.sol";
import {IDisputable} from "./interfaces/IDisputable.sol";
import {Ballot, IResultsRewards, Reward, Share} from "./interfaces/IResultsRewards.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {EpochResult, IYumaEngine, Votes} from "./interfaces/IYumaEngine.sol";
import {Commitments} from "./libraries/Commitments.sol";
import {Claim} from "./types/Disputes.sol";
import {Role} from "./types/Staking.sol";
import {
    CoordinatorSeat,
    ModelCertificate,
    Outcome,
    SolutionOpening,
    SolverSeat,
    TaskPhase,
    UNREADABLE_SCORE
} from "./types/Tasks.sol";

/// @title ResultsRewards
/// @notice Votes, the Yuma epoch, and the payment of what it grants. See `IResultsRewards`.
/// @dev Bonds are 16 bits each, sixteen to a word: word `place / 16` of (project, coordinator) holds the solver at
/// `place` of the project's roster. The owner is the timelock; it names the contracts that open traps and decide
/// disputes. Functions of the task contract carry no guard against re-entrance: `finalise` calls it, and it answers here.
contract ResultsRewards is Ballots, IDisputable, Ownable, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice Percent of a budget for each share.
    uint256 public constant SOLVERS_PERCENT = 60;
    /// @notice For the coordinators.
    uint256 public constant COORDINATORS_PERCENT = 25;
    /// @notice For the proposer.
    uint256 public constant PROPOSER_PERCENT = 10;
    /// @notice For the aggregator.
    uint256 public constant AGGREGATOR_PERCENT = 5;
    /// @notice The fewest opened votes that decide: nobody decides alone, whatever its stake.
    uint256 public constant MIN_OPENED = 2;

    /// @dev A solution that can be disputed.
    struct Exposed {
        bytes32 taskId;
        uint256 seat;
        bytes32 updateId;
        bytes32 traceRoot;
    }

    /// @dev What a vote counts, in memory: by vote its seat, by column of scores the seat of the solver.
    struct Count {
        uint256 openedWei;
        uint256 votes;
        uint256[] seats;
        uint256[] columns;
        address[] silent;
        Votes opened;
    }

    /// @notice What is paid.
    IERC20 public immutable token;
    /// @notice What computes the epoch.
    IYumaEngine public immutable engine;
    /// @notice How long a published result can be challenged: as long as stake is sure to be there.
    uint64 public immutable challengeWindowSeconds;

    /// @notice The contract that opens traps.
    address public traps;
    /// @notice The contract that decides disputes.
    address public disputes;
    /// @notice What solvers whose proposer was silent can withdraw.
    mapping(address account => uint256) public compensationWei;
    /// @notice Open disputes about a task's model or about a solution.
    mapping(bytes32 subject => uint256) public openDisputes;

    mapping(bytes32 taskId => Reward) private _rewards;
    mapping(bytes32 taskId => uint256[4]) private _incentives;
    mapping(bytes32 taskId => uint256[4]) private _dividends;
    mapping(address project => mapping(address coordinator => mapping(uint256 word => uint256))) private _bonds;
    mapping(bytes32 subject => Exposed) private _exposed;

    constructor(
        ITaskContract tasks_,
        IERC20 token_,
        IYumaEngine engine_,
        address owner_,
        uint64 challengeWindowSeconds_
    ) Ballots(tasks_) Ownable(owner_) {
        token = token_;
        engine = engine_;
        challengeWindowSeconds = challengeWindowSeconds_;
    }

    modifier onlyDisputes() {
        if (msg.sender != disputes) revert NotDisputeManager(msg.sender);
        _;
    }

    /// @inheritdoc IResultsRewards
    function open(bytes32 taskId, address project, address proposer, uint96 budgetWei) external onlyTasks {
        Reward storage reward = _rewards[taskId];
        reward.project = project;
        reward.budgetWei = budgetWei;
        reward.proposer = proposer;
    }

    /// @inheritdoc IResultsRewards
    function finalise(bytes32 taskId) external nonReentrant {
        Ballot storage b = _ballots[taskId];
        if (b.seats == 0) revert NoBallot(taskId);
        if (b.finalised) revert AlreadyFinalised(taskId);
        if (block.timestamp < b.opensClose) revert VoteNotOver(b.opensClose);
        b.finalised = true;
        Count memory count = _count(taskId, b);
        Outcome outcome = Outcome.Failed;
        uint256 unreadable = 0;
        if (count.votes >= MIN_OPENED && count.openedWei * 3 >= count.opened.seatedWei * 2) {
            (outcome, unreadable) = _computeEpoch(taskId, b.first, count);
        }
        tasks.conclude(taskId, outcome, count.silent, unreadable);
    }

    /// @inheritdoc IResultsRewards
    function settle(
        bytes32 taskId,
        address aggregator,
        bytes32 modelId,
        bytes32 extent,
        ModelCertificate calldata certificate
    ) external onlyTasks {
        Reward storage reward = _rewards[taskId];
        if (reward.accepted == 0) revert NotDecided(taskId);
        if (modelId == bytes32(0)) revert ModelZero();
        requireCertified(taskId, Commitments.model(address(this), taskId, modelId, extent), certificate);
        reward.aggregator = aggregator;
        reward.publishedAt = block.timestamp.toUint64();
        reward.modelId = modelId;
        reward.extent = extent;
        uint256 paidWei = amountOf(taskId, Share.Proposer, 0) + amountOf(taskId, Share.Aggregator, 0);
        Ballot storage b = _ballots[taskId];
        for (uint256 j = 0; j < b.solvers; ++j) {
            paidWei += amountOf(taskId, Share.Solver, j);
        }
        for (uint256 i = 0; i < b.seats; ++i) {
            paidWei += amountOf(taskId, Share.Coordinator, b.first + i);
        }
        reward.outstandingWei = paidWei.toUint96();
        uint256 restWei = reward.budgetWei - paidWei;
        emit RewardsSettled(taskId, modelId, _claimableAt(reward), restWei);
        token.safeTransfer(reward.project, restWei);
    }

    /// @inheritdoc IResultsRewards
    function refund(bytes32 taskId) external onlyTasks {
        Reward storage reward = _rewards[taskId];
        uint256 budgetWei = reward.budgetWei;
        reward.budgetWei = 0;
        emit BudgetReturned(taskId, budgetWei);
        token.safeTransfer(reward.project, budgetWei);
    }

    /// @inheritdoc IResultsRewards
    function compensate(bytes32 taskId, uint256 amountWei, address[] calldata solvers) external onlyTasks {
        // The first gets what the division leaves over.
        uint256 eachWei = amountWei / solvers.length;
        for (uint256 i = 0; i < solvers.length; ++i) {
            uint256 partWei = i == 0 ? amountWei - eachWei * (solvers.length - 1) : eachWei;
            compensationWei[solvers[i]] += partWei;
            emit Compensated(taskId, solvers[i], partWei);
        }
    }

    /// @inheritdoc IResultsRewards
    function claim(bytes32 taskId, Share share, uint256 seat_) external nonReentrant returns (uint256 amountWei) {
        Reward storage reward = _rewards[taskId];
        if (reward.publishedAt == 0) revert NotDecided(taskId);
        if (reward.rejected) revert Rejected(taskId);
        uint64 claimableAt = _claimableAt(reward);
        if (block.timestamp < claimableAt) revert NotClaimable(claimableAt);
        if (openDisputes[taskId] != 0) revert Disputed(taskId);
        if (share == Share.Solver) {
            bytes32 subject = Commitments.solution(taskId, seat_);
            if (openDisputes[subject] != 0) revert Disputed(subject);
        }
        if (msg.sender != _ownerOf(taskId, reward, share, seat_)) revert NotYourShare(msg.sender);
        uint40 bit = _claimBit(taskId, share, seat_);
        if (reward.claimed & bit != 0) revert AlreadyClaimed(share, seat_);
        amountWei = amountOf(taskId, share, seat_);
        if (amountWei == 0) revert NothingToClaim(msg.sender);
        reward.claimed |= bit;
        reward.outstandingWei -= amountWei.toUint96();
        emit RewardClaimed(taskId, share, seat_, msg.sender, amountWei);
        token.safeTransfer(msg.sender, amountWei);
    }

    /// @inheritdoc IResultsRewards
    function withdrawCompensation() external nonReentrant returns (uint256 amountWei) {
        amountWei = compensationWei[msg.sender];
        if (amountWei == 0) revert NothingToClaim(msg.sender);
        compensationWei[msg.sender] = 0;
        emit CompensationWithdrawn(msg.sender, amountWei);
        token.safeTransfer(msg.sender, amountWei);
    }

    /// @inheritdoc IResultsRewards
    function exposeSolution(bytes32 taskId, uint256 seat_, SolutionOpening calldata opening)
        external
        returns (bytes32 subject)
    {
        SolverSeat[] memory solvers = tasks.solversOf(taskId);
        if (
            seat_ >= solvers.length || !solvers[seat_].revealed
                || Commitments.update(taskId, solvers[seat_].solver, opening) != solvers[seat_].commitment
        ) revert SolutionMismatch(taskId, seat_);
        subject = Commitments.solution(taskId, seat_);
        _exposed[subject] = Exposed(taskId, seat_, opening.plaintextId, opening.traceRoot);
        emit SolutionExposed(subject, taskId, seat_);
    }

    /// @inheritdoc IResultsRewards
    function barTrap(bytes32 taskId, uint256 seat_) external nonReentrant {
        if (msg.sender != traps) revert NotTraps(msg.sender);
        _bar(taskId, seat_);
    }

    /// @inheritdoc IDisputable
    function disputeOpened(bytes32 subject) external onlyDisputes returns (Claim memory claim_) {
        (bytes32 taskId, bool isModel) = _subject(subject);
        Reward storage reward = _rewards[taskId];
        bool late = reward.publishedAt != 0 && block.timestamp >= _claimableAt(reward);
        if (late || isMoot(subject) || tasks.taskOf(taskId).phase == TaskPhase.Void) revert NotDisputable(subject);
        openDisputes[subject] += 1;
        bytes32 recipeId = tasks.taskOf(taskId).recipeId;
        if (isModel) return Claim(recipeId, reward.modelId, reward.extent);
        return Claim(recipeId, _exposed[subject].updateId, _exposed[subject].traceRoot);
    }

    /// @inheritdoc IDisputable
    function disputeClosed(bytes32 subject, bool stands) external onlyDisputes nonReentrant {
        (bytes32 taskId, bool isModel) = _subject(subject);
        if (openDisputes[subject] == 0) revert NotDisputable(subject);
        openDisputes[subject] -= 1;
        if (stands || isMoot(subject)) return;
        if (!isModel) {
            _bar(taskId, _exposed[subject].seat);
            return;
        }
        Reward storage reward = _rewards[taskId];
        reward.rejected = true;
        emit ResultRejected(taskId);
        _return(taskId, reward, reward.outstandingWei);
    }

    /// @inheritdoc IResultsRewards
    function setTraps(address traps_) external onlyOwner {
        traps = traps_;
        emit TrapsSet(traps_);
    }

    /// @inheritdoc IResultsRewards
    function setDisputes(address disputes_) external onlyOwner {
        disputes = disputes_;
        emit DisputesSet(disputes_);
    }

    /// @inheritdoc IDisputable
    /// @dev The proof is not used: each subject names who answers for it.
    function answerable(bytes32 subject, bytes calldata) external view returns (address[] memory accounts, Role role) {
        (bytes32 taskId, bool isModel) = _subject(subject);
        accounts = new address[](1);
        if (isModel) {
            accounts[0] = _rewards[taskId].aggregator;
            return (accounts, Role.Aggregator);
        }
        accounts[0] = tasks.solversOf(taskId)[_exposed[subject].seat].solver;
        return (accounts, Role.Solver);
    }

    /// @inheritdoc IResultsRewards
    function isFinal(bytes32 taskId) external view returns (bool) {
        Reward storage reward = _rewards[taskId];
        return reward.publishedAt != 0 && block.timestamp >= _claimableAt(reward) && !reward.rejected
            && openDisputes[taskId] == 0;
    }

    /// @inheritdoc IResultsRewards
    function projectOf(bytes32 taskId) external view returns (address) {
        return _rewards[taskId].project;
    }

    /// @inheritdoc IResultsRewards
    function rewardOf(bytes32 taskId) external view returns (Reward memory) {
        return _rewards[taskId];
    }

    /// @inheritdoc IResultsRewards
    function sharesOf(bytes32 taskId)
        external
        view
        returns (uint256[] memory incentives, uint256[] memory dividends)
    {
        Ballot storage b = _ballots[taskId];
        incentives = new uint256[](b.solvers);
        dividends = new uint256[](b.seats);
        for (uint256 j = 0; j < incentives.length; ++j) {
            incentives[j] = _fraction(_incentives[taskId], j);
        }
        for (uint256 i = 0; i < dividends.length; ++i) {
            dividends[i] = _fraction(_dividends[taskId], i);
        }
    }

    /// @inheritdoc IResultsRewards
    function bondOf(address project, address coordinator, uint256 place) external view returns (uint256) {
        return _bond(project, coordinator, place);
    }

    /// @inheritdoc IDisputable
    function isMoot(bytes32 subject) public view returns (bool) {
        (bytes32 taskId, bool isModel) = _subject(subject);
        Reward storage reward = _rewards[taskId];
        return isModel ? reward.rejected : (reward.barred >> _exposed[subject].seat) & 1 == 1;
    }

    /// @inheritdoc IResultsRewards
    function amountOf(bytes32 taskId, Share share, uint256 seat_) public view returns (uint256) {
        Reward storage reward = _rewards[taskId];
        uint256 budgetWei = reward.budgetWei;
        if (share == Share.Proposer) return budgetWei * PROPOSER_PERCENT / 100;
        if (share == Share.Aggregator) return budgetWei * AGGREGATOR_PERCENT / 100;
        if (share == Share.Solver) {
            if (seat_ >= MAX_SEATS || (reward.barred >> seat_) & 1 == 1) return 0;
            return ((budgetWei * SOLVERS_PERCENT / 100) * _fraction(_incentives[taskId], seat_)) >> 32;
        }
        uint256 first = _ballots[taskId].first;
        if (seat_ < first || seat_ >= first + MAX_SEATS) return 0;
        return ((budgetWei * COORDINATORS_PERCENT / 100) * _fraction(_dividends[taskId], seat_ - first)) >> 32;
    }

    /// @dev Reads the votes: who opened, who was silent, and what was said of solvers that revealed.
    function _count(bytes32 taskId, Ballot storage b) private view returns (Count memory count) {
        uint256 seats = b.seats;
        uint256 opened = b.opened;
        count.columns = _columns(b.revealed);
        count.opened = _room(seats, count.columns.length);
        count.seats = new uint256[](seats);
        count.silent = new address[](seats);
        for (uint256 i = 0; i < seats; ++i) {
            CoordinatorSeat storage s = _seats[taskId][b.first + i];
            count.opened.seatedWei += s.stakeWei;
            if ((opened >> i) & 1 == 0) {
                count.silent[i - count.votes] = s.coordinator;
                continue;
            }
            count.openedWei += s.stakeWei;
            count.seats[count.votes] = i;
            _readVote(s, count.opened, count.votes++, (b.blind >> i) & 1 == 1);
        }
        _cut(count.silent, seats - count.votes);
        _cut(count.opened.stakesWei, count.votes);
        _cut(count.opened.unreadable, count.votes);
    }

    /// @dev The seats of the solvers that revealed: only they are scored, and bonds in others stay as they are.
    function _columns(uint256 revealed) private pure returns (uint256[] memory columns) {
        columns = new uint256[](MAX_SEATS);
        uint256 count = 0;
        for (uint256 j = 0; revealed >> j != 0; ++j) {
            if ((revealed >> j) & 1 == 1) columns[count++] = j;
        }
        _cut(columns, count);
    }

    function _room(uint256 seats, uint256 solvers) private pure returns (Votes memory votes) {
        votes.solvers = solvers;
        votes.stakesWei = new uint256[](seats);
        votes.scores = new uint256[](seats * solvers);
        votes.evidence = new bytes32[](seats);
        votes.unreadable = new uint256[](seats);
        votes.blind = new bool[](seats);
    }

    function _readVote(CoordinatorSeat storage s, Votes memory votes, uint256 vote, bool blind) private view {
        votes.stakesWei[vote] = s.stakeWei;
        votes.evidence[vote] = s.evidence;
        votes.blind[vote] = blind;
        uint256 word = 0;
        for (uint256 j = 0; j < votes.solvers; ++j) {
            if (j & 7 == 0) word = s.scores[j >> 3];
            uint32 score = uint32(word >> ((j & 7) << 5));
            if (score == UNREADABLE_SCORE) votes.unreadable[vote] |= 1 << j;
            else votes.scores[vote * votes.solvers + j] = score;
        }
    }

    /// @dev Computes the epoch over the opened votes, and stores what it grants.
    /// @return outcome what the vote came to
    /// @return unreadable by seat, solvers whose solutions the committee cannot read
    function _computeEpoch(bytes32 taskId, uint256 first, Count memory count) private returns (Outcome, uint256) {
        address project = _rewards[taskId].project;
        address[] memory coordinators = new address[](count.votes);
        for (uint256 i = 0; i < coordinators.length; ++i) {
            coordinators[i] = _seats[taskId][first + count.seats[i]].coordinator;
        }
        uint256[] memory places = _places(taskId, count.columns);
        EpochResult memory result = engine.compute(count.opened, _loadBonds(project, coordinators, places));
        uint16 accepted = 0;
        if (result.outcome == Outcome.Decided) {
            accepted = _storeShares(taskId, result, count);
            _storeBonds(project, coordinators, places, result.bonds);
        }
        emit EpochComputed(
            taskId, result.outcome, result.consensus, result.incentives, result.dividends, accepted
        );
        uint256 unreadable = 0;
        for (uint256 j = 0; j < count.columns.length; ++j) {
            if ((result.unreadable >> j) & 1 == 1) unreadable |= 1 << count.columns[j];
        }
        return (result.outcome, unreadable);
    }

    /// @dev The places of solvers in the project's roster, by which bonds are kept.
    function _places(bytes32 taskId, uint256[] memory columns) private view returns (uint256[] memory places) {
        SolverSeat[] memory solvers = tasks.solversOf(taskId);
        places = new uint256[](columns.length);
        for (uint256 j = 0; j < places.length; ++j) {
            places[j] = solvers[columns[j]].member;
        }
    }

    function _storeShares(bytes32 taskId, EpochResult memory result, Count memory count)
        private
        returns (uint16 accepted)
    {
        uint256[4] memory incentives;
        uint256[4] memory dividends;
        for (uint256 j = 0; j < count.columns.length; ++j) {
            uint256 solver = count.columns[j];
            incentives[solver >> 2] |= result.incentives[j] << ((solver & 3) << 6);
            if (result.consensus[j] != 0) accepted |= uint16(1 << solver);
        }
        for (uint256 i = 0; i < result.dividends.length; ++i) {
            uint256 seat_ = count.seats[i];
            dividends[seat_ >> 2] |= result.dividends[i] << ((seat_ & 3) << 6);
        }
        for (uint256 w = 0; w < 4; ++w) {
            if (incentives[w] != 0) _incentives[taskId][w] = incentives[w];
            if (dividends[w] != 0) _dividends[taskId][w] = dividends[w];
        }
        _rewards[taskId].accepted = accepted;
    }

    function _loadBonds(address project, address[] memory coordinators, uint256[] memory places)
        private
        view
        returns (uint256[] memory bonds)
    {
        bonds = new uint256[](coordinators.length * places.length);
        for (uint256 i = 0; i < coordinators.length; ++i) {
            for (uint256 j = 0; j < places.length; ++j) {
                bonds[i * places.length + j] = _bond(project, coordinators[i], places[j]);
            }
        }
    }

    function _storeBonds(
        address project,
        address[] memory coordinators,
        uint256[] memory places,
        uint256[] memory bonds
    ) private {
        for (uint256 i = 0; i < coordinators.length; ++i) {
            mapping(uint256 word => uint256) storage row = _bonds[project][coordinators[i]];
            for (uint256 j = 0; j < places.length; ++j) {
                uint256 shift = (places[j] & 15) << 4;
                uint256 word = row[places[j] >> 4];
                uint256 next = (word & ~(uint256(0xffff) << shift)) | (bonds[i * places.length + j] << shift);
                if (next != word) row[places[j] >> 4] = next;
            }
        }
    }

    /// @dev Takes a solver's share away, if it was not paid yet.
    function _bar(bytes32 taskId, uint256 seat_) private {
        Reward storage reward = _rewards[taskId];
        uint256 bit = 1 << seat_;
        uint256 amountWei = amountOf(taskId, Share.Solver, seat_);
        reward.barred |= uint16(bit);
        emit SolverBarred(taskId, seat_);
        if (reward.publishedAt != 0 && !reward.rejected && reward.claimed & bit == 0) {
            _return(taskId, reward, amountWei);
        }
    }

    function _return(bytes32 taskId, Reward storage reward, uint256 amountWei) private {
        reward.outstandingWei -= amountWei.toUint96();
        emit BudgetReturned(taskId, amountWei);
        token.safeTransfer(reward.project, amountWei);
    }

    function _bond(address project, address coordinator, uint256 place) private view returns (uint256) {
        return (_bonds[project][coordinator][place >> 4] >> ((place & 15) << 4)) & 0xffff;
    }

    function _fraction(uint256[4] storage packed, uint256 i) private view returns (uint256) {
        return uint64(packed[i >> 2] >> ((i & 3) << 6));
    }

    function _claimableAt(Reward storage reward) private view returns (uint64) {
        return reward.publishedAt + challengeWindowSeconds;
    }

    function _ownerOf(bytes32 taskId, Reward storage reward, Share share, uint256 seat_)
        private
        view
        returns (address)
    {
        if (share == Share.Proposer) return reward.proposer;
        if (share == Share.Aggregator) return reward.aggregator;
        if (share == Share.Coordinator) return _seats[taskId][seat_].coordinator;
        SolverSeat[] memory solvers = tasks.solversOf(taskId);
        return seat_ < solvers.length ? solvers[seat_].solver : address(0);
    }

    /// @dev The bit of a share among those claimed. `_ownerOf` has already refused seats that do not exist; a seat of the
    /// first committee, when the second decided, has no amount.
    function _claimBit(bytes32 taskId, Share share, uint256 seat_) private view returns (uint40) {
        if (share == Share.Solver) return uint40(1 << seat_);
        if (share == Share.Coordinator) {
            uint256 first = _ballots[taskId].first;
            return seat_ < first ? 0 : uint40(1 << (16 + seat_ - first));
        }
        return share == Share.Proposer ? uint40(1 << 32) : uint40(1 << 33);
    }

    /// @dev A published task stands for its model; an exposed solution for itself.
    function _subject(bytes32 subject) private view returns (bytes32 taskId, bool isModel) {
        if (_rewards[subject].publishedAt != 0) return (subject, true);
        taskId = _exposed[subject].taskId;
        if (taskId == bytes32(0)) revert NotDisputable(subject);
        return (taskId, false);
    }

    /// @dev Cuts arrays in memory short; their tails are merely not used.
    function _cut(address[] memory array, uint256 length) private pure {
        assembly ("memory-safe") {
            mstore(array, length)
        }
    }

    function _cut(uint256[] memory array, uint256 length) private pure {
        assembly ("memory-safe") {
            mstore(array, length)
        }
    }
}
