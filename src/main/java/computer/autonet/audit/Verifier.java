package computer.autonet.audit;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Bytes;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CodecException;
import computer.autonet.codec.CorruptEntryException;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.codec.StateCodec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.v1.ExportManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks an export without a node: every signature, hash, decision, root, and the ledger's sum (AUDIT-04). */
public final class Verifier {
    private final ExportFolder folder;
    private final Map<ProcessId, List<SealedEntry>> logs = new TreeMap<>();
    private final Map<ProcessId, ProcessState<?>> states = new TreeMap<>();
    private long messages;
    private long entries;

    public Verifier(ExportFolder folder) {
        this.folder = folder;
    }

    /** @throws ExportException if the folder is no export at all */
    public Verdict verify() {
        Genesis genesis;
        try {
            genesis = GenesisCodec.fromJson(folder.genesis());
        } catch (CodecException e) {
            throw new ExportException("genesis.json: " + e.getMessage(), e);
        }
        ExportManifest manifest = folder.manifest();
        Optional<Problem> problem = read().or(() -> replay(genesis))
                .or(() -> compare(genesis, manifest))
                .or(() -> blobs(manifest));
        Amount held = Amount.ZERO;
        if (problem.isEmpty()) {
            held = held(genesis);
            if (!held.equals(genesis.issued())) {
                problem = Optional.of(
                        new Problem("ledger", -1, "issued " + genesis.issued() + " ATN, found " + held + " ATN"));
            }
        }
        return new Verdict(
                genesis.networkId().toHex(),
                logs.size(),
                messages,
                entries,
                manifest.getBlobsCount(),
                genesis.issued(),
                held,
                problem);
    }

    private Optional<Problem> read() {
        for (ProcessId process : folder.processes()) {
            List<SealedEntry> log = new ArrayList<>();
            for (Bytes stored : folder.entries(process)) {
                try {
                    SealedEntry entry = EntryCodec.read(process, stored);
                    log.add(entry);
                    entries++;
                    if (entry.draft().input() instanceof Input.Signed) {
                        messages++;
                    }
                } catch (CorruptEntryException e) {
                    return Optional.of(new Problem(process.toString(), log.size(), String.valueOf(e.getMessage())));
                }
            }
            logs.put(process, log);
        }
        return Optional.empty();
    }

    private Optional<Problem> replay(Genesis genesis) {
        for (Map.Entry<ProcessId, List<SealedEntry>> log : logs.entrySet()) {
            try {
                states.put(log.getKey(), Replay.check(genesis, log.getKey(), log.getValue(), this::find));
            } catch (Replay.Broken e) {
                return Optional.of(e.problem());
            }
        }
        return Optional.empty();
    }

    private Optional<SealedEntry> find(Replay.Place place) {
        List<SealedEntry> log = logs.getOrDefault(place.process(), List.of());
        return place.slot() < log.size() ? Optional.of(log.get((int) place.slot())) : Optional.empty();
    }

    /** The roots that the manifest names are those of the replayed states, and no log is missing. */
    private Optional<Problem> compare(Genesis genesis, ExportManifest manifest) {
        if (!manifest.getNetworkId().equals(genesis.networkId().toHex())) {
            return Optional.of(new Problem("manifest", -1, "the network id is not the hash of genesis.json"));
        }
        if (manifest.getProcessesCount() != logs.size()) {
            return Optional.of(new Problem(
                    "manifest", -1, "it names " + manifest.getProcessesCount() + " logs, there are " + logs.size()));
        }
        for (ExportManifest.ExportedProcess named : manifest.getProcessesList()) {
            ProcessState<?> state = states.get(ProcessId.parse(named.getProcess()));
            if (state == null
                    || state.nextSlot() != named.getEntries()
                    || !state.head().toHex().equals(named.getHead())
                    || !StateCodec.root(state).toHex().equals(named.getStateRoot())) {
                return Optional.of(new Problem(
                        named.getProcess(),
                        named.getEntries() - 1,
                        "the manifest's head or state root is not what the log gives"));
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> blobs(ExportManifest manifest) {
        for (String id : manifest.getBlobsList()) {
            if (!folder.hasBlob(BlobId.ofHex(id))) {
                return Optional.of(new Problem("blob " + id, -1, "it is missing or is not what its name says"));
            }
        }
        return Optional.empty();
    }

    /** AUDIT-05: balances, stakes, what is set aside, and credits that have not arrived. */
    private Amount held(Genesis genesis) {
        Amount sum = Amount.ZERO;
        for (Map.Entry<Identity, Amount> grant : genesis.allocations().entrySet()) {
            var account = ProcessId.owned(
                    Kind.ACCOUNT, genesis.networkId(), grant.getKey().address());
            if (!states.containsKey(account)) {
                sum = sum.plus(grant.getValue());
            }
        }
        for (ProcessState<?> state : states.values()) {
            if (state.domain() instanceof AccountState account) {
                sum = sum.plus(account.total());
            }
        }
        for (Map.Entry<ProcessId, List<SealedEntry>> log : logs.entrySet()) {
            for (SealedEntry entry : log.getValue()) {
                for (Parcel parcel : entry.draft().outbox()) {
                    Command carried = parcel.payload() instanceof Payload.Ask ask
                            ? ask.command()
                            : ((Payload.Bounce) parcel.payload()).command();
                    if (carried instanceof AccountCommand.Credit credit && !arrived(log.getKey(), parcel)) {
                        sum = sum.plus(credit.amount());
                    }
                }
            }
        }
        return sum;
    }

    private boolean arrived(ProcessId source, Parcel parcel) {
        ProcessState<?> receiver = states.get(parcel.receiver());
        return receiver != null && receiver.received().getOrDefault(source, 0L) >= parcel.sequence();
    }
}
