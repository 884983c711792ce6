package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // nanoTime may overflow
  private final List<String> lines = new ArrayList<>();

  private Progress progress(String total) {
    return new Progress(total, "rows checked", clock::get, lines::add);
  }

  private void pass(Duration duration) {
    clock.addAndGet(duration.toNanos());
  }

  @Test
  void shortWorkLogsNothing() {
    Progress progress = progress("");
    pass(Duration.ofMillis(4999));
    progress.add(1_000_000);
    assertThat(lines).isEmpty();
  }

  @Test
  void longWorkLogsHowFarItIsEveryFiveSeconds() {
    Progress progress = progress("");
    for (int second = 1; second <= 12; second++) {
      pass(Duration.ofSeconds(1));
      progress.add(100_000);
    }
    assertThat(lines).containsExactly("500,000 rows checked", "1,000,000 rows checked");
  }

  @Test
  void namesTheLargestAmountWhereItIsKnown() {
    Progress progress = progress(" of at most 2,000");
    pass(Duration.ofSeconds(60));
    progress.add(1);
    assertThat(lines).containsExactly("1 of at most 2,000 rows checked");
  }
}
