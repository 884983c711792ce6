package dev.propensity.tasks.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordNumbersTest {
  @Test
  void countsTheRecordsOfAllChunks() {
    RecordNumbers numbers = new RecordNumbers(new CsvCells("t", ','));
    numbers.next(chunk("1,\"a\nb\"\n2,c\n", 2));
    assertThat(numbers.of(2)).isEqualTo(1);
    assertThat(numbers.of(4)).isEqualTo(2);
    numbers.next(chunk("3,\"a\n\nb\"\n4,c\n", 5));
    assertThat(numbers.of(5)).isEqualTo(3);
    assertThat(numbers.of(8)).isEqualTo(4);
  }

  private static CsvChunk chunk(String records, long line) {
    byte[] bytes = records.getBytes(StandardCharsets.UTF_8);
    return new CsvChunk(bytes, 0, bytes.length, line, (int) records.lines().count());
  }
}
