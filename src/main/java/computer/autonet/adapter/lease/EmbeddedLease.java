package computer.autonet.adapter.lease;

import computer.autonet.adapter.journal.EmbeddedJournal;
import java.io.IOException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;

/** A lease within the one process that has the embedded journal open. */
public final class EmbeddedLease extends KeptLease {
    /** Pekko creates it by the setting {@code lease-class}. */
    public EmbeddedLease(LeaseSettings settings, ExtendedActorSystem system) throws IOException {
        super(settings, system, Leases.get(system).embedded(EmbeddedJournal.open(system)));
    }
}
