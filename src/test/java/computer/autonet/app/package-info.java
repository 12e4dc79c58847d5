@NullMarked
package computer.autonet.app;

import org.jspecify.annotations.NullMarked;
