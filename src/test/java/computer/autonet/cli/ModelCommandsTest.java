package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import computer.autonet.base.BlobId;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.v1.Model;
import computer.autonet.v1.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Published models from the command line: listed, fetched and asked. */
class ModelCommandsTest extends AtAShell {
    private byte[] publish(String project) {
        byte[] parameters = Parameters.of(1, 2, 3).encode();
        shell.network.publish(
                Model.newBuilder()
                        .setProject(Ids.toProto(ProcessId.parse(project)))
                        .setRound(1)
                        .setId(ByteString.copyFrom(BlobId.of(parameters).hash().toArray()))
                        .setRecipe(Recipe.newBuilder()
                                .setModel("mlp")
                                .setRows(8)
                                .setCols(8)
                                .setClasses(10))
                        .build(),
                parameters);
        return parameters;
    }

    @Test
    void modelsAreListedFetchedAndAsked() throws IOException {
        String project = project();
        assertThat(ok("model", "list", project).out()).contains("models: none");
        assertThat(shell.run("model", "get", project, "--out", "x").exit()).isEqualTo(2);
        byte[] parameters = publish(project);
        assertThat(ok("model", "list", project).out())
                .contains(BlobId.of(parameters).hash().brief());
        Path file = temp.resolve("model.bin");
        ok("model", "get", project, "--round", "1", "--out", file.toString());
        assertThat(file).hasBinaryContent(parameters);

        var predictions = ok("infer", "--project", project, "--input", "digits:0,3-5", "--json")
                .json();
        assertThat(predictions.get("predictions")).hasSize(4);
        assertThat(predictions.get("predictions").get(0).get("truth").asInt()).isBetween(0, 9);
        assertThat(predictions.get("right").asText()).endsWith(" of 4");

        String row = "0,0,1" + ",0".repeat(61);
        Path csv = Files.writeString(temp.resolve("in.csv"), row + "\n" + row + "\n");
        assertThat(ok("infer", "--project", project, "--input", csv.toString()).out())
                .containsPattern("1 +2 +0.9100");
        Path json = Files.writeString(temp.resolve("in.json"), "[[" + row + "]]");
        assertThat(ok("infer", "--project", project, "--input", json.toString()).out())
                .containsPattern("0 +2 +0.9100");
        Files.writeString(csv, "0,1\n");
        assertThat(shell.run("infer", "--project", project, "--input", csv.toString())
                        .err())
                .startsWith("INPUT_INVALID: input 0 has 2 values; the model reads 64");
        Files.writeString(csv, row.replace("1", "7") + "\n");
        assertThat(shell.run("infer", "--project", project, "--input", csv.toString())
                        .err())
                .contains("holds 7.0");
        assertThat(shell.run("infer", "--project", project, "--input", "digits:1797")
                        .exit())
                .isEqualTo(2);
    }
}
