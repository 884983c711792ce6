package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.HashSplit;
import java.nio.charset.StandardCharsets;

/**
 * Assigns rows to the splits by a hash of their identifier and the split's seed, so that a row's
 * split never changes, regardless of other rows. Instead of the identifier it may be the row's
 * group or its features: then read "identifier" as that.
 *
 * <p>The hash is 64-bit FNV-1a over the UTF-8 bytes of {@code <seed>:<identifier>}, then
 * SplitMix64's finalizer; its upper 53 bits are a fraction in [0, 1). Fractions below the test
 * share are test rows, those from 1 − the validation share on are validation rows. In Python:
 *
 * <pre>{@code
 * def fraction(seed, identifier, mask=2**64 - 1):
 *     h = 0xCBF29CE484222325
 *     for byte in f"{seed}:{identifier}".encode():
 *         h = ((h ^ byte) * 0x100000001B3) & mask
 *     h = ((h ^ h >> 30) * 0xBF58476D1CE4E5B9) & mask
 *     h = ((h ^ h >> 27) * 0x94D049BB133111EB) & mask
 *     return ((h ^ h >> 31) >> 11) / 2**53
 * }</pre>
 */
public final class Splitter {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long start;
  private final double test;
  private final double fromValidation;

  /** Assigns by this rule: the hashed text begins with the seed, the shares are of [0, 1). */
  public Splitter(HashSplit rule) {
    long hash = FNV_OFFSET;
    for (byte b : (rule.seed() + ":").getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    this.start = hash;
    this.test = rule.test();
    this.fromValidation = 1 - rule.validation();
  }

  /** The split of the row with this identifier. */
  public Split split(String identifier) {
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return split(utf8, 0, utf8.length);
  }

  /** The split of the row with this identifier, in UTF-8. */
  public Split split(byte[] utf8, int offset, int length) {
    return split(hash(utf8, offset, length));
  }

  /** The split of a row with this hash. */
  public Split split(long hash) {
    double fraction = fraction(hash);
    if (fraction < test) {
      return Split.TEST;
    }
    return fraction < fromValidation ? Split.TRAIN : Split.VALIDATION;
  }

  /** The hash of this identifier, in UTF-8: an unsigned number. */
  public long hash(byte[] utf8, int offset, int length) {
    long hash = start;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (utf8[i] & 0xFF)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** The upper 53 bits of a hash as a number in [0, 1). */
  public static double fraction(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /** SplitMix64's finalizer: every bit of the input affects every bit of the output. */
  public static long mix(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
