// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IProjectToken} from "./interfaces/IProjectToken.sol";

/// @title ProjectToken
/// @notice A project's token, whose holders share its income. See `IProjectToken`.
/// @dev Income per token is summed up in one number; every change of a balance first books what the old balance earned.
/// What rounding leaves over joins the next distribution.
contract ProjectToken is IProjectToken, ERC20, ERC20Permit, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant SCALE = 1 << 96;

    /// @notice The project that issues the token.
    address public immutable project;
    /// @inheritdoc IProjectToken
    IERC20 public immutable income;

    uint256 private _perToken;
    uint256 private _carryWei;
    mapping(address holder => uint256) private _bookedAt;
    mapping(address holder => uint256) private _bookedWei;

    constructor(string memory name_, string memory symbol_, IERC20 income_)
        ERC20(name_, symbol_)
        ERC20Permit(name_)
    {
        project = msg.sender;
        income = income_;
    }

    modifier onlyProject() {
        if (msg.sender != project) revert NotProject(msg.sender);
        _;
    }

    /// @inheritdoc IProjectToken
    function mint(address to, uint256 amount) external onlyProject {
        _mint(to, amount);
    }

    /// @inheritdoc IProjectToken
    function distribute(uint256 amountWei) external onlyProject {
        uint256 supply = totalSupply();
        if (supply == 0) revert NoHolders();
        uint256 allWei = amountWei + _carryWei;
        uint256 perToken = Math.mulDiv(allWei, SCALE, supply);
        _perToken += perToken;
        _carryWei = allWei - Math.mulDiv(perToken, supply, SCALE, Math.Rounding.Ceil);
        emit Distributed(amountWei);
        income.safeTransferFrom(msg.sender, address(this), amountWei);
    }

    /// @inheritdoc IProjectToken
    function claim() external nonReentrant returns (uint256 amountWei) {
        _book(msg.sender);
        amountWei = _bookedWei[msg.sender];
        if (amountWei == 0) revert NothingToClaim(msg.sender);
        _bookedWei[msg.sender] = 0;
        emit Claimed(msg.sender, amountWei);
        income.safeTransfer(msg.sender, amountWei);
    }

    /// @inheritdoc IProjectToken
    function claimable(address holder) external view returns (uint256) {
        return _bookedWei[holder] + _earned(holder);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0)) _book(from);
        if (to != address(0)) _book(to);
        super._update(from, to, value);
    }

    function _book(address holder) private {
        uint256 earnedWei = _earned(holder);
        if (earnedWei != 0) _bookedWei[holder] += earnedWei;
        _bookedAt[holder] = _perToken;
    }

    function _earned(address holder) private view returns (uint256) {
        return Math.mulDiv(balanceOf(holder), _perToken - _bookedAt[holder], SCALE);
    }
}
