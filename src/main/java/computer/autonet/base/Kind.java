package computer.autonet.base;

import java.util.Locale;

/** What a process is. The number is part of every id and of the journal: never reuse one. */
public enum Kind {
    CONSTITUTION(1),
    ACCOUNT(2),
    PROJECT(3),
    TASK(4),
    SOLVER(5),
    COORDINATOR(6),
    AGGREGATOR(7);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** In lower case, as ids and shard regions spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with that label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind ofLabel(String label) {
        for (Kind kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of process is called '" + label + "'");
    }
}
