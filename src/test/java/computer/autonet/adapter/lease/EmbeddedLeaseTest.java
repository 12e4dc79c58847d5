package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.journal.EmbeddedJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLeaseTest extends LeaseBehaviour {
    @TempDir
    Path directory;

    @Override
    Config settings() {
        return ConfigFactory.parseMap(Map.of("autonet.data-dir", directory.toString()))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("journal-embedded"))
                .withFallback(ConfigFactory.parseString("pekko.fail-mixed-versions = off"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    @Override
    void usurp(ActorSystem system, String lease) throws Exception {
        LeaseStore store = Leases.get(system).embedded(EmbeddedJournal.open(system));
        assertThat(get(store.release(lease, "a/" + Leases.get(system).life() + "#1", 1)))
                .isTrue();
        assertThat(store.take(lease, "usurper", Duration.ofSeconds(60))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(OptionalLong.of(2));
    }

    /** LEASE-06. */
    @Test
    void aRestartedNodeWaitsForNobodyAndHasTheNextEpoch() throws Exception {
        for (int life = 1; life <= 3; life++) {
            ActorSystem system = system();
            assertThat(get(lease(system, "restarted", "a").acquire())).isTrue();
            assertThat(Leases.get(system).epoch("restarted")).isEqualTo(life);
            end(system);
        }
    }
}
