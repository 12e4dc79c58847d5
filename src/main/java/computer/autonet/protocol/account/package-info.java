/** Accounts, the only place where money is. Rule ids ACC-xx stand in docs/spec/account.md. */
@NullMarked
package computer.autonet.protocol.account;

import org.jspecify.annotations.NullMarked;
