package computer.autonet.process;

/** This node already has as many asks under way as it may. */
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overloaded(int limit) {
        super(limit + " requests of this node are under way: ask again in a second");
    }
}
