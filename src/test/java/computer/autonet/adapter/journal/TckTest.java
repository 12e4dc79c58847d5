package computer.autonet.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scalatest.Args;
import org.scalatest.Suite;
import org.scalatest.events.Event;
import org.scalatest.events.SuiteAborted;
import org.scalatest.events.TestCanceled;
import org.scalatest.events.TestFailed;
import org.scalatest.events.TestIgnored;
import org.scalatest.events.TestPending;
import org.scalatest.events.TestSucceeded;
import scala.Option;

/** Pekko's own test suites for journals (JRN-06) and snapshot stores (JRN-07), run against the embedded ones. */
class TckTest {
    private static final CapabilityFlag YES = CapabilityFlag.on();

    /** Above the five that the suite saves before it asks for the older ones. */
    private static final int KEPT_FOR_THE_SUITE = 8;

    @TempDir
    Path directory;

    private Config settings() {
        return ConfigFactory.parseString("""
                        pekko.loglevel = WARNING
                        pekko.persistence.publish-plugin-commands = on
                        # The suites wait for three seconds times this.
                        pekko.test.timefactor = 10
                        autonet.embedded-journal.snapshots.keep = %d
                        """.formatted(KEPT_FOR_THE_SUITE)).withFallback(Systems.embedded(directory));
    }

    @Test
    void journalSuitePasses() {
        Outcome outcome = run(new JavaJournalSpec(settings()) {
            @Override
            public CapabilityFlag supportsRejectingNonSerializableObjects() {
                return YES;
            }

            @Override
            public CapabilityFlag supportsMetadata() {
                return YES;
            }

            @Override
            public CapabilityFlag supportsSerialization() {
                return YES;
            }
        });
        assertThat(outcome.failures).isEmpty();
        assertThat(outcome.left).isEmpty();
        assertThat(outcome.passed).hasSize(JOURNAL_TESTS);
    }

    @Test
    void snapshotSuitePasses() {
        Outcome outcome = run(new JavaSnapshotStoreSpec(settings()) {
            @Override
            public CapabilityFlag supportsSerialization() {
                return YES;
            }
        });
        assertThat(outcome.failures).isEmpty();
        assertThat(outcome.left).isEmpty();
        assertThat(outcome.passed).hasSize(SNAPSHOT_TESTS);
    }

    /** What the suites of Pekko 1.7.0 hold. */
    private static final int JOURNAL_TESTS = 17;

    private static final int SNAPSHOT_TESTS = 12;

    private static final class Outcome {
        final List<String> passed = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        final List<String> left = new ArrayList<>();

        synchronized void see(Event event) {
            if (event instanceof TestSucceeded test) {
                passed.add(test.testName());
            } else if (event instanceof TestFailed test) {
                failures.add(test.testName() + ": " + test.message());
            } else if (event instanceof SuiteAborted suite) {
                failures.add(suite.suiteName() + ": " + suite.message());
            } else if (event instanceof TestCanceled test) {
                left.add(test.testName());
            } else if (event instanceof TestIgnored test) {
                left.add(test.testName());
            } else if (event instanceof TestPending test) {
                left.add(test.testName());
            }
        }
    }

    private static Outcome run(Suite suite) {
        Outcome outcome = new Outcome();
        Args args = Args.apply(
                outcome::see,
                Args.apply$default$2(),
                Args.apply$default$3(),
                Args.apply$default$4(),
                Args.apply$default$5(),
                Args.apply$default$6(),
                Args.apply$default$7(),
                Args.apply$default$8(),
                Args.apply$default$9(),
                Args.apply$default$10());
        suite.run(Option.empty(), args).waitUntilCompleted();
        return outcome;
    }
}
