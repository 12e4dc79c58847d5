package computer.autonet.protocol.account;

/** What a mandate may allow its holder to do with an account. */
public enum Right {
    TRANSFER,
    CREATE_PROJECT
}
