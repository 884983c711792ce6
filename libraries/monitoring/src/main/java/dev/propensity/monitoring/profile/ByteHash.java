package dev.propensity.monitoring.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of bytes, eight at a time, with the constants of MurmurHash3 (Austin Appleby,
 * public domain). Not for keys that an adversary chooses.
 */
final class ByteHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST = 0x87c37b91114253d5L;
  private static final long SECOND = 0x4cf5ad432745937fL;

  private ByteHash() {}

  /** The hash of the bytes from {@code from} to {@code to}, which is not among them. */
  static long of(byte[] bytes, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = step(hash, (long) LONGS.get(bytes, at));
    }
    if (at < to) {
      long last = 0;
      for (int i = at; i < to; i++) {
        last = last << Byte.SIZE | bytes[i] & 0xff;
      }
      hash = step(hash, last);
    }
    return mixed(hash);
  }

  private static long step(long hash, long block) {
    long mixed = Long.rotateLeft(block * FIRST, 31) * SECOND;
    return Long.rotateLeft(hash ^ mixed, 27) * 5 + 0x52dce729L;
  }

  /** The finalizer of MurmurHash3: every bit of the result depends on every bit of the value. */
  static long mixed(long value) {
    long x = value;
    x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }
}
