package dev.propensity.tasks.serve.rows;

import dev.propensity.table.file.GzipSource;
import dev.propensity.tasks.serve.http.Problem;
import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A request's body without its {@code Content-Encoding}: unchanged, or decompressed from gzip while
 * it arrives. A body that decompresses to too many bytes throws a {@link Problem} before it takes
 * memory.
 */
public final class DecodedBody extends InputStream {
  private static final int BUFFER = 1 << 13;

  private final GzipSource packed;
  private final long bytes;
  private @Nullable GZIPInputStream unpacked;
  private long bytesRead;

  private DecodedBody(InputStream body, long bytes) {
    this.packed = new GzipSource(new BoundedBody(body, bytes));
    this.bytes = bytes;
  }

  /**
   * The body of a request.
   *
   * @param bytes the maximum length, compressed and decompressed
   * @throws Problem with 415 for an encoding other than gzip
   */
  public static InputStream of(Context context, long bytes) {
    return isEncoded(context)
        ? new DecodedBody(context.bodyInputStream(), bytes)
        : context.bodyInputStream();
  }

  /**
   * Whether the body has an encoding, so that its Content-Length is not its size.
   *
   * @throws Problem with 415 for an encoding other than gzip
   */
  static boolean isEncoded(Context context) {
    if (context.req().getHeader("Content-Encoding") == null) {
      return false;
    }
    List<String> encodings = new ArrayList<>();
    for (String header : Collections.list(context.req().getHeaders("Content-Encoding"))) {
      for (String encoding : header.split(",")) {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !name.equals("identity")) {
          encodings.add(name);
        }
      }
    }
    if (encodings.isEmpty()) {
      return false;
    }
    String names = String.join(", ", encodings);
    if (!names.equals("gzip") && !names.equals("x-gzip")) {
      context.header("Accept-Encoding", "gzip");
      throw new Problem(
          415, "send the body with Content-Encoding gzip or without one, not '" + names + "'");
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = unpack(buffer, offset, length);
    bytesRead += Math.max(0, count);
    if (bytesRead > bytes) {
      throw new Problem(
          413, "the body decompresses to more than " + bytes + " bytes; send fewer rows at once");
    }
    return count;
  }

  private int unpack(byte[] buffer, int offset, int length) throws IOException {
    int count = -1;
    try {
      if (unpacked == null) {
        unpacked = new GZIPInputStream(packed, BUFFER);
      }
      count = unpacked.read(buffer, offset, length);
    } catch (EOFException | ZipException e) {
      if (packed.failure() == null) {
        throw rejection(e);
      }
    }
    if (count < 0 && packed.failure() != null) {
      throw packed.failure(); // also if it occurred while reading a further member
    }
    return count;
  }

  private Problem rejection(IOException e) {
    if (e instanceof EOFException) {
      return new Problem(400, "the gzip body is truncated after " + packed.bytesRead() + " bytes");
    }
    return new Problem(
        400,
        unpacked == null
            ? "the body is not gzip, but its Content-Encoding is gzip"
            : "the gzip body is damaged: " + e.getMessage());
  }
}
