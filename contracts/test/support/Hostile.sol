// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that calls back into a contract during a transfer, as its owner tells it, and passes on what that says.
contract HostileToken is ERC20 {
    address private _target;
    bytes private _call;
    uint256 public feeBps;

    constructor() ERC20("Hostile", "BAD") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function attack(address target, bytes calldata data) external {
        _target = target;
        _call = data;
    }

    function charge(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (feeBps != 0 && from != address(0)) {
            uint256 fee = value * feeBps / 10_000;
            super._update(from, address(0xfee), fee);
            value -= fee;
        }
        super._update(from, to, value);
        if (_target != address(0) && from != address(0)) pass(_target, _call);
    }

    function pass(address target, bytes memory data) internal {
        (bool done, bytes memory answer) = target.call(data);
        if (done) return;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }
}

/// @notice A token that tells receivers that are contracts, as ERC-777 does.
contract NotifyingToken is ERC20 {
    mapping(address account => bool muted) private _muted;

    constructor() ERC20("Notifying", "NTF") {}

    /// @dev This contract is not told.
    function mute(address who) external {
        _muted[who] = true;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && to.code.length != 0 && !_muted[to]) HostileReceiver(to).received();
    }
}

/// @notice A receiver that, when told, calls what it was told to call, and passes on what that says.
contract HostileReceiver {
    address private _target;
    bytes private _call;

    function attack(address target, bytes calldata data) external {
        _target = target;
        _call = data;
    }

    function received() external {
        if (_target == address(0)) return;
        (bool done, bytes memory answer) = _target.call(_call);
        if (done) return;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }
}
