/** Vocabulary of every layer: ids, hashes, amounts and canonical tables. Depends on nothing of ours. */
@NullMarked
package computer.autonet.base;

import org.jspecify.annotations.NullMarked;
