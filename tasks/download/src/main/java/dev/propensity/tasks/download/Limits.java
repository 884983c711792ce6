package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import picocli.CommandLine.Option;

/** How much a download may unpack to, so that a small hostile file cannot fill the disk. */
final class Limits {
  private static final long GIB = 1L << 30;

  /** What any archive may unpack to, whatever its ratio. */
  private static final long HARMLESS = 64L << 20;

  @Option(
      names = "--largest-gib",
      paramLabel = "GIB",
      defaultValue = "50",
      description = "The largest table in GiB, unpacked; by default ${DEFAULT-VALUE}.")
  private double largestGib;

  @Option(
      names = "--largest-ratio",
      paramLabel = "RATIO",
      defaultValue = "100",
      description =
          "The largest ratio of unpacked to packed bytes, from 64 MiB; by default"
              + " ${DEFAULT-VALUE}.")
  private double largestRatio;

  /** Refuses a table of that many bytes. */
  void check(long bytes, String what) {
    if (bytes > largestGib * GIB) {
      throw new UserException(
          what + " is larger than " + largestGib + " GiB: if that is right, set --largest-gib");
    }
  }

  /** Refuses a table of that many bytes that was unpacked from so many. */
  void checkUnpacked(long bytes, long packed, String what) {
    check(bytes, what);
    if (bytes > HARMLESS && bytes > largestRatio * packed) {
      throw new UserException(
          what
              + " unpacks to more than "
              + largestRatio
              + " times its size: if that is right, set --largest-ratio");
    }
  }
}
