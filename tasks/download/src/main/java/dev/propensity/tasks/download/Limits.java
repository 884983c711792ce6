package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import picocli.CommandLine.Option;

/**
 * Limits on the unpacked size of a download, so that a small malicious file cannot fill the disk.
 */
final class Limits {
  private static final long GIB = 1L << 30;

  /** Any archive may unpack to this size, regardless of its ratio. */
  private static final long HARMLESS = 64L << 20;

  @Option(
      names = "--largest-gib",
      paramLabel = "GIB",
      defaultValue = "50",
      description = "The largest table in GiB, unpacked (default: ${DEFAULT-VALUE}).")
  private double largestGib;

  @Option(
      names = "--largest-ratio",
      paramLabel = "RATIO",
      defaultValue = "100",
      description =
          "The largest ratio of unpacked to packed bytes, enforced above 64 MiB (default:"
              + " ${DEFAULT-VALUE}).")
  private double largestRatio;

  /** Rejects a table of this many bytes. */
  void check(long bytes, String what) {
    if (bytes > largestGib * GIB) {
      throw new UserException(
          what + " is larger than " + largestGib + " GiB: if this is expected, set --largest-gib");
    }
  }

  /** Rejects a table of this many bytes that was unpacked from this many. */
  void checkUnpacked(long bytes, long packed, String what) {
    check(bytes, what);
    if (bytes > HARMLESS && bytes > largestRatio * packed) {
      throw new UserException(
          what
              + " unpacks to more than "
              + largestRatio
              + " times its size: if this is expected, set --largest-ratio");
    }
  }
}
