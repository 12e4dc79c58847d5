package computer.autonet.base;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree of RFC 6962, section 2.1: SHA-256, leaves prefixed with 0x00 and inner nodes with 0x01, so that no inner
 * node can pass for a leaf.
 *
 * <p>All levels are kept: a tree of n leaves holds about 2n hashes, and a path is read off without hashing.
 */
public final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final Hash EMPTY = Hash.digest(new byte[0]);

    /** The leaves first, the root last; an odd node at the end of a level moves up as it is. */
    private final List<List<Hash>> levels;

    private MerkleTree(List<List<Hash>> levels) {
        this.levels = levels;
    }

    /** The hash of a leaf's bytes. */
    public static Hash leaf(byte[] data) {
        return Hash.digest(LEAF, data);
    }

    /** The tree over these leaf hashes, in this order. */
    public static MerkleTree of(List<Hash> leaves) {
        var levels = new ArrayList<List<Hash>>();
        List<Hash> level = List.copyOf(leaves);
        levels.add(level);
        while (level.size() > 1) {
            var above = new ArrayList<Hash>((level.size() + 1) / 2);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(Hash.digest(
                        NODE, level.get(i).toArray(), level.get(i + 1).toArray()));
            }
            if (level.size() % 2 == 1) {
                above.add(level.get(level.size() - 1));
            }
            level = List.copyOf(above);
            levels.add(level);
        }
        return new MerkleTree(List.copyOf(levels));
    }

    /** How many leaves it has. */
    public int size() {
        return levels.get(0).size();
    }

    /** The root; of a tree without leaves the SHA-256 of nothing. */
    public Hash root() {
        return size() == 0 ? EMPTY : levels.get(levels.size() - 1).get(0);
    }

    /**
     * The siblings from the leaf up to the root, lowest first.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public List<Hash> path(int leaf) {
        if (leaf < 0 || leaf >= size()) {
            throw new IndexOutOfBoundsException("the tree has " + size() + " leaves, none of them number " + leaf);
        }
        var siblings = new ArrayList<Hash>();
        int place = leaf;
        for (List<Hash> level : levels.subList(0, levels.size() - 1)) {
            int sibling = place ^ 1;
            if (sibling < level.size()) {
                siblings.add(level.get(sibling));
            }
            place /= 2;
        }
        return List.copyOf(siblings);
    }
}
