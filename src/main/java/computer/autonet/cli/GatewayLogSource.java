package computer.autonet.cli;

import computer.autonet.audit.LogSource;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.client.RefusedException;
import computer.autonet.codec.Ids;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.ListProcessesRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.stream.Materializer;

/** The logs of a network as a gateway answers for them, by its public queries. */
public final class GatewayLogSource implements LogSource {
    /** For one answer: all entries of one process may be many. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Session session;

    GatewayLogSource(Session session) {
        this.session = session;
    }

    /** Over a gateway that is open already, in this JVM or outside. */
    public static GatewayLogSource of(GatewayService gateway, Materializer materializer) {
        var address = new GatewayOptions.Address("the open gateway", 0);
        return new GatewayLogSource(new Session(gateway, materializer, address, PATIENCE, () -> {}));
    }

    @Override
    public String genesisJson() {
        return session.await(session.gateway().getNetwork(GetNetworkRequest.getDefaultInstance()))
                .getGenesis()
                .toStringUtf8();
    }

    @Override
    public List<ProcessId> processes() {
        return session.all(session.gateway().listProcesses(ListProcessesRequest.getDefaultInstance())).stream()
                .map(response -> Ids.fromProto(response.getProcess()))
                .toList();
    }

    @Override
    public List<Bytes> entries(ProcessId process, long fromSlot) {
        return session.stored(process, fromSlot).stream()
                .map(response -> Ids.bytes(response.getEntry()))
                .toList();
    }

    @Override
    public Optional<byte[]> blob(BlobId id) {
        try {
            return Optional.of(session.await(session.client().getBlob(id)));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
