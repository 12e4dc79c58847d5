package computer.autonet.port;

import computer.autonet.protocol.crypto.SigningKey;
import java.util.List;

/** The named identities that this node or user can sign with. Safe for use by several threads. */
public interface Keys {
    /** In alphabetical order. */
    List<String> names();

    /**
     * The identity's key.
     *
     * @throws KeysException with {@link KeysException.Problem#NAME_UNKNOWN} or {@link KeysException.Problem#KEY_UNSUPPORTED}
     */
    SigningKey signer(String name);
}
