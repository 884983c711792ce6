package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BlockInputStreamTest {
  /** Counts the bytes read. */
  private static final class CountingStream extends BlockInputStream {
    private int bytes;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      bytes += Math.max(0, n);
      return n;
    }
  }

  @Test
  void seesEveryByteHoweverItIsRead() throws IOException {
    byte[] source = new byte[200_000];
    source[0] = (byte) 0xFF;
    CountingStream in = new CountingStream(new ByteArrayInputStream(source));
    assertThat(in.markSupported()).isFalse();
    assertThat(in.read()).isEqualTo(0xFF);
    assertThat(in.skip(-1)).isZero();
    assertThat(in.skip(100_000)).isEqualTo(1 << 16);
    assertThat(in.readAllBytes()).hasSize(source.length - 1 - (1 << 16));
    assertThat(in.bytes).isEqualTo(source.length);
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.skip(1)).isZero();
  }
}
