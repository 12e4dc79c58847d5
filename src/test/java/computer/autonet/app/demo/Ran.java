package computer.autonet.app.demo;

import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.engine.work.Behaviour;
import computer.autonet.protocol.draw.HashedSeeds;
import computer.autonet.protocol.draw.SeededDraw;
import computer.autonet.protocol.role.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A demo that came to its end, with what it showed. */
record Ran(DemoResult result, String screen) {
    /** What they do breaks a commitment each time, and costs a part of their stake. */
    private static final List<String> BREAKING = List.of("silent", "copycat", "copy", "withhold");

    static Ran demo(DemoOptions options) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        List<DemoResult> results = new ArrayList<>();
        new Demo(options, screen, new PyTorchTrainer(PyTorchTrainer.defaultCache())).run(results::add);
        if (results.size() != 1) {
            throw new AssertionError("reported " + results.size() + " times");
        }
        return new Ran(results.get(0), bytes.toString(StandardCharsets.UTF_8));
    }

    List<DemoResult.Participant> adversaries() {
        return result.participants().stream()
                .filter(p -> !p.behaviour().equals("honest"))
                .toList();
    }

    List<DemoResult.Participant> honest(String role) {
        return result.participants().stream()
                .filter(p -> p.behaviour().equals("honest") && p.role().equals(role))
                .toList();
    }

    BigDecimal earned() {
        return result.participants().stream()
                .map(DemoResult.Participant::earned)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal net(DemoResult.Participant participant) {
        return participant.earned().subtract(participant.slashed());
    }

    /** Of the honest ones of a role: what the one with least has. */
    BigDecimal lowestNet(String role) {
        return honest(role).stream().map(Ran::net).min(BigDecimal::compareTo).orElseThrow();
    }

    static boolean breaksCommitments(DemoResult.Participant adversary) {
        return BREAKING.contains(adversary.behaviour());
    }

    /** The project of a demo: the first thing that its owner does is to found it. */
    private static ProcessId project(Cast cast) {
        var owner = cast.owner().identity().address();
        return ProcessId.created(
                Kind.PROJECT, ProcessId.owned(Kind.ACCOUNT, cast.genesis().networkId(), owner), 0, 0);
    }

    /**
     * The rounds in which, when all have joined, a proposer that withholds has the first turn: PROJ-05 draws the order
     * from project and round. In the others an honest proposal is published, and nobody else gets a turn.
     */
    static List<Integer> withheld(DemoOptions options) {
        var cast = new Cast(options.seed, options.solvers, options.coordinators, options.parsedAdversaries());
        var weights = new TreeMap<Identity, Amount>();
        var withholding = new ArrayList<Identity>();
        for (Cast.Player player : cast.players()) {
            if (player.role() == Role.PROPOSER) {
                weights.put(player.identity(), Role.PROPOSER.minimumStake());
            }
            if (player.behaviour() == Behaviour.WITHHOLD) {
                withholding.add(player.identity());
            }
        }
        List<Integer> rounds = new ArrayList<>();
        for (int round = 1; round <= options.rounds; round++) {
            Hash seed = new HashedSeeds().proposers(project(cast), round);
            if (withholding.contains(
                    new SeededDraw().draw(seed, weights, weights.size()).get(0))) {
                rounds.add(round);
            }
        }
        return rounds;
    }
}
