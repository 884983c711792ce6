package dev.propensity.tasks.serve.upload;

import dev.propensity.tasks.serve.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578), one after another while they arrive.
 * Uses one buffer of constant size.
 */
final class Multipart {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_HEADER_BYTES = 8 << 10;
  private static final int MAX_BOUNDARY_LENGTH = 70; // RFC 2046, 5.1.1
  private static final int BYTES = 256;

  private final InputStream in;
  private final byte[] delimiter;
  private final int[] skips = new int[BYTES]; // Horspool's: how far the search may move
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private int clear; // there is no delimiter before this
  private boolean inPart = true; // the preamble is skipped as a part is
  private boolean closed;

  /**
   * @param contentType the request's
   * @throws Problem with 415 for another type, 400 for one without a boundary
   */
  Multipart(InputStream in, String contentType) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary(contentType)).getBytes(StandardCharsets.ISO_8859_1);
    Arrays.fill(skips, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      skips[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
    }
    // The first delimiter may be at the very start, without a line end before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    limit = 2;
  }

  private static String boundary(String contentType) {
    HeaderValue value = HeaderValue.parse(contentType == null ? "" : contentType);
    if (!value.value().toLowerCase(Locale.ROOT).equals("multipart/form-data")) {
      throw new Problem(415, "send a form as multipart/form-data, not '" + value.value() + "'");
    }
    String boundary = value.parameter("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_LENGTH) {
      throw new Problem(400, "multipart/form-data needs a boundary of 1 to 70 characters");
    }
    return boundary;
  }

  /**
   * Goes to the next part, past the rest of this one.
   *
   * @return its headers; null after the last part
   * @throws Problem for a body that violates the format
   */
  @Nullable PartHeaders next() throws IOException {
    if (closed) {
      return null;
    }
    byte[] rest = new byte[1 << 12];
    while (read(rest, 0, rest.length) >= 0) {
      // to the end of this part
    }
    byte first = one();
    if (first == '-') {
      if (one() != '-') {
        throw malformed("text after a boundary");
      }
      closed = true;
      return null;
    }
    while (first == ' ' || first == '\t') {
      first = one();
    }
    if (first != '\r' || one() != '\n') {
      throw malformed("text after a boundary");
    }
    PartHeaders headers = headers();
    inPart = !skipDelimiter();
    return headers;
  }

  // A part without content may lack the line end before the delimiter.
  private boolean skipDelimiter() throws IOException {
    int length = delimiter.length - 2;
    while (limit - position < length) {
      if (!fill()) {
        return false;
      }
    }
    boolean there =
        Arrays.equals(buffer, position, position + length, delimiter, 2, delimiter.length);
    if (there) {
      position += length;
      clear = position;
    }
    return there;
  }

  private PartHeaders headers() throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      int before = text.length();
      byte c = one();
      while (c != '\n') {
        if (text.length() == MAX_HEADER_BYTES) {
          throw malformed("headers longer than " + MAX_HEADER_BYTES + " bytes");
        }
        text.append((char) (c & 0xFF));
        c = one();
      }
      if (text.length() == before || text.charAt(text.length() - 1) != '\r') {
        throw malformed("a header without a line end of CR LF");
      }
      if (text.length() - before == 1) {
        return PartHeaders.parse(text.substring(0, before));
      }
      text.append('\n');
    }
  }

  /** The part's content; ends where the part does. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return Multipart.this.read(into, offset, length);
      }
    };
  }

  private int read(byte[] into, int offset, int length) throws IOException {
    if (!inPart) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    while (position == clear) {
      int found = find();
      if (found == position) {
        position += delimiter.length;
        clear = position;
        inPart = false;
        return -1;
      }
      clear = found >= 0 ? found : Math.max(position, limit - delimiter.length + 1);
      if (position == clear && !fill()) {
        throw malformed("no closing boundary: the body is incomplete");
      }
    }
    int n = Math.min(length, clear - position);
    System.arraycopy(buffer, position, into, offset, n);
    position += n;
    return n;
  }

  /** Where the next delimiter begins, or -1. */
  private int find() {
    int last = delimiter.length - 1;
    int i = position;
    while (i + last < limit) {
      int j = last;
      while (buffer[i + j] == delimiter[j]) {
        if (j-- == 0) {
          return i;
        }
      }
      i += skips[buffer[i + last] & 0xFF];
    }
    return -1;
  }

  private byte one() throws IOException {
    if (position == limit && !fill()) {
      throw malformed("no closing boundary: the body is incomplete");
    }
    clear = position + 1;
    return buffer[position++];
  }

  private boolean fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      clear = 0;
      position = 0;
    }
    int n = in.read(buffer, limit, BUFFER - limit);
    limit += Math.max(n, 0);
    return n >= 0;
  }

  private static Problem malformed(String reason) {
    return new Problem(400, "the form is not multipart/form-data: " + reason);
  }
}
