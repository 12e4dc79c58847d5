package computer.autonet.adapter.chain;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/** Transactions of one key for one chain, in the form in which nodes take them (EIP-1559, as hexadecimal text). */
record TransactionSigner(long chainId, Credentials key) {
    String sign(
            long nonce, BigInteger gasLimit, GasPolicy.Fee fee, @Nullable String to, String data, BigInteger valueWei) {
        var raw = RawTransaction.createTransaction(
                chainId,
                BigInteger.valueOf(nonce),
                gasLimit,
                to == null ? "" : to,
                valueWei,
                data,
                fee.tipWei(),
                fee.maxWei());
        return Numeric.toHexString(TransactionEncoder.signMessage(raw, key));
    }

    static GasPolicy.Fee feeOf(String signed) {
        var transaction = (Transaction1559) TransactionDecoder.decode(signed).getTransaction();
        return new GasPolicy.Fee(transaction.getMaxPriorityFeePerGas(), transaction.getMaxFeePerGas());
    }

    /** The same act at another fee. */
    String again(String signed, GasPolicy.Fee fee) {
        RawTransaction old = TransactionDecoder.decode(signed);
        String to = old.getTo() == null || old.getTo().equals("0x") ? null : old.getTo();
        return sign(old.getNonce().longValueExact(), old.getGasLimit(), fee, to, old.getData(), old.getValue());
    }
}
