package computer.autonet.protocol.yuma;

import java.util.List;

/** What an epoch says: shares for everyone, or that nothing was decided. */
public sealed interface YumaOutcome {
    /**
     * All vectors are Q32.32 bits ({@code 2^32} is one); incentives and dividends each add up to at most one, short of
     * it only by rounding.
     *
     * @param consensus per solver: the largest weight that a majority of stake backs; above zero means accepted
     * @param incentive per solver: its share of the solvers' reward
     * @param dividend per coordinator: its share of the coordinators' reward
     * @param bonds per coordinator and solver: the bonds after the epoch, as they are stored
     */
    record Decided(List<Long> consensus, List<Long> incentive, List<Long> dividend, U16Matrix bonds)
            implements YumaOutcome {
        public Decided {
            consensus = List.copyOf(consensus);
            incentive = List.copyOf(incentive);
            dividend = List.copyOf(dividend);
        }

        /** Whether the solver of this column is accepted (YUMA-12). */
        public boolean accepts(int column) {
            return consensus.get(column) > 0;
        }
    }

    /** No weight is backed by a majority: nobody is paid and the bonds stay as they were (YUMA-11). */
    record Undecided() implements YumaOutcome {}
}
