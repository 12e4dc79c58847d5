/** What a node measures of itself, in Prometheus' form. */
@NullMarked
package computer.autonet.adapter.metrics;

import org.jspecify.annotations.NullMarked;
