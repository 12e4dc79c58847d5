/** Processes of kind account in their shards. */
@NullMarked
package computer.autonet.entity.account;

import org.jspecify.annotations.NullMarked;
