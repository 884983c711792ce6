package dev.propensity.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of a few KiB of memory, which is soon full. Only root may mount one, or a user with
 * sudo without a password; for others the test is skipped, and fails where {@code CI=true}.
 */
public final class SmallDisk implements AutoCloseable {
  private static final List<String> SUDO = List.of("sudo", "--non-interactive");

  private final Path folder;
  private final boolean asRoot;

  private SmallDisk(Path folder, boolean asRoot) {
    this.folder = folder;
    this.asRoot = asRoot;
  }

  /** Mounts one of this size. */
  public static SmallDisk of(int kibibytes) throws IOException {
    Path folder = Files.createTempDirectory("small-disk-");
    for (boolean asRoot : new boolean[] {true, false}) {
      SmallDisk disk = new SmallDisk(folder, asRoot);
      if (disk.runs("mount", "-t", "tmpfs", "-o", size(kibibytes), "tmpfs", folder.toString())) {
        return disk;
      }
    }
    Files.delete(folder);
    String message = "a small disk cannot be mounted here: it takes Linux, and root or sudo";
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(message);
    }
    return Assumptions.abort("skipped: " + message);
  }

  public Path folder() {
    return folder;
  }

  /** Changes its size; its files are kept. */
  public void grow(int kibibytes) {
    if (!runs("mount", "-o", "remount," + size(kibibytes), folder.toString())) {
      throw new IllegalStateException("cannot grow " + folder);
    }
  }

  @Override
  public void close() throws IOException {
    if (!runs("umount", "--lazy", folder.toString())) {
      throw new IllegalStateException("cannot unmount " + folder);
    }
    Files.delete(folder);
  }

  private static String size(int kibibytes) {
    return "mode=1777,size=" + kibibytes + "k";
  }

  private boolean runs(String... command) {
    List<String> all = new ArrayList<>(asRoot ? List.of() : SUDO);
    all.addAll(List.of(command));
    try {
      Process process =
          new ProcessBuilder(all)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
