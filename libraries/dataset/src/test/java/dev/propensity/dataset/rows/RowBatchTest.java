package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CsvChunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RowBatchTest {
  /** A row's content, from its position in the table. */
  private record Row(String identifier, byte label, long line, int number, float a, double exact) {}

  @Property(tries = 500)
  void rejectingRowsLeavesTheOthersAsTheyWere(
      @ForAll @IntRange(min = 0, max = 30) int rows,
      @ForAll @Size(max = 30) Set<@IntRange(min = 0, max = 29) Integer> places) {
    CsvChunk chunk = new CsvChunk(new byte[rows + 1], 0, rows + 1, 1, rows + 1);
    RowBatch batch = new RowBatch(chunk, 1, new int[] {2, 1}, true);
    List<Row> expected = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      byte[] identifier = "x".repeat(i % 12).concat("ü" + i).getBytes(StandardCharsets.UTF_8);
      batch.setOnly(0, i, i + 0.25);
      batch.set(0, 1, -i);
      batch.set(1, 0, 2 * i);
      batch.add(identifier, identifier.length, (byte) (i % 2), 10 + 2L * i, 5 * i);
      if (!places.contains(i)) {
        String text = new String(identifier, StandardCharsets.UTF_8);
        expected.add(new Row(text, (byte) (i % 2), 10 + 2L * i, i, i, i + 0.25));
      }
    }
    batch.addInvalid(9, 5 * rows + 1, List.of(invalid(9)));
    SortedMap<Integer, InvalidCell> rejected = new TreeMap<>();
    places.stream()
        .filter(place -> place < rows)
        .forEach(place -> rejected.put(place, invalid(place)));
    batch.reject(rejected);
    List<Row> left = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      left.add(
          new Row(
              batch.identifier(i),
              batch.labels()[i],
              batch.line(i),
              batch.number(i),
              batch.value(0, i, 0),
              batch.exact(i, 0)));
      assertThat(batch.recordStart(i)).isEqualTo(5 * batch.number(i));
      assertThat(batch.value(0, i, 1)).isEqualTo(-batch.value(0, i, 0));
      assertThat(batch.values(1)[i]).isEqualTo(2 * batch.value(0, i, 0));
    }
    assertThat(left).isEqualTo(expected);
    assertThat(batch.records()).isEqualTo(rows + 1);
    assertThat(batch.values()).hasSize(2 * expected.size());
    assertThat(batch.invalid())
        .extracting(InvalidRow::recordStart)
        .isSorted()
        .hasSize(rejected.size() + 1);
  }

  private static InvalidCell invalid(int place) {
    return new InvalidCell("id", "" + place, InvalidCell.Rule.DUPLICATE, "duplicate of line 1");
  }
}
