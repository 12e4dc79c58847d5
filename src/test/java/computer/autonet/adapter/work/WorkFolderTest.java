package computer.autonet.adapter.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    private Path folder;

    @Test
    void work07WhatWasFirstSavedStaysAndOutlivesItsWriter() {
        new WorkFolder(folder).save("update-1", new byte[] {1, 2});
        new WorkFolder(folder).save("update-1", new byte[] {3});
        assertThat(new WorkFolder(folder).load("update-1")).hasValue(new byte[] {1, 2});
        assertThat(new WorkFolder(folder).load("update-2")).isEmpty();
    }

    @Test
    void onlySoManyFilesAreKeptAndNoDraftIsLeft() throws Exception {
        var store = new WorkFolder(folder, 64);
        for (int i = 0; i < 69; i++) {
            store.save("update-" + i, new byte[] {1});
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(p -> p.getFileName().toString())).hasSize(64).allMatch(name -> name.endsWith(".work"));
        }
    }

    /** WORK-07: the folder is that of all participants of a node, and a node has a hundred projects. */
    @Test
    void threeSolversInAHundredProjectsFindWhatTheySealed() {
        var store = new WorkFolder(folder);
        for (int i = 0; i < 300; i++) {
            store.save("update-" + i, new byte[] {(byte) i});
        }
        for (int i = 0; i < 300; i++) {
            assertThat(store.load("update-" + i)).hasValue(new byte[] {(byte) i});
        }
    }

    @Test
    void aKeyThatWouldLeaveTheFolderIsRefused() {
        assertThatThrownBy(() -> new WorkFolder(folder).load("../key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dashes");
    }
}
