package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import computer.autonet.base.Bytes;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.v1.AnyEvent;
import computer.autonet.v1.Entry;
import computer.autonet.v1.EntryEvents;
import computer.autonet.v1.EntryInput;
import computer.autonet.v1.EntryOutbox;
import computer.autonet.v1.TickInput;
import java.util.List;
import java.util.Optional;

/** Entries and their bytes. The hash covers the stored bytes of input, events and outbox, never a new encoding (PROC-13). */
public final class EntryCodec {
    private static final String TAG = "autonet/entry/1";

    private EntryCodec() {}

    /** Gives a draft its bytes and its hash. */
    public static SealedEntry seal(ProcessId process, Draft draft, Hash previous) {
        byte[] input = input(draft).toByteArray();
        byte[] events = events(draft).toByteArray();
        byte[] outbox = outbox(draft).toByteArray();
        Hash hash = hash(process, draft, input, events, outbox, previous);
        Entry entry = Entry.newBuilder()
                .setProcess(Ids.toProto(process))
                .setSlot(draft.slot())
                .setEpoch(draft.epoch())
                .setTimestampMillis(draft.timestampMillis())
                .setInput(UnsafeByteOperations.unsafeWrap(input))
                .setEvents(UnsafeByteOperations.unsafeWrap(events))
                .setOutbox(UnsafeByteOperations.unsafeWrap(outbox))
                .setPrevious(Ids.bytes(previous))
                .setHash(Ids.bytes(hash))
                .build();
        return new SealedEntry(process, draft, previous, hash, Bytes.of(entry.toByteArray()));
    }

    /**
     * Reads an entry and checks its hash.
     *
     * @throws CorruptEntryException if the bytes are no entry of this process, or the hash does not hold
     */
    public static SealedEntry read(ProcessId process, Bytes stored) {
        SealedEntry entry = read(stored);
        if (!entry.process().equals(process)) {
            throw new CorruptEntryException("an entry of " + entry.process() + " stands in the log of " + process);
        }
        return entry;
    }

    /**
     * Reads an entry of whatever process and checks its hash.
     *
     * @throws CorruptEntryException if the bytes are no entry, or the hash does not hold
     */
    public static SealedEntry read(Bytes stored) {
        try {
            Entry entry = Entry.parseFrom(stored.toArray());
            ProcessId process = Ids.fromProto(entry.getProcess());
            EntryInput input = EntryInput.parseFrom(entry.getInput());
            EntryEvents events = EntryEvents.parseFrom(entry.getEvents());
            EntryOutbox outbox = EntryOutbox.parseFrom(entry.getOutbox());
            Draft draft = new Draft(
                    entry.getSlot(),
                    entry.getEpoch(),
                    entry.getTimestampMillis(),
                    versions(process, input),
                    input(input),
                    events.getEventsList().stream().map(KindCodec::event).toList(),
                    events.hasBounced() ? Optional.of(PayloadCodec.refusal(events.getBounced())) : Optional.empty(),
                    events.getExtendedMillis(),
                    outbox.getParcelsList().stream()
                            .map(p -> new Parcel(
                                    Ids.fromProto(p.getReceiver()),
                                    p.getSequence(),
                                    PayloadCodec.payload(p.getPayload())))
                            .toList());
            Hash previous = Ids.hash(entry.getPrevious());
            Hash hash = Ids.hash(entry.getHash());
            Hash computed = hash(
                    process,
                    draft,
                    entry.getInput().toByteArray(),
                    entry.getEvents().toByteArray(),
                    entry.getOutbox().toByteArray(),
                    previous);
            if (!computed.equals(hash)) {
                throw new CorruptEntryException(
                        "entry " + entry.getSlot() + " of " + process + " does not have the hash that it carries");
            }
            return new SealedEntry(process, draft, previous, hash, stored);
        } catch (InvalidProtocolBufferException | CodecException | IllegalArgumentException e) {
            throw new CorruptEntryException("the bytes are no journal entry: " + e.getMessage(), e);
        }
    }

    private static Hash hash(
            ProcessId process, Draft draft, byte[] input, byte[] events, byte[] outbox, Hash previous) {
        return Commitment.tagged(TAG)
                .with(process.hash())
                .with(draft.slot())
                .with(draft.epoch())
                .with(draft.timestampMillis())
                .with(Hash.digest(input))
                .with(Hash.digest(events))
                .with(Hash.digest(outbox))
                .with(previous)
                .hash();
    }

    private static EntryInput input(Draft draft) {
        var input = EntryInput.newBuilder();
        draft.versions()
                .ifPresent(versions ->
                        input.setRulesVersion(versions.rules()).setConstitutionVersion(versions.constitution()));
        if (draft.input() instanceof Input.Signed signed) {
            input.setSigned(Ids.bytes(signed.raw()));
        } else if (draft.input() instanceof Input.Tick tick) {
            input.setTick(TickInput.newBuilder().setDueMillis(tick.dueMillis()));
        } else {
            input.setFromProcess(PayloadCodec.toProto((Input.FromProcess) draft.input()));
        }
        return input.build();
    }

    /** PROC-15. */
    private static Optional<Versions> versions(ProcessId process, EntryInput input) {
        if (input.getRulesVersion() == 0 && input.getConstitutionVersion() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(KnownVersions.require(input.getRulesVersion(), input.getConstitutionVersion()));
        } catch (CodecException e) {
            throw new CorruptEntryException("the log of " + process + " cannot be followed: " + e.getMessage(), e);
        }
    }

    private static Input input(EntryInput input) {
        return switch (input.getVariantCase()) {
            case SIGNED -> {
                Bytes raw = Ids.bytes(input.getSigned());
                if (MessageCodec.parse(raw) instanceof MessageCodec.Accepted accepted) {
                    yield accepted.input();
                }
                throw new CodecException("the signed input is no message");
            }
            case TICK -> new Input.Tick(input.getTick().getDueMillis());
            case FROM_PROCESS -> PayloadCodec.fromProto(input.getFromProcess());
            case VARIANT_NOT_SET -> throw new CodecException("the entry has no input");
        };
    }

    private static EntryEvents events(Draft draft) {
        var events = EntryEvents.newBuilder().setExtendedMillis(draft.extendedMillis());
        for (Event event : draft.events()) {
            AnyEvent any = KindCodec.anyEvent(event);
            events.addEvents(any);
        }
        draft.bounced().map(PayloadCodec::toProto).ifPresent(events::setBounced);
        return events.build();
    }

    private static EntryOutbox outbox(Draft draft) {
        List<computer.autonet.v1.Parcel> parcels = draft.outbox().stream()
                .map(p -> computer.autonet.v1.Parcel.newBuilder()
                        .setReceiver(Ids.toProto(p.receiver()))
                        .setSequence(p.sequence())
                        .setPayload(PayloadCodec.toProto(p.payload()))
                        .build())
                .toList();
        return EntryOutbox.newBuilder().addAllParcels(parcels).build();
    }
}
