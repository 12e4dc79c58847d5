package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node waits for its database instead of failing over and over without it. */
class DatabaseTest {
    @Test
    void oneOfItsNodesIsEnoughAndMayComeLater() throws Exception {
        int absent = Local.freePort();
        int later = Local.freePort();
        var database = new Database(List.of("127.0.0.1:" + absent, "127.0.0.1:" + later));
        var waiting = CompletableFuture.runAsync(() -> database.await(Duration.ofMinutes(1)));
        assertThat(waiting).isNotDone();
        try (var server = new ServerSocket(later, 8, InetAddress.getLoopbackAddress())) {
            waiting.get(30, TimeUnit.SECONDS);
            assertThat(server.isBound()).isTrue();
        }
    }

    @Test
    void theUserIsToldWhichAddressesDoNotAnswer() throws Exception {
        String nowhere = "127.0.0.1:" + Local.freePort();
        assertThatThrownBy(() -> new Database(List.of(nowhere)).await(Duration.ofMillis(10)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("DATABASE_UNREACHABLE: none of autonet.cassandra.contact-points [" + nowhere)
                .hasMessageEndingWith("start the database, or correct the addresses");
        assertThatThrownBy(() -> new Database(List.of("here")).await(Duration.ofMillis(10)))
                .hasMessageStartingWith("CONFIG_INVALID: autonet.cassandra.contact-points has 'here'");
    }
}
