/** Event journal, snapshot store and read journal of one machine, under the rule: acknowledged = on disk (docs/spec/journal.md). */
@NullMarked
package computer.autonet.adapter.journal;

import org.jspecify.annotations.NullMarked;
