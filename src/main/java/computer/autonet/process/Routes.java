package computer.autonet.process;

import computer.autonet.base.ProcessId;

/** Reaches a process wherever it lives. A request may be lost; whoever needs an answer asks again. */
@FunctionalInterface
public interface Routes {
    void send(ProcessId receiver, Request.Wire request);
}
