package computer.autonet.codec;

/** Bytes that are not what they should be; the message says where and what. */
public sealed class CodecException extends RuntimeException permits UnknownVersionException {
    private static final long serialVersionUID = 1L;

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
