/** The client side of the command line: identities, accounts, projects, models, exports and their verification (docs/cli.md). */
@NullMarked
package computer.autonet.cli;

import org.jspecify.annotations.NullMarked;
