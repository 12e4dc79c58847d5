package computer.autonet.engine.work;

import computer.autonet.port.Examples;

/**
 * Where a proposer's held-out sets come from. The same round and attempt always give the same set, so that a proposer
 * finds it again after a crash; another attempt gives another one, because a revealed truth never scores again.
 */
@FunctionalInterface
public interface TruthSupply {
    Examples truth(int round, int attempt);
}
