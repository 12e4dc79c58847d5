package computer.autonet.audit;

/**
 * The first thing of an export that does not hold.
 *
 * @param process whose log it is in, or what part of the export
 * @param slot the entry; -1 where it is not about one entry
 */
public record Problem(String process, long slot, String what) {
    @Override
    public String toString() {
        return slot < 0 ? process + ": " + what : process + " slot " + slot + ": " + what;
    }
}
