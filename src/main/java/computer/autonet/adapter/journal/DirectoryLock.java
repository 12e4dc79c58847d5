package computer.autonet.adapter.journal;

import computer.autonet.adapter.disk.OwnedFile;
import java.io.IOException;
import java.nio.file.Path;

/** The right to a directory, held until closed or until the process ends, however it ends (JRN-05). */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "owner.lock";

    private final OwnedFile file;

    private DirectoryLock(OwnedFile file) {
        this.file = file;
    }

    /** Takes the lock or says at once who has it. */
    static DirectoryLock take(Path directory) throws IOException {
        var taken = OwnedFile.take(directory, FILE);
        if (taken.isEmpty()) {
            throw new JournalException(
                    JournalException.Reason.IN_USE,
                    directory + " belongs to the running process "
                            + OwnedFile.owner(directory, FILE).orElse("(unknown)")
                            + "; stop that one, or give this one another data directory");
        }
        return new DirectoryLock(taken.get());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
