/** Keys on disk: a password-protected PKCS#12 file that standard tools read. */
@NullMarked
package computer.autonet.adapter.keystore;

import org.jspecify.annotations.NullMarked;
