package dev.propensity.storage;

import dev.propensity.foundation.BlockInputStream;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A stream whose last read throws {@link UserException} if its bytes do not have the expected
 * digest.
 */
final class DigestCheckedStream extends BlockInputStream {
  private final MessageDigest digest = Digest.sha256();
  private final FileEntry expected;
  private final String what;
  private long bytes;
  private boolean ended;

  DigestCheckedStream(InputStream in, FileEntry expected, String what) {
    super(in);
    this.expected = expected;
    this.what = what;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n > 0) {
      digest.update(buffer, offset, n);
      bytes += n;
    } else if (n < 0 && !ended) {
      ended = true;
      check();
    }
    return n;
  }

  private void check() {
    Digest found = Digest.finished(digest);
    if (bytes != expected.bytes() || !found.equals(expected.sha256())) {
      throw new UserException(
          what
              + " is damaged: "
              + bytes
              + " bytes with SHA-256 "
              + found.abbreviated(12)
              + "… but its manifest has "
              + expected.bytes()
              + " and "
              + expected.sha256().abbreviated(12)
              + "…; run the task that made it again with --force");
    }
  }
}
