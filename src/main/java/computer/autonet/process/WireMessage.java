package computer.autonet.process;

/** What travels between nodes of one cluster. Each class has its number and manifest in cluster.conf (HOST-14). */
public interface WireMessage {}
