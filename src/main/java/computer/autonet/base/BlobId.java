package computer.autonet.base;

/** Names bytes by their SHA-256. */
public record BlobId(Hash hash) implements Comparable<BlobId> {
    public static BlobId of(byte[] content) {
        return new BlobId(Hash.digest(content));
    }

    public static BlobId ofHex(String hex) {
        return new BlobId(Hash.ofHex(hex));
    }

    @Override
    public int compareTo(BlobId other) {
        return hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return hash.toHex();
    }
}
