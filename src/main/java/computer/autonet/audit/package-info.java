/** What an outsider checks: exports of logs, and their replay. Rule ids AUDIT-xx stand in docs/spec/audit.md. */
@NullMarked
package computer.autonet.audit;

import org.jspecify.annotations.NullMarked;
