package computer.autonet.codec;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.message.DataItem;
import computer.autonet.protocol.message.Flaw;
import computer.autonet.protocol.message.Malformed;
import computer.autonet.protocol.message.Message;
import computer.autonet.protocol.message.ReadMessage;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Refusal;
import java.util.Optional;

/** Signed messages and the commands that they carry. */
public final class MessageCodec {
    private MessageCodec() {}

    /** What the bytes of a message are. */
    public sealed interface Parsed {}

    /** A message for {@code target} in {@code network}, whose signature is still to be checked. */
    public record Accepted(Input.Signed input, ProcessId target, Hash network, Message message) implements Parsed {}

    /** No message that any process could answer. */
    public record Refused(Refusal refusal) implements Parsed {}

    /** Reads a message for one network. The signature is not checked; {@link #verify} does that. */
    public static Parsed parse(Bytes raw, Hash network) {
        Parsed parsed = parse(raw);
        if (parsed instanceof Accepted accepted && !accepted.network().equals(network)) {
            return refused(
                    Code.WRONG_NETWORK,
                    "the message is for network " + accepted.network().brief() + ", this is " + network.brief(),
                    "sign it with Network=" + network);
        }
        return parsed;
    }

    /** Reads a message for whatever network. */
    public static Parsed parse(Bytes raw) {
        ReadMessage read = Message.read(raw.toArray());
        if (read instanceof Malformed malformed) {
            Code code = malformed.flaw() == Flaw.ITEM_TOO_LARGE ? Code.TOO_LARGE : Code.MALFORMED;
            return refused(code, malformed.flaw() + ": " + malformed.found(), malformed.remedy());
        }
        Message message = (Message) read;
        try {
            Optional<? extends Command> command =
                    KindCodec.of(message.target().kind()).command(message.action(), message.body());
            if (command.isEmpty()) {
                return refused(
                        Code.UNKNOWN_ACTION,
                        "no " + message.target().kind().label() + " knows the action " + message.action(),
                        "use one of the messages in autonet/v1/"
                                + message.target().kind().label() + ".proto");
            }
            return new Accepted(
                    new Input.Signed(
                            message.id(),
                            message.sender(),
                            message.nonce(),
                            message.expiresMillis(),
                            command.get(),
                            message.raw()),
                    message.target(),
                    message.network(),
                    message);
        } catch (CodecException e) {
            return refused(
                    Code.MALFORMED,
                    String.valueOf(e.getMessage()),
                    "encode the body as the protobuf message that the action names");
        }
    }

    /** Whether the bytes are a message that its sender signed. Costs a tenth of a millisecond or more. */
    public static boolean verify(Bytes raw) {
        return Message.read(raw.toArray()) instanceof Message message && message.signatureValid();
    }

    /** Signs a command. */
    public static Message sign(
            SigningKey key, Hash network, ProcessId target, Command command, long nonce, long expiresMillis) {
        return Message.sign(
                key,
                network,
                target,
                KindCodec.action(command),
                nonce,
                expiresMillis,
                KindCodec.body(command),
                Optional.empty());
    }

    /** The most bytes that a message may have. */
    public static int maxSize() {
        return DataItem.DEFAULT_MAX_SIZE;
    }

    private static Parsed refused(Code code, String detail, String remedy) {
        return new Refused(new Refusal(code, detail, remedy));
    }
}
