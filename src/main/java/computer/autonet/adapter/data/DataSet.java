package computer.autonet.adapter.data;

import computer.autonet.port.Examples;
import java.util.Optional;

/**
 * A named set of labelled images.
 *
 * @param name as the user spelled it
 * @param examples what may be divided among the parties
 * @param test the set's own test part, where it has one
 */
public record DataSet(String name, Examples examples, Optional<Examples> test) {}
