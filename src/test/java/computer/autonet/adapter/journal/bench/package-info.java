/** Measures journal engines under one rule: an append is acknowledged when it is on disk (docs/adr/0002-embedded-journal.md). */
@NullMarked
package computer.autonet.adapter.journal.bench;

import org.jspecify.annotations.NullMarked;
