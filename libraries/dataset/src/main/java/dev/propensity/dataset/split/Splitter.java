package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.DatasetSpec;
import java.nio.charset.StandardCharsets;

/**
 * Deals rows to the splits by a hash of their identifier and the split's seed, so that a row stays
 * on its side for ever, whatever other rows come or go.
 *
 * <p>The hash is 64-bit FNV-1a over the UTF-8 bytes of {@code <seed>:<identifier>}, then
 * SplitMix64's finaliser; its upper 53 bits are a fraction in [0, 1). Fractions below the test
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

  /** Deals by this rule: the seed's text begins what is hashed, the shares are of [0, 1). */
  public Splitter(DatasetSpec.SplitRule rule) {
    long hash = FNV_OFFSET;
    for (byte b : (rule.seed() + ":").getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    this.start = hash;
    this.test = rule.test();
    this.fromValidation = 1 - rule.validation();
  }

  /** The side on which the row with this identifier is. */
  public Split split(String identifier) {
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return split(utf8, 0, utf8.length);
  }

  /** The side on which the row with this identifier, in UTF-8, is. */
  public Split split(byte[] utf8, int offset, int length) {
    return split(hash(utf8, offset, length));
  }

  /** The side on which a row of this hash is. */
  public Split split(long hash) {
    double fraction = (hash >>> 11) * 0x1p-53;
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

  /** SplitMix64's finaliser: every bit of the input moves every bit of the output. */
  public static long mix(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
