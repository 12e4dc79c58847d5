import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.web3j.codegen.SolidityFunctionWrapper;
import org.web3j.protocol.core.methods.response.AbiDefinition;

/**
 * The step of the Maven build that turns {@code artifacts/*.json} into web3j classes.
 *
 * <p>Arguments: the folder of the artifacts, the folder for the sources, their package.
 */
public final class WrapperGenerator {
    private static final int ADDRESS_BITS = 160;

    public static void main(String[] args) throws Exception {
        Path artifacts = Path.of(args[0]);
        Path sources = Path.of(args[1]);
        Files.createDirectories(sources);
        // Calls only read and sends only write: a view function gets no transaction, and no name is used twice.
        var generator = new SolidityFunctionWrapper(true, false, false, ADDRESS_BITS);
        var json = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(artifacts, "*.json")) {
            for (Path file : files) {
                JsonNode artifact = json.readTree(file.toFile());
                AbiDefinition[] abi = json.treeToValue(artifact.get("abi"), AbiDefinition[].class);
                String bytecode = artifact.get("bytecode").asText().replaceFirst("^0x", "");
                generator.generateJavaFiles(
                        artifact.get("contractName").asText(), bytecode, List.of(abi), sources.toString(), args[2], null);
            }
        }
    }
}
