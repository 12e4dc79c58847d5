package computer.autonet.gateway;

import com.google.protobuf.Message;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.StateCodec;
import computer.autonet.process.ProcessView;
import computer.autonet.protocol.process.Code;
import computer.autonet.v1.Head;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks processes for their states, and says no to ids of another kind and to processes that nobody created (GATE-07). */
final class Queries {
    private final Log log;
    private final Hash network;

    Queries(Log log, Hash network) {
        this.log = log;
        this.network = network;
    }

    /**
     * A state in its protobuf form.
     *
     * @param domain such as an {@code autonet.v1.TaskState}
     */
    record Found<M extends Message>(Head head, M domain) {}

    /** The process of a kind that an owner has without anybody creating it. */
    ProcessId owned(Kind kind, Hash owner) {
        return ProcessId.owned(kind, network, owner);
    }

    /** @param type of the kind's state */
    <M extends Message> CompletionStage<Found<M>> state(ProcessId id, Class<M> type) {
        return view(id, Optional.empty())
                .thenApply(view -> new Found<>(
                        Head.newBuilder()
                                .setProcess(Ids.toProto(id))
                                .setNextSlot(view.nextSlot())
                                .setEntryHash(Ids.bytes(view.head()))
                                .setStateRoot(Ids.bytes(view.root()))
                                .build(),
                        type.cast(StateCodec.domain(id.kind(), view.domain()))));
    }

    /** The nonce that a sender must use next with a process. */
    CompletionStage<Long> nextNonce(ProcessId id, Identity sender) {
        return view(id, Optional.of(sender)).thenApply(ProcessView::nextNonce);
    }

    private CompletionStage<ProcessView> view(ProcessId id, Optional<Identity> sender) {
        return log.query(id, sender).thenApply(view -> {
            if ((id.kind() == Kind.PROJECT || id.kind() == Kind.TASK) && view.nextSlot() == 0) {
                throw Problem.of(
                        Code.NO_SUCH_PROCESS, "nobody created " + id, "check the id; ids come from receipts and lists");
            }
            return view;
        });
    }

    /** An id of one kind from a request. */
    static ProcessId idOf(Kind kind, computer.autonet.v1.ProcessId proto) {
        ProcessId id = Ids.fromProto(proto);
        if (id.kind() != kind) {
            throw Problem.of(Code.WRONG_TARGET, id + " is no " + kind.label(), "give the id of a " + kind.label());
        }
        return id;
    }
}
