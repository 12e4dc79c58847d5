package computer.autonet.protocol.role;

/** How often a participant served how. */
public record ServiceRecord(long good, long poor, long silent) {
    public static final ServiceRecord NONE = new ServiceRecord(0, 0, 0);

    public ServiceRecord after(Service service) {
        return switch (service) {
            case GOOD -> new ServiceRecord(good + 1, poor, silent);
            case POOR -> new ServiceRecord(good, poor + 1, silent);
            case SILENT -> new ServiceRecord(good, poor, silent + 1);
            case UNUSED -> this;
        };
    }
}
