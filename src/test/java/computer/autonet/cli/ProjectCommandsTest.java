package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import java.time.Duration;
import org.apache.pekko.stream.SystemMaterializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Projects from the command line, from their founding to their end, and those who watch them. */
class ProjectCommandsTest extends AtAShell {
    @Test
    void aProjectIsFoundedFundedJoinedShownLeftAndClosed() {
        String project = project();
        assertThat(shell.network.blob(ProjectCommands.founded(session(), ProcessId.parse(project))
                        .terms()
                        .initialModel()
                        .hash()))
                .isNotNull();
        assertThat(ok("account", "show", project, "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("500");
        ok("project", "fund", "--as", "bob", project, "20");
        ok("account", "stake", "--as", "bob", "--project", project, "--role", "solver", "60");
        assertThat(ok("account", "show", "bob").out()).containsPattern("60 ATN");
        String shown = ok("project", "show", project).out();
        assertThat(shown)
                .containsPattern("stage +waiting for proposers \\(0 of 1\\)")
                .containsPattern("escrow +520 ATN")
                .containsPattern("model +mlp 8x8 -> 10")
                .containsPattern("solver +" + shell.identity("bob").brief() + " +60 ATN");
        assertThat(shell.run("project", "resume", "--as", "bob", project).exit())
                .isEqualTo(2);
        ok("project", "leave", "--as", "bob", "--role", "solver", project);
        assertThat(ok("project", "show", project, "--json").json().get("members"))
                .isEmpty();
        ok("project", "close", "--as", "alice", project);
        assertThat(shell.run("project", "fund", "--as", "bob", project, "20").err())
                .startsWith("PROJECT_COMPLETE: ");
        var lines = ok("project", "watch", project, "--json").out().lines().toList();
        assertThat(lines.get(0)).startsWith("{\"slot\":0,").contains("\"events\":[\"Founded\"]");
        assertThat(lines.get(lines.size() - 1)).contains("Completed");
        assertThat(ok("project", "watch", project, "--no-follow", "--from", "1")
                        .out()
                        .lines())
                .hasSize(lines.size() - 1);
    }

    private Session session() {
        return new Session(
                shell.network,
                SystemMaterializer.get(shell.system).materializer(),
                Shell.NOWHERE,
                Duration.ofSeconds(10),
                () -> {});
    }

    @Test
    void cli02AProjectWhoseFundsAreNotThereIsNotFounded() {
        Shell.Ran ran = shell.run("project", "create", "--as", "alice", "--name", "rich", "--fund", "99999");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("INSUFFICIENT_FUNDS: ", "nothing was founded");
        assertThat(ok("account", "show", "alice", "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("10000");
        assertThat(shell.network.processes()).noneMatch(process -> process.kind() == Kind.PROJECT);
    }

    @Test
    void whatCannotBeFoundedIsRefusedBeforeAnythingIsSent() {
        Shell.Ran shape = shell.run("project", "create", "--as", "alice", "--name", "x", "--dataset", "cats");
        assertThat(shape.exit()).isEqualTo(2);
        assertThat(shape.err()).startsWith("DATASET_UNKNOWN: ").contains("28x28x10");
        Shell.Ran rounds = shell.run("project", "create", "--as", "alice", "--name", "x", "--rounds", "5000");
        assertThat(rounds.err()).contains("INVALID_ARGUMENT: 5000 rounds; ask for 1 to 1000");
        assertThat(shell.network.entries()).isZero();
        String nobody = new ProcessId(Kind.PROJECT, shell.genesis.networkId()).toString();
        assertThat(shell.run("project", "show", nobody).err()).startsWith("NO_SUCH_PROJECT: ");
        assertThat(shell.run("task", "show", "task:" + shell.genesis.networkId())
                        .err())
                .startsWith("NO_SUCH_TASK: ");
    }

    @Test
    @Timeout(60)
    void aWatchThatNobodyReadsEnds() {
        assertThat(shell.runUnread("project", "watch", project())).isZero();
    }

    @Test
    @Timeout(60)
    void aWatchThatBeginsAfterTheEndOfItsProjectEnds() {
        String project = project();
        ok("project", "close", "--as", "alice", project);
        long last = ok("project", "watch", project).out().lines().count();
        assertThat(ok("project", "watch", project, "--from", last + "").out()).isEmpty();
    }
}
