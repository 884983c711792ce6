package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  @Test
  void readsTheSameBytes() throws Exception {
    for (int length : new int[] {0, 1, 65_536, 3_000_001}) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      try (InputStream in = new ReadAhead(new ByteArrayInputStream(bytes))) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void throwsTheSourcesFailureAfterItsBytes() throws Exception {
    for (Exception failure : new Exception[] {new IOException("cut"), new UserException("no")}) {
      InputStream source =
          new SequenceInputStream(new ByteArrayInputStream(new byte[65_536]), failing(failure));
      try (InputStream in = new ReadAhead(source)) {
        assertThat(in.readNBytes(65_536)).hasSize(65_536);
        assertThatThrownBy(in::read).isSameAs(failure);
      }
    }
  }

  @Test
  void stopsReadingWhenItIsClosedBeforeTheEnd() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 7;
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    InputStream in = new ReadAhead(endless);
    assertThat(in.read()).isEqualTo(7);
    in.close();
    assertThat(closed).isTrue();
  }

  private static InputStream failing(Exception failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        if (failure instanceof IOException e) {
          throw e;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
