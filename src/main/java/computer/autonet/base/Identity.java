package computer.autonet.base;

/**
 * Names the holder of a key pair: the address of the key. For every signature type it is the SHA-256 of the owner field
 * of the ANS-104 data item, as Arweave defines addresses.
 */
public record Identity(Hash address) implements Comparable<Identity> {
    /** The identity whose key has these raw bytes. */
    public static Identity ofOwner(byte[] ownerField) {
        return new Identity(Hash.digest(ownerField));
    }

    public static Identity ofHex(String hex) {
        return new Identity(Hash.ofHex(hex));
    }

    public String brief() {
        return address.brief();
    }

    @Override
    public int compareTo(Identity other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address.toHex();
    }
}
