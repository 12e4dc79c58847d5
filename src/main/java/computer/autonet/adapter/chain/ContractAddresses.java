package computer.autonet.adapter.chain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import computer.autonet.adapter.disk.WholeFile;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the contracts stand on a chain: what {@code autonet chain} writes to a file and prints. */
public record ContractAddresses(
        long chainId,
        String emission,
        String token,
        String dao,
        String timelock,
        String staking,
        String tasks,
        String engine,
        String rewards,
        String traps,
        String disputes,
        String bridge,
        String shards) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Reads what {@link #write} wrote. */
    public static ContractAddresses read(Path file) {
        try {
            return JSON.readValue(file.toFile(), ContractAddresses.class);
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, file + " holds no addresses", "remove it and deploy anew", e);
        }
    }

    /** Writes them whole or not at all. */
    public void write(Path file) {
        try {
            WholeFile.replace(file, StandardCharsets.UTF_8.encode(toJson() + "\n"));
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, file + " cannot be written", "make room there, or name another file", e);
        }
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (IOException e) {
            throw new IllegalStateException("addresses always have a form in JSON", e);
        }
    }
}
