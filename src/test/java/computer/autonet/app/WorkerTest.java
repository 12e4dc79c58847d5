package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.client.NetworkClient;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.role.Role;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker outside the cluster takes part over the gateway like anybody within. */
class WorkerTest {
    private static final long START_SECONDS = 90;
    private static final PhaseTimes PHASES = new PhaseTimes(60_000, 60_000, 60_000, 60_000, 60_000, 60_000);

    @TempDir
    private Path folder;

    @Test
    void node06_aSolverOnALaptopTrainsForAProjectOfTheClusterAndIsPaid() throws Exception {
        Path network = folder.resolve("network");
        assertThat(Main.run("network", "create", "--out", network + "", "--nodes", "a,laptop"))
                .isZero();
        int port = Local.freePort();
        try (Forked node = Forked.start(folder.resolve("a.txt"), List.of(), "node", "--config", config(port) + "");
                var stranger = new Local()) {
            node.await("joined", START_SECONDS);
            NetworkClient client = stranger.client(stranger.gateway("127.0.0.1", port));
            ProcessId project = new TinyProject(1, 2, 3, PHASES).found(client, TinyProject.owner(network));

            String[] solver = worker(network, port, project, "solver-1");
            String said = said(0, solver);
            assertThat(said)
                    .contains("staked     as solver", "did        round 1: trained and committed")
                    .containsPattern("done       worked in 1 round, earned \\d.* ATN, charged 0 ATN");
            Identity laptop = Keystore.existing(network.resolve("laptop.p12"), network.resolve("laptop.password"))
                    .signer("solver-1")
                    .identity();
            var state = (ProjectState.Founded)
                    Local.await(client.project(project), 30).state();
            assertThat(state.models()).hasSize(1);
            // Whether so short a training is worth something depends on the draw of its batches.
            RoundSummary round = state.summaries().get(state.summaries().size() - 1);
            assertThat(Stream.concat(round.accepted().stream(), round.rejected().stream()))
                    .as("those whose work was measured")
                    .contains(laptop);
            Member member = Tables.at(state.roster(), new MemberKey(Role.SOLVER, laptop));
            assertThat(member.earned().compareTo(Amount.ZERO) > 0)
                    .as("paid what it is worth")
                    .isEqualTo(round.accepted().contains(laptop));
            assertThat(member.charged()).isEqualTo(Amount.ZERO);

            assertThat(said(2, worker(network, port, project, "solver-2")))
                    .as("a worker that comes too late")
                    .contains("PROJECT_COMPLETE: " + project + " had published its last round before this worker came")
                    .contains("so it never worked; name a project that is still running");
        }
    }

    @Test
    void node02_aWorkerThatWaitsForItsProjectSaysSoAndIsStoppedWithoutAWordOfItsEnd() throws Exception {
        Path network = folder.resolve("network");
        assertThat(Main.run("network", "create", "--out", network + "", "--nodes", "a,laptop"))
                .isZero();
        int port = Local.freePort();
        var nobodys = new ProcessId(Kind.PROJECT, Hash.digest("nobody's"));
        try (Forked node = Forked.start(folder.resolve("a.txt"), List.of(), "node", "--config", config(port) + "")) {
            node.await("joined", START_SECONDS);
            try (Forked worker =
                    Forked.start(folder.resolve("worker.txt"), List.of(), worker(network, port, nobodys, "solver-1"))) {
                assertThat(worker.await("waits for", START_SECONDS)).contains("nobody created " + nobodys);
                worker.terminate();
                assertThat(worker.status(START_SECONDS)).isZero();
                assertThat(worker.text()).doesNotContain("PROJECT_COMPLETE");
            }
        }
    }

    private String[] worker(Path network, int port, ProcessId project, String identity) {
        return new String[] {
            "worker",
            "--gateway",
            "127.0.0.1:" + port,
            "--role",
            "solver",
            "--project",
            project.toString(),
            "--keystore",
            network.resolve("laptop.p12") + "",
            "--password-file",
            network.resolve("laptop.password") + "",
            "--as",
            identity,
            "--data",
            "digits",
            "--share",
            "1/2",
            "--work-dir",
            folder.resolve("work") + ""
        };
    }

    /** Both streams of a command that ends with this status. */
    private static String said(int status, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var bytes = new ByteArrayOutputStream();
        var both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            assertThat(Main.run(arguments)).isEqualTo(status);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Path config(int port) throws Exception {
        return Files.writeString(folder.resolve("a.conf"), """
                include required("network/network.conf")
                autonet {
                  data-dir = "%1$s/data"
                  gateway.port = %2$d
                  operator.port = -1
                  keystore { file = "%1$s/network/a.p12", password-file = "%1$s/network/a.password" }
                  work = [
                    { role = proposer, identity = proposer, data { set = digits, seed = 1 } }
                    { role = aggregator, identity = aggregator }
                    { role = solver, identity = solver-1, data { set = digits, seed = 1, share = 0, shares = 2 } }
                    { role = coordinator, identity = coordinator-1 }
                    { role = coordinator, identity = coordinator-2 }
                    { role = coordinator, identity = solver-2 }
                  ]
                }
                """.formatted(folder, port));
    }
}
