package computer.autonet.adapter.blob;

import static computer.autonet.port.BlobException.Reason.DAMAGED;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.port.BlobException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A blob's bytes, hashed as they are read: it ends only if they are those of the id (BLOB-02), and else sets the file aside. */
final class VerifiedStream extends FilterInputStream {
    private final BlobId id;
    private final BlobFiles files;
    private final MessageDigest sha = Hash.sha256();
    private boolean ended;

    VerifiedStream(BlobId id, BlobFiles files, InputStream bytes) {
        super(bytes);
        this.id = id;
        this.files = files;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            sha.update(into, offset, read);
        } else if (read < 0 && !ended) {
            if (!id.equals(new BlobId(Hash.of(sha.digest())))) {
                files.quarantine(id);
                throw new BlobException(
                        DAMAGED,
                        "the bytes of blob " + id + " changed on disk and were set aside; fetch it from another node");
            }
            ended = true;
        }
        return read;
    }

    /** Reads what it skips, because every byte counts. */
    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[8192];
        long left = count;
        while (left > 0) {
            int read = read(passed, 0, (int) Math.min(passed.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return count - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
