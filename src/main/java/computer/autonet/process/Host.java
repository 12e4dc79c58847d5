package computer.autonet.process;

import computer.autonet.port.Fencing;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Guard;
import java.time.InstantSource;

/**
 * What every process on a node shares.
 *
 * @param guard judges acts against the constitution
 * @param clock stamps inputs; the only clock that the protocol sees
 * @param fencing says under which lease and number a process writes
 */
public record Host(
        Genesis genesis,
        Guard guard,
        InstantSource clock,
        Fencing fencing,
        Verifier verifier,
        Routes routes,
        HostSettings settings) {}
