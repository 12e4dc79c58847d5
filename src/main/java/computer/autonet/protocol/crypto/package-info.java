/** Signatures, key derivation and sealing, all functions of their arguments. The only package that sees Bouncy Castle's curves. */
@NullMarked
package computer.autonet.protocol.crypto;

import org.jspecify.annotations.NullMarked;
