/** Protobuf and ANS-104 to protocol types and back. What the journal and the wire hold is decided here and in src/main/proto. */
@NullMarked
package computer.autonet.codec;

import org.jspecify.annotations.NullMarked;
