package computer.autonet.cassandra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cassandra.service.CassandraDaemon;

/**
 * One Cassandra node on the loopback address, for tests and for clusters on one machine. Its commit log is synced before a
 * write is acknowledged. Arguments: directory, port for clients, port for nodes. Ends when its standard input does, so that it
 * never outlives the process that started it.
 */
public final class CassandraNode {
    private CassandraNode() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
        Path settings = directory.resolve("cassandra.yaml");
        Files.writeString(settings, yaml(directory, Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        System.setProperty("cassandra.config", settings.toUri().toString());
        System.setProperty("cassandra.storagedir", directory.toString());
        System.setProperty("cassandra-foreground", "yes");
        System.setProperty("cassandra.jmx.local.port", "0");
        // Alone: there is nobody to wait for.
        System.setProperty("cassandra.superuser_setup_delay_ms", "0");
        System.setProperty("cassandra.ring_delay_ms", "0");
        System.setProperty("cassandra.skip_wait_for_gossip_to_settle", "0");
        System.setProperty("cassandra.load_ring_state", "false");
        System.setProperty("cassandra.initial_token", "0");
        Thread parent = new Thread(CassandraNode::endWithParent, "parent-watch");
        parent.setDaemon(true);
        parent.start();
        CassandraDaemon.main(new String[0]);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on this pipe; only its end matters.
            }
        } catch (IOException closed) {
            // A broken pipe means the same as its end.
        }
        System.exit(0);
    }

    private static String yaml(Path directory, int clients, int nodes) {
        return """
            cluster_name: autonet
            partitioner: org.apache.cassandra.dht.Murmur3Partitioner
            num_tokens: 1
            endpoint_snitch: SimpleSnitch
            listen_address: 127.0.0.1
            storage_port: %2$d
            rpc_address: 127.0.0.1
            native_transport_port: %1$d
            start_native_transport: true
            seed_provider:
              - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                parameters: [ { seeds: "127.0.0.1:%2$d" } ]
            # Acknowledged = on disk: a write is answered after its sync; concurrent writes share one.
            commitlog_sync: batch
            commitlog_segment_size: 8MiB
            commitlog_disk_access_mode: mmap
            data_file_directories: [ "%3$s/data" ]
            commitlog_directory: "%3$s/commitlog"
            saved_caches_directory: "%3$s/saved_caches"
            hints_directory: "%3$s/hints"
            cdc_raw_directory: "%3$s/cdc_raw"
            # Small, because it shares a machine with the nodes that use it.
            memtable_heap_space: 64MiB
            memtable_offheap_space: 64MiB
            key_cache_size: 4MiB
            counter_cache_size: 1MiB
            file_cache_size: 32MiB
            concurrent_reads: 4
            concurrent_writes: 8
            concurrent_compactors: 1
            auto_snapshot: false
            # Less than a node waits for a write (journal-cassandra.conf): none takes effect after that.
            write_request_timeout: 5s
            read_request_timeout: 10s
            # Longer than anybody contends: a taker of a lease that is turned away earlier does not know whether it has it.
            cas_contention_timeout: 10s
            """.formatted(clients, nodes, directory);
    }
}
