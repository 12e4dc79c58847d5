package computer.autonet.adapter.cassandra;

import java.nio.file.Path;

/** A process that starts a Cassandra node, says on standard output which process that is, and waits to be killed. */
final class CassandraParent {
    static final String NODE = "node ";

    private CassandraParent() {}

    public static void main(String[] args) throws Exception {
        CassandraServer server = CassandraServer.start(Path.of(args[0]), Path.of(args[1]), 0);
        System.out.println(NODE + server.pid());
        server.ended().join();
    }
}
