package computer.autonet.audit;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** AUDIT-07: where the money of a cut is: balances, stakes, what is set aside, and credits that have not arrived. */
final class Ledger {
    private Ledger() {}

    /** What is there of each asset, also of one of which nothing is left. */
    static SortedMap<Asset, Amount> held(
            Genesis genesis,
            SortedMap<ProcessId, ProcessState<?>> states,
            SortedMap<ProcessId, List<SealedEntry>> logs) {
        SortedMap<Asset, Amount> sums = new TreeMap<>();
        genesis.issued().keySet().forEach(asset -> sums.put(asset, Amount.ZERO));
        for (Identity endowed : genesis.endowed()) {
            var account = ProcessId.owned(Kind.ACCOUNT, genesis.networkId(), endowed.address());
            if (!states.containsKey(account)) {
                add(sums, Asset.ATN, genesis.allocations().getOrDefault(endowed, Amount.ZERO));
                genesis.assetsOf(endowed).forEach((asset, amount) -> add(sums, asset, amount));
            }
        }
        for (ProcessState<?> state : states.values()) {
            if (state.domain() instanceof AccountState account) {
                account.totals().forEach((asset, amount) -> add(sums, asset, amount));
            }
        }
        for (Map.Entry<ProcessId, List<SealedEntry>> log : logs.entrySet()) {
            for (SealedEntry entry : log.getValue()) {
                for (Parcel parcel : entry.draft().outbox()) {
                    Command carried = parcel.payload() instanceof Payload.Ask ask
                            ? ask.command()
                            : ((Payload.Bounce) parcel.payload()).command();
                    if (carried instanceof AccountCommand.Credit credit
                            && !arrived(log.getKey(), parcel, states.get(parcel.receiver()))) {
                        add(sums, credit.asset(), credit.amount());
                    }
                }
            }
        }
        return sums;
    }

    private static void add(SortedMap<Asset, Amount> sums, Asset asset, Amount amount) {
        sums.merge(asset, amount, Amount::plus);
    }

    private static boolean arrived(ProcessId source, Parcel parcel, @Nullable ProcessState<?> receiver) {
        return receiver != null && receiver.received().getOrDefault(source, 0L) >= parcel.sequence();
    }
}
