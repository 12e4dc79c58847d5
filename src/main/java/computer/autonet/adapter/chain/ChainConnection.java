package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.web3j.exceptions.MessageDecodingException;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;

/** A connection to a node of one EVM chain, whose errors are typed and say what to do. */
public final class ChainConnection implements AutoCloseable {
    /** The code of JSON-RPC for a revert. */
    private static final int REVERTED = 3;

    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");

    private final URI url;
    private final Web3j web3j;
    private final long chainId;

    private ChainConnection(URI url, Web3j web3j, long chainId) {
        this.url = url;
        this.web3j = web3j;
        this.chainId = chainId;
    }

    /**
     * Connects and makes sure that it is the expected chain.
     *
     * @throws ChainException with {@link Problem#UNREACHABLE} or {@link Problem#CHAIN_MISMATCH}
     */
    public static ChainConnection open(URI url, long chainId, Duration timeout) {
        return open(url, OptionalLong.of(chainId), timeout);
    }

    /**
     * Connects, and makes sure that it is the expected chain where one is expected.
     *
     * @throws ChainException with {@link Problem#UNREACHABLE} or {@link Problem#CHAIN_MISMATCH}
     */
    public static ChainConnection open(URI url, OptionalLong chainId, Duration timeout) {
        var http = new OkHttpClient.Builder()
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .callTimeout(timeout)
                .build();
        var web3j = Web3j.build(new HttpService(url.toString(), http));
        try {
            long actual = answered(url, web3j);
            if (chainId.isPresent() && actual != chainId.getAsLong()) {
                throw new ChainException(
                        Problem.CHAIN_MISMATCH,
                        url + " answers for chain " + actual + ", expected " + chainId.getAsLong(),
                        "set the chain's number or its address right");
            }
            return new ChainConnection(url, web3j, actual);
        } catch (ChainException e) {
            web3j.shutdown();
            throw e;
        }
    }

    private static long answered(URI url, Web3j web3j) {
        try {
            return web3j.ethChainId().send().getChainId().longValueExact();
        } catch (IOException | ClientConnectionException | MessageDecodingException | NullPointerException e) {
            throw unreachable(url, e);
        }
    }

    public Web3j web3j() {
        return web3j;
    }

    public long chainId() {
        return chainId;
    }

    /** How many transactions of an account the chain has taken. */
    long nonceOf(String address) {
        return send(
                        web3j.ethGetTransactionCount(address, DefaultBlockParameterName.LATEST),
                        EthGetTransactionCount::getTransactionCount)
                .longValueExact();
    }

    /** The number of the newest block. */
    long height() {
        return send(web3j.ethBlockNumber(), r -> r.getBlockNumber().longValueExact());
    }

    /** An account's ether. */
    BigInteger balanceWei(String address) {
        return send(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST), EthGetBalance::getBalance);
    }

    /** What the newest block burns for each unit of gas; 0 on chains that burn nothing. */
    BigInteger baseFeeWei() {
        EthBlock.Block block =
                send(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false), EthBlock::getBlock);
        return block.getBaseFeePerGas() == null ? BigInteger.ZERO : block.getBaseFeePerGas();
    }

    /**
     * The part of an answer that matters.
     *
     * @throws ChainException with {@link Problem#UNREACHABLE} or {@link Problem#REQUEST_REFUSED}
     */
    <R extends Response<?>, T> T send(Request<?, R> request, Function<R, T> part) {
        R response = sendAny(request);
        if (response.hasError()) {
            throw refused(request.getMethod(), response.getError());
        }
        return part.apply(response);
    }

    /** The answer, an error of the node included. */
    <R extends Response<?>> R sendAny(Request<?, R> request) {
        try {
            return request.send();
        } catch (IOException | ClientConnectionException e) {
            throw unreachable(url, e);
        }
    }

    ChainException refused(String what, Response.Error error) {
        String said = error.getMessage();
        if (said.contains("revert") || error.getCode() == REVERTED) {
            // The message repeats the contract's answer as text, which it is not: only its bytes say anything.
            Matcher bytes = HEX.matcher(String.valueOf(error.getData()));
            return new ChainException(
                    Problem.REVERTED,
                    "a contract refused the call" + (bytes.find() ? " with " + bytes.group() : ""),
                    "look up the first four bytes among the contracts' errors");
        }
        if (said.toLowerCase(Locale.ROOT).contains("insufficient funds")) {
            return new ChainException(
                    Problem.FUNDS_TOO_LOW, "the key cannot pay: " + said, "send ether to the key's address");
        }
        return new ChainException(
                Problem.REQUEST_REFUSED, what + " was refused: " + said, "see what the node at " + url + " says");
    }

    static ChainException unreachable(URI url, Exception cause) {
        return new ChainException(
                Problem.UNREACHABLE,
                "no chain answers at " + url,
                "start it (`autonet chain` starts a local one) or set its address right",
                cause);
    }

    @Override
    public void close() {
        web3j.shutdown();
    }
}
