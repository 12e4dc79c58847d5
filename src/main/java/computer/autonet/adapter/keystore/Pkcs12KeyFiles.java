package computer.autonet.adapter.keystore;

import computer.autonet.port.KeyFiles;
import java.nio.file.Path;

/** Keystores as PKCS#12 files. */
public final class Pkcs12KeyFiles implements KeyFiles {
    @Override
    public Store open(Path file, char[] password) {
        return Pkcs12Keys.open(file, password);
    }

    @Override
    public Store create(Path file, char[] password) {
        return Pkcs12Keys.create(file, password);
    }
}
