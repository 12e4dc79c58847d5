package computer.autonet.adapter.data;

import computer.autonet.adapter.data.DataException.Reason;

/**
 * How training data is spread among solvers: evenly at random, or by class in proportions drawn from a symmetric
 * Dirichlet distribution, the more unequal the smaller {@code alpha} (Hsu et al. 2019, arXiv 1909.06335).
 */
public sealed interface Split {
    /** Evenly. */
    record Iid() implements Split {
        @Override
        public String toString() {
            return "iid";
        }
    }

    /** By class, {@code alpha} from 0.01 to 1000. */
    record Dirichlet(double alpha) implements Split {
        public Dirichlet {
            if (!(alpha >= 0.01 && alpha <= 1000)) {
                throw new DataException(
                        Reason.SPLIT_INVALID, "alpha " + alpha + " is out of range", "give a number from 0.01 to 1000");
            }
        }

        @Override
        public String toString() {
            return "dirichlet:" + alpha;
        }
    }

    /**
     * Parses {@code iid} or {@code dirichlet:ALPHA}.
     *
     * @throws DataException SPLIT_INVALID if it is neither
     */
    static Split parse(String text) {
        if (text.equals("iid")) {
            return new Iid();
        }
        if (text.startsWith("dirichlet:")) {
            try {
                return new Dirichlet(Double.parseDouble(text.substring("dirichlet:".length())));
            } catch (NumberFormatException e) {
                throw new DataException(Reason.SPLIT_INVALID, "'" + text + "' has no number", "write dirichlet:0.5", e);
            }
        }
        throw new DataException(
                Reason.SPLIT_INVALID, "no split is called '" + text + "'", "write iid or dirichlet:0.5");
    }
}
