package computer.autonet.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import computer.autonet.adapter.chain.ContractAddresses;
import java.nio.file.Path;

/** What a deployment is shown as on stdout: one name and value per line, or one JSON object. */
final class DeployedReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode values;

    /** @param file where the addresses are kept */
    DeployedReport(ContractAddresses addresses, Path file) {
        values = JSON.valueToTree(addresses);
        values.put("file", file.toString());
    }

    DeployedReport with(String name, String value) {
        values.put(name, value);
        return this;
    }

    void print(boolean json) {
        if (json) {
            try {
                System.out.println(JSON.writeValueAsString(values));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("names and values have a JSON form", e);
            }
        } else {
            values.fields()
                    .forEachRemaining(f -> System.out.printf(
                            "%-10s %s%n", f.getKey(), f.getValue().asText()));
        }
        System.out.flush();
    }
}
