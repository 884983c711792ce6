package dev.propensity.tasks.serve.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.tasks.serve.http.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private static final MinimumRate BRISK = new MinimumRate(Duration.ofMillis(100), 1000);

  @Test
  void aBodyThatTrickles() {
    assertThatThrownBy(() -> body(1, Duration.ofMillis(10)).transferTo(nowhere()))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(408))
        .hasMessageContaining("too slowly");
  }

  @Test
  void aBodyThatKeepsTheMinimumRate() throws IOException {
    assertThat(body(100, Duration.ofMillis(10)).transferTo(nowhere())).isEqualTo(3000);
  }

  @Test
  void whatTheServerItselfTakesIsNotCounted() throws Exception {
    InputStream body = body(1, Duration.ZERO);
    for (int read = 0; read < 10; read++) {
      Thread.sleep(20);
      assertThat(body.read()).isZero();
    }
  }

  @Test
  void theRateCountsOnceTheGraceIsOver() {
    MinimumRate minimumRate = new MinimumRate(Duration.ofSeconds(30), 100);
    assertThat(minimumRate.isTooSlow(0, Duration.ofSeconds(30).toNanos())).isFalse();
    assertThat(minimumRate.isTooSlow(999, Duration.ofSeconds(40).toNanos())).isTrue();
    assertThat(minimumRate.isTooSlow(1000, Duration.ofSeconds(40).toNanos())).isFalse();
  }

  /** A body of 3000 bytes that arrive in pieces of this size, with a pause before each. */
  private static BoundedBody body(int piece, Duration pause) {
    InputStream slow =
        new ByteArrayInputStream(new byte[3000]) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            try {
              Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return super.read(buffer, offset, Math.min(piece, length));
          }
        };
    return new BoundedBody(slow, 1 << 20, BRISK);
  }

  private static OutputStream nowhere() {
    return OutputStream.nullOutputStream();
  }
}
