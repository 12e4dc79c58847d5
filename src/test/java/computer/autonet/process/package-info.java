@NullMarked
package computer.autonet.process;

import org.jspecify.annotations.NullMarked;
