package computer.autonet.app;

import computer.autonet.adapter.keystore.Pkcs12Keys;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.engine.work.Recipes;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project of few steps per round, founded and funded by the owner of a made network. */
record TinyProject(int rounds, int solvers, int coordinators, PhaseTimes phases) {
    static final Amount REWARD = Amount.ofTokens(100);

    private static final long SECONDS = 60;

    /** The key that {@code network create} wrote. */
    static SigningKey owner(Path network) throws IOException {
        String password = Files.readString(network.resolve("owner.password")).strip();
        return Pkcs12Keys.open(network.resolve("owner.p12"), password.toCharArray())
                .signer("owner");
    }

    ProcessId found(NetworkClient client, SigningKey owner) {
        Hash network = Local.await(client.network(), SECONDS).id();
        var model = new ModelSpec(ModelSpec.Architecture.ofLabel("mlp"), 8, 8, 10);
        float[] initial = new PyTorchTrainer(PyTorchTrainer.defaultCache()).initial(model, 1);
        BlobId blob = Local.await(client.putBlob(Parameters.of(initial).encode()), SECONDS);
        var terms = new ProjectTerms(
                "tiny",
                Recipes.toProject(Recipe.standard(model, 1).withSteps(20)),
                blob,
                rounds,
                REWARD,
                solvers,
                coordinators,
                10,
                phases);
        ProcessId account =
                ProcessId.owned(Kind.ACCOUNT, network, owner.identity().address());
        Receipt founded = Local.await(client.submit(owner, account, new AccountCommand.CreateProject(terms)), SECONDS);
        ProcessId project = ProcessId.created(Kind.PROJECT, account, founded.slot(), 0);
        Amount budget = Amount.ofTokens(100L * rounds);
        Local.await(client.submit(owner, account, new AccountCommand.Transfer(project.hash(), budget)), SECONDS);
        return project;
    }
}
