package computer.autonet.adapter.chain;

import computer.autonet.adapter.chain.contract.AnchorBridge;
import computer.autonet.adapter.chain.contract.DisputeManager;
import computer.autonet.base.Bytes;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The committee that a contract knows by its hash: at most 100 seats, in the order of their addresses, each with the stake
 * that its signature weighs.
 */
public final class Committee {
    /** What the contracts accept. */
    public static final int MAX_SEATS = 100;

    /**
     * One seat.
     *
     * @param address the 20 bytes of the signer's address
     * @param stakeWei what its signature weighs
     */
    public record Seat(Bytes address, BigInteger stakeWei) {
        public Seat {
            if (address.size() != 20) {
                throw new IllegalArgumentException("an address has 20 bytes, not " + address.size());
            }
            if (stakeWei.signum() <= 0 || stakeWei.bitLength() > 96) {
                throw new IllegalArgumentException("a seat's stake is between 1 and 2^96 - 1 wei, not " + stakeWei);
            }
        }

        String hex() {
            return "0x" + address.toHex();
        }
    }

    private record Signatures(BigInteger signers, List<byte[]> r, List<byte[]> vs) {}

    private final List<Seat> seats;

    private Committee(List<Seat> seats) {
        this.seats = seats;
    }

    /** Seats in any order; the committee puts them in the one that the contracts ask for. */
    public static Committee of(List<Seat> seats) {
        if (seats.isEmpty() || seats.size() > MAX_SEATS) {
            throw new IllegalArgumentException("a committee has 1 to " + MAX_SEATS + " seats, not " + seats.size());
        }
        var sorted = new ArrayList<>(seats);
        sorted.sort(Comparator.comparing(Seat::address));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).address().equals(sorted.get(i - 1).address())) {
                throw new IllegalArgumentException(
                        "two seats of " + sorted.get(i).hex());
            }
        }
        return new Committee(List.copyOf(sorted));
    }

    public List<Seat> seats() {
        return seats;
    }

    /** The hash under which the contracts keep it. */
    public Hash hash() {
        Commitment fields = Commitment.tagged("autonet/committee/1").with(seats.size());
        for (Seat seat : seats) {
            fields = fields.with(seat.address()).with(seat.stakeWei());
        }
        return fields.hash();
    }

    List<AnchorBridge.Seat> anchorSeats() {
        return seats.stream()
                .map(s -> new AnchorBridge.Seat(s.hex(), s.stakeWei()))
                .toList();
    }

    List<DisputeManager.Seat> refereeSeats() {
        return seats.stream()
                .map(s -> new DisputeManager.Seat(s.hex(), s.stakeWei()))
                .toList();
    }

    /**
     * A certificate for the bridge.
     *
     * @param signatures by address, each {@code r || s || v} over the digest as it is
     */
    public AnchorBridge.Certificate anchorCertificate(Map<Bytes, byte[]> signatures) {
        Signatures packed = pack(signatures);
        return new AnchorBridge.Certificate(anchorSeats(), packed.signers, packed.r, packed.vs);
    }

    /** A certificate of referees for the dispute contract. */
    public DisputeManager.Certificate ruling(Map<Bytes, byte[]> signatures) {
        Signatures packed = pack(signatures);
        return new DisputeManager.Certificate(refereeSeats(), packed.signers, packed.r, packed.vs);
    }

    private Signatures pack(Map<Bytes, byte[]> signatures) {
        BigInteger signers = BigInteger.ZERO;
        var r = new ArrayList<byte[]>();
        var vs = new ArrayList<byte[]>();
        for (int i = 0; i < seats.size(); i++) {
            byte[] signature = signatures.get(seats.get(i).address());
            if (signature == null) {
                continue;
            }
            signers = signers.setBit(i);
            r.add(Arrays.copyOfRange(signature, 0, 32));
            // EIP-2098: the parity takes the top bit of s, which a low s leaves free.
            byte[] packed = Arrays.copyOfRange(signature, 32, 64);
            packed[0] |= (byte) ((signature[64] - 27) << 7);
            vs.add(packed);
        }
        return new Signatures(signers, r, vs);
    }
}
