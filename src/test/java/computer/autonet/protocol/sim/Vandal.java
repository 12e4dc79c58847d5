package computer.autonet.protocol.sim;

import computer.autonet.base.Commitment;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A key holder who signs anything for anyone, and imagines processes that send what they must not. */
final class Vandal {
    private final World world;
    private final Party party;
    private final List<Identity> identities;
    private final Gibberish gibberish;

    Vandal(World world, Party party, List<Identity> identities) {
        this.world = world;
        this.party = party;
        this.identities = identities;
        this.gibberish = new Gibberish(world.random, identities);
    }

    void play(Set<ProcessId> projects) {
        List<ProcessId> known = new ArrayList<>(world.hosts.keySet());
        gibberish.knows(known);
        ProcessId target = known.get(world.random.nextInt(known.size()));
        Command command = gibberish.command();
        if (world.chance(30)) {
            party.act(target, command);
        }
        imagine(world.host(target), known);
        if (world.chance(5)) {
            // A process that nobody created.
            var id = new ProcessId(
                    world.chance(50) ? Kind.PROJECT : Kind.TASK,
                    Commitment.tagged("nobody").with(world.random.nextInt(5)).hash());
            party.act(id, command);
        }
        if (world.chance(20)) {
            ProcessId other = world.owned(Kind.ACCOUNT, identities.get(0).address());
            party.act(other, gibberish.commandOf(Kind.ACCOUNT));
        }
    }

    /** No process throws, whatever another one sends that the rules would not send: it bounces. */
    private <S> void imagine(Host<S, ?, ?> host, List<ProcessId> known) {
        ProcessId source = known.get(world.random.nextInt(known.size()));
        ProcessState<S> state = host.state();
        if (mayCommand(source, host.id)) {
            return;
        }
        Command command = world.chance(70) ? gibberish.commandOf(host.id.kind()) : gibberish.command();
        Payload payload =
                world.chance(80) ? new Payload.Ask(command) : new Payload.Bounce(command, gibberish.refusal());
        if (payload instanceof Payload.Bounce && command instanceof AccountCommand.Credit) {
            return; // money that was never sent
        }
        long sequence = state.received().getOrDefault(source, 0L) + 1;
        var input = new Input.FromProcess(source, 0, 0, state.head(), sequence, payload);
        Outcome outcome = host.decide(input, world.nowMillis());
        if (outcome instanceof Outcome.Record record) {
            host.imagine(record.draft());
        }
    }

    /** What a process sends to those who obey it follows from its rules; it cannot be anything. */
    private static boolean mayCommand(ProcessId source, ProcessId target) {
        return source.kind() == Kind.PROJECT && target.kind() != Kind.ACCOUNT
                || source.kind() == Kind.TASK && target.kind() == Kind.PROJECT
                || source.kind() == Kind.AGGREGATOR && target.kind() == Kind.PROJECT;
    }
}
