/**
 * EVM chains: a local one in a child process, a client for any of them, and the deployment of the contracts.
 *
 * <p>The classes in {@code contract} are generated from {@code contracts/artifacts} by the build.
 */
@NullMarked
package computer.autonet.adapter.chain;

import org.jspecify.annotations.NullMarked;
