package computer.autonet.audit;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Recipe;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.solver.SolverCommand;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A small history: a founded and funded project whose round opens a task that nobody finishes, and two payments under way. */
final class Scene {
    final List<SigningKey> keys = new ArrayList<>();
    final KernelNetwork network;
    final ProcessId project;
    final BlobId model;

    private final SigningKey owner;

    Scene() {
        for (String name : List.of("owner", "p1", "s1", "s2", "s3", "c1", "c2", "c3", "a1")) {
            keys.add(KernelNetwork.key(name));
        }
        owner = keys.get(0);
        network = new KernelNetwork(keys);
        model = blob("initial parameters");
        var recipe = new Recipe("mlp", 8, 8, 10, 7, 10, 8, 3_000);
        var phases = new PhaseTimes(1_000, 1_000, 1_000, 1_000, 1_000, 1_000);
        var terms = new ProjectTerms("digits", recipe, model, 3, Amount.ofTokens(100), 2, 3, 3, phases);
        SealedEntry founding = submit(owner, new AccountCommand.CreateProject(terms));
        project = founding.draft().events().stream()
                .filter(AccountEvent.ProjectFounded.class::isInstance)
                .map(event -> ((AccountEvent.ProjectFounded) event).project())
                .findFirst()
                .orElseThrow();
        submit(owner, new AccountCommand.Transfer(project.hash(), Amount.ofTokens(1_000)));
        submit(owner, gold(project.hash(), 30));
        stake(1, Role.PROPOSER);
        for (int i = 2; i <= 4; i++) {
            stake(i, Role.SOLVER);
        }
        for (int i = 5; i <= 7; i++) {
            stake(i, Role.COORDINATOR);
        }
        stake(8, Role.AGGREGATOR);
        for (int i = 2; i <= 4; i++) {
            var process = ProcessId.owned(
                    Kind.SOLVER,
                    network.genesis.networkId(),
                    keys.get(i).identity().address());
            network.submit(keys.get(i), process, new SolverCommand.Declare(1, List.of(project)));
        }
        BlobId truth = blob("sealed truth");
        network.submit(keys.get(1), project, new ProjectCommand.Propose(1, Hash.digest("truth"), truth, recipe));
        network.settle();
        for (int i = 0; i < 4; i++) {
            network.pass(1_001);
        }
        submit(keys.get(2), new AccountCommand.Stake(project, Role.SOLVER, Amount.ofTokens(60)));
        network.settle();
        network.submit(
                owner,
                network.account(owner),
                new AccountCommand.Transfer(keys.get(1).identity().address(), Amount.parseTokens("12.5")));
        network.submit(
                owner, network.account(owner), gold(keys.get(1).identity().address(), 7));
    }

    private static AccountCommand gold(Hash to, long units) {
        return new AccountCommand.Transfer(to, new Amount(BigInteger.valueOf(units)), KernelNetwork.GOLD);
    }

    private BlobId blob(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        BlobId id = BlobId.of(bytes);
        network.blobs.put(id, bytes);
        return id;
    }

    private void stake(int who, Role role) {
        submit(keys.get(who), new AccountCommand.Stake(project, role, role.minimumStake()));
    }

    private SealedEntry submit(SigningKey key, AccountCommand command) {
        network.nowMillis += 1;
        SealedEntry entry = network.submit(key, network.account(key), command);
        network.settle();
        return entry;
    }
}
