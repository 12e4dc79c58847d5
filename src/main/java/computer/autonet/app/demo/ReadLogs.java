package computer.autonet.app.demo;

import computer.autonet.app.Node;
import computer.autonet.audit.LogSource;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.codec.Ids;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.ListProcessesRequest;
import computer.autonet.v1.ReadEntriesRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/** The logs of a network for an export, by the gateway's public queries. */
public record ReadLogs(GatewayService gateway, NetworkClient client, Materializer materializer) implements LogSource {
    /** Reads from a node of this JVM. */
    public ReadLogs(Node node) {
        this(node.endpoint(), node.client(), Materializer.createMaterializer(node.system()));
    }

    @Override
    public String genesisJson() {
        return gateway.getNetwork(GetNetworkRequest.getDefaultInstance())
                .toCompletableFuture()
                .join()
                .getGenesis()
                .toStringUtf8();
    }

    @Override
    public List<ProcessId> processes() {
        return gateway.listProcesses(ListProcessesRequest.getDefaultInstance())
                .map(response -> Ids.fromProto(response.getProcess()))
                .runWith(Sink.<ProcessId>seq(), materializer)
                .toCompletableFuture()
                .join();
    }

    @Override
    public List<Bytes> entries(ProcessId process, long fromSlot) {
        var request = ReadEntriesRequest.newBuilder()
                .setProcess(Ids.toProto(process))
                .setFromSlot(fromSlot)
                .build();
        return gateway.readEntries(request)
                .map(response -> Ids.bytes(response.getEntry()))
                .runWith(Sink.<Bytes>seq(), materializer)
                .toCompletableFuture()
                .join();
    }

    @Override
    public Optional<byte[]> blob(BlobId id) {
        try {
            return Optional.of(client.getBlob(id).toCompletableFuture().join());
        } catch (CompletionException absent) {
            return Optional.empty();
        }
    }
}
