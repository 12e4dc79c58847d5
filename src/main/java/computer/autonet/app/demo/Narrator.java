package computer.autonet.app.demo;

import computer.autonet.base.Identity;
import computer.autonet.engine.work.WorkEvent;
import computer.autonet.engine.work.WorkListener;
import computer.autonet.protocol.role.Role;

/** Tells on the living line what participants are doing. */
record Narrator(Cast cast, Screen screen) implements WorkListener {
    @Override
    public void on(Identity who, Role role, WorkEvent event) {
        String name = cast.nameOf(who);
        if (event instanceof WorkEvent.Training t) {
            screen.status(
                    "round %d  %s trains, step %d of %d, loss %.3f",
                    t.round(), name, t.step(), t.steps(), t.lossNats());
        } else if (event instanceof WorkEvent.Measuring m) {
            screen.status("round %d  %s measures model %d of %d", m.round(), name, m.model(), m.models());
        } else if (event instanceof WorkEvent.Proposed p) {
            screen.status("round %d  %s proposes with a sealed set of held-out images", p.round(), name);
        } else if (event instanceof WorkEvent.Committed c) {
            screen.status("round %d  %s has committed its update", c.round(), name);
        } else if (event instanceof WorkEvent.TruthRevealed t) {
            screen.status("round %d  %s reveals the truth", t.round(), name);
        } else if (event instanceof WorkEvent.Revealed r) {
            screen.status("round %d  %s reveals its update", r.round(), name);
        } else if (event instanceof WorkEvent.Opened o) {
            screen.status("round %d  %s opens its vote", o.round(), name);
        } else if (event instanceof WorkEvent.Submitted s) {
            screen.status("round %d  %s averages the accepted updates", s.round(), name);
        } else if (event instanceof WorkEvent.Certified c) {
            screen.status("round %d  %s certifies the average", c.round(), name);
        } else if (event instanceof WorkEvent.Misbehaved m) {
            screen.status("round %d  %s %s", m.round(), name, m.how());
        } else if (event instanceof WorkEvent.Troubled t) {
            screen.status("%s tries again: %s", name, t.what());
        } else if (event instanceof WorkEvent.Staked) {
            screen.status("%s locks its stake", name);
        }
    }
}
