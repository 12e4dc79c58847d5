package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import computer.autonet.adapter.data.DataException;
import computer.autonet.adapter.data.DataSets;
import computer.autonet.adapter.data.Partition;
import computer.autonet.adapter.data.Split;
import computer.autonet.base.Amount;
import computer.autonet.engine.work.TruthSupply;
import computer.autonet.port.Examples;
import computer.autonet.protocol.role.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One part that a node or a worker plays: an identity in a role, with what it stakes per project.
 *
 * @param data for proposers and solvers
 */
record Job(Role role, String identity, Amount stake, Optional<Data> data) {
    /**
     * Which part of which data set: the same division gives disjoint parts to solvers that agree on set, seed, shares and
     * split.
     */
    record Data(String set, long seed, int share, int shares, String split) {
        private Partition partition() {
            try {
                return Partition.of(DataSets.named(set), seed);
            } catch (DataException e) {
                throw refused(e);
            }
        }

        Examples examples() {
            if (share < 0 || share >= shares) {
                throw new UserError("DATA_INVALID", "share " + share + " of " + shares, "count shares from 0");
            }
            try {
                return partition().shares(shares, Split.parse(split)).get(share);
            } catch (DataException e) {
                throw refused(e);
            }
        }

        TruthSupply truth(int rounds) {
            Partition partition = partition();
            try {
                partition.checkRounds(rounds);
            } catch (DataException e) {
                throw refused(e);
            }
            return new FreshTruth(partition, rounds);
        }

        private static UserError refused(DataException e) {
            return new UserError(e);
        }
    }

    /**
     * The jobs that settings name.
     *
     * @throws UserError if one is incomplete
     */
    static List<Job> all(Config config) {
        try {
            return config.getConfigList("autonet.work").stream().map(Job::of).toList();
        } catch (ConfigException e) {
            throw new UserError(
                    "CONFIG_INVALID", "autonet.work: " + e.getMessage(), "compare with deploy/local/a.conf", e);
        }
    }

    private static Job of(Config job) {
        Role role = role(job.getString("role"));
        Amount stake = job.hasPath("stake") ? stake(job.getString("stake")) : usualStake(role);
        Optional<Data> data = Optional.empty();
        if (job.hasPath("data")) {
            Config d = job.getConfig("data");
            data = Optional.of(new Data(
                    d.getString("set"),
                    d.getLong("seed"),
                    d.hasPath("share") ? d.getInt("share") : 0,
                    d.hasPath("shares") ? d.getInt("shares") : 1,
                    d.hasPath("split") ? d.getString("split") : "iid"));
        }
        return of(role, job.getString("identity"), stake, data);
    }

    static Job of(Role role, String identity, Amount stake, Optional<Data> data) {
        if (data.isEmpty() && (role == Role.PROPOSER || role == Role.SOLVER)) {
            throw new UserError(
                    "DATA_MISSING", "the " + role.label() + " " + identity + " has no data", "name its set and seed");
        }
        return new Job(role, identity, stake, data);
    }

    static Role role(String label) {
        try {
            return Role.valueOf(label.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "ROLE_UNKNOWN",
                    "no role is called '" + label + "'",
                    "write proposer, solver, coordinator or aggregator",
                    e);
        }
    }

    static Amount stake(String atn) {
        try {
            return Amount.parseTokens(atn);
        } catch (IllegalArgumentException e) {
            throw new UserError("STAKE_INVALID", "a stake of '" + atn + "'", "write ATN such as 100 or 0.5", e);
        }
    }

    /** Twice the minimum, so that a charge for one silence does not end the part. */
    static Amount usualStake(Role role) {
        return role.minimumStake().plus(role.minimumStake());
    }

    /**
     * Reads its data, so that what is wrong with them is told before anything starts.
     *
     * @throws UserError if they cannot be had
     */
    void requireReadable() {
        if (role == Role.SOLVER) {
            var unused = requiredData().examples();
        } else if (role == Role.PROPOSER) {
            var unused = requiredData().partition();
        }
    }

    Data requiredData() {
        return data.orElseThrow();
    }
}
