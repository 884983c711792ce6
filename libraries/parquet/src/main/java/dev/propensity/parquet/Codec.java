package dev.propensity.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** How the pages of a column are compressed. */
interface Codec {
  /** Pages as they are. */
  Codec NONE =
      (bytes, from, length, size) -> {
        boolean isAll = from == 0 && length == bytes.length;
        return requireWhole(isAll ? bytes : Arrays.copyOfRange(bytes, from, from + length), size);
      };

  /**
   * Decompresses a page or a part of it.
   *
   * @param length of the compressed bytes, which begin at {@code from}
   * @param size of the result; no more memory is allocated
   * @throws IOException or an unchecked exception where the bytes are damaged
   */
  byte[] decompress(byte[] bytes, int from, int length, int size) throws IOException;

  /** The codec by its name in a file; empty where it is not supported. */
  static Optional<Codec> of(CompressionCodec name) {
    return switch (name) {
      case UNCOMPRESSED -> Optional.of(NONE);
      case SNAPPY -> Optional.of(of(new SnappyDecompressor()));
      case GZIP -> Optional.of(Codec::gunzip);
      case ZSTD -> Optional.of(of(new ZstdDecompressor()));
      case LZ4_RAW -> Optional.of(of(new Lz4Decompressor()));
      case LZ4, LZO, BROTLI -> Optional.empty();
    };
  }

  private static Codec of(Decompressor decompressor) {
    return (bytes, from, length, size) -> {
      byte[] result = new byte[size];
      requireWhole(result, decompressor.decompress(bytes, from, length, result, 0, size));
      return result;
    };
  }

  private static byte[] gunzip(byte[] bytes, int from, int length, int size) throws IOException {
    byte[] result = new byte[size];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, from, length))) {
      return requireWhole(result, in.readNBytes(result, 0, size));
    }
  }

  private static byte[] requireWhole(byte[] result, int size) {
    if (size != result.length) {
      throw new DamagedPageException("a page of another length than it claims");
    }
    return result;
  }
}
