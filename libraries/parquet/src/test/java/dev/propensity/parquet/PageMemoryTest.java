package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import org.junit.jupiter.api.Test;

class PageMemoryTest {
  @Test
  void rejectsPagesThatAreLargeTogether() {
    PageMemory memory = new PageMemory(3 << 20);
    memory.take(2 << 20, "a.parquet, column 'x'");
    assertThatThrownBy(() -> memory.take(2 << 20, "a.parquet, column 'y'"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a.parquet, column 'y': the open pages of all columns need more than 3 MiB, half of the"
                + " heap: write the file with smaller pages, or give the task more memory");
  }

  @Test
  void usesWhatWasReturnedAgain() {
    PageMemory memory = new PageMemory(3 << 20);
    assertThatCode(
            () -> {
              for (int page = 0; page < 100; page++) {
                memory.take(2 << 20, "");
                memory.release(2 << 20);
              }
            })
        .doesNotThrowAnyException();
  }
}
