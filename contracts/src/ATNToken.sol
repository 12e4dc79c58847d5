// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

/// @title ATNToken
/// @notice Autonet's token: it pays, stakes and votes. Votes are counted by timestamp. Only its minter, the `Emission`
/// that created it, can mint; holders can burn.
contract ATNToken is ERC20, ERC20Burnable, ERC20Permit, ERC20Votes {
    /// @notice The only account that can mint.
    address public immutable minter;

    /// @notice `caller` is not the minter.
    error NotMinter(address caller);

    constructor(address minter_) ERC20("Autonet", "ATN") ERC20Permit("Autonet") {
        minter = minter_;
    }

    /// @notice Creates `amountWei` for `to`. Only the minter.
    function mint(address to, uint256 amountWei) external {
        if (msg.sender != minter) revert NotMinter(msg.sender);
        _mint(to, amountWei);
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    /// @notice The present time: votes are looked up by timestamp (ERC-6372).
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @notice How `clock` is to be read (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
