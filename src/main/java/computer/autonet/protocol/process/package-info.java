/**
 * What every process has in common, as pure functions: slots, hash chain, nonces, receipts, deadlines, outbox. Rule ids
 * PROC-xx stand in docs/spec/process.md.
 */
@NullMarked
package computer.autonet.protocol.process;

import org.jspecify.annotations.NullMarked;
