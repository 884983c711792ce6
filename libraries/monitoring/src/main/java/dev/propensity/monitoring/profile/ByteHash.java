package dev.propensity.monitoring.profile;

/**
 * Hashes of bytes: <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV-1a</a> with the
 * finalizer of MurmurHash3 (both in the public domain). Not for keys that an adversary chooses.
 */
final class ByteHash {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private ByteHash() {}

  /** The hash of the bytes from {@code from} to {@code to}, which is not among them. */
  static long of(byte[] bytes, int from, int to) {
    long hash = BASIS;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i] & 0xff) * PRIME;
    }
    return mixed(hash);
  }

  /** Makes every bit depend on every bit of the value. */
  static long mixed(long value) {
    long x = value;
    x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }
}
