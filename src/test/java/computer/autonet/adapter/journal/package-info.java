/** Tests of the journals: Pekko's own suites, one behaviour on every journal, and what happens when a process or a disk fails. */
@NullMarked
package computer.autonet.adapter.journal;

import org.jspecify.annotations.NullMarked;
