package computer.autonet.app;

import computer.autonet.base.Identity;
import computer.autonet.engine.work.WorkEvent;
import computer.autonet.engine.work.WorkListener;
import computer.autonet.protocol.role.Role;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What participants do and where they are stuck, for people: a trouble is told once, not at every new try. */
final class Doings implements WorkListener {
    private final Console console;
    private final boolean acts;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final Set<Integer> rounds = new TreeSet<>();

    /** @param acts whether each act is told, too */
    Doings(Console console, boolean acts) {
        this.console = console;
        this.acts = acts;
    }

    /** How many rounds had an act of a participant. */
    synchronized int rounds() {
        return rounds.size();
    }

    @Override
    public void on(Identity who, Role role, WorkEvent event) {
        if (event instanceof WorkEvent.Troubled troubled) {
            trouble(role.label() + " " + who.brief(), troubled.what());
        } else if (event instanceof WorkEvent.Staked && acts) {
            console.say("staked", "as " + role.label(), report -> report.with("role", role.label()));
        } else if (event instanceof WorkEvent.Proposed e) {
            act(e.round(), "proposed, with a sealed set of held-out images");
        } else if (event instanceof WorkEvent.Committed e) {
            act(e.round(), "trained and committed");
        } else if (event instanceof WorkEvent.Opened e) {
            act(e.round(), "measured and voted");
        } else if (event instanceof WorkEvent.Submitted e) {
            act(e.round(), "averaged the accepted updates");
        }
    }

    private void trouble(String who, String what) {
        if (!what.equals(troubles.put(who, what))) {
            console.say(
                    "trouble",
                    who + " tries again: " + what,
                    report -> report.with("who", who).with("what", what));
        }
    }

    private void act(int round, String what) {
        synchronized (this) {
            rounds.add(round);
        }
        if (acts) {
            console.say(
                    "did",
                    "round " + round + ": " + what,
                    report -> report.with("round", round).with("what", what));
        }
    }
}
