package dev.propensity.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeBatchTest {
  private static final byte UNKNOWN = OutcomeRow.UNKNOWN;

  @TempDir private Path folder;

  private static OutcomeHeader header(String received) {
    return new OutcomeHeader(
        OutcomeHeader.SCHEMA, "toys", CapturedIdentifier.PLAIN, null, received);
  }

  private static Digest write(Path path, OutcomeHeader header, List<OutcomeRow> rows) {
    try (OutcomeBatchWriter writer = new OutcomeBatchWriter(path, header)) {
      rows.forEach(writer::add);
      assertThat(writer.rows()).isEqualTo(rows.size());
      return writer.finish();
    }
  }

  private static List<OutcomeRow> read(Path path) {
    List<OutcomeRow> rows = new ArrayList<>();
    try (OutcomeBatchReader reader = new OutcomeBatchReader(path, "the batch")) {
      reader.forEach(rows::add);
    }
    return rows;
  }

  /** More rows than a record batch has, with and without each value. */
  private static List<OutcomeRow> rows() {
    List<OutcomeRow> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long time = i % 5 == 0 ? OutcomeRow.NO_TIME : 1_770_000_000_000L + i;
      byte label = i % 3 == 0 ? UNKNOWN : (byte) (i % 2);
      byte contacted = i < 9000 ? (byte) (i % 2) : UNKNOWN;
      rows.add(new OutcomeRow("customer-" + i, label, time, contacted));
    }
    return rows;
  }

  @Test
  void readsWhatWasWritten() {
    Path path = folder.resolve("a.arrow");
    OutcomeHeader header = header("2026-03-20T08:00:00Z");
    write(path, header, rows());

    assertThat(read(path)).isEqualTo(rows());
    try (OutcomeBatchReader reader = new OutcomeBatchReader(path, "the batch")) {
      assertThat(reader.header()).isEqualTo(header);
    }
  }

  @Test
  void theSameRowsAreTheSameBatchWheneverTheyAreReceived() {
    Digest first = write(folder.resolve("a.arrow"), header("2026-03-20T08:00:00Z"), rows());
    Digest later = write(folder.resolve("b.arrow"), header("2026-04-01T00:00:00Z"), rows());
    assertThat(later).isEqualTo(first);

    OutcomeRow positive = new OutcomeRow("a", (byte) 1, 5, (byte) 1);
    List<OutcomeRow> others =
        List.of(
            positive,
            new OutcomeRow("b", (byte) 1, 5, (byte) 1),
            new OutcomeRow("a", (byte) 0, 5, (byte) 1),
            new OutcomeRow("a", (byte) 1, 6, (byte) 1),
            new OutcomeRow("a", (byte) 1, 5, (byte) 0));
    assertThat(
            others.stream()
                .map(
                    row ->
                        write(
                            folder.resolve("c.arrow"),
                            header("2026-04-01T00:00:00Z"),
                            List.of(row)))
                .distinct())
        .hasSize(others.size());
  }

  @Test
  void itsKeyHasTheDayInUtcOnWhichItWasReceived() {
    Digest content = Digest.of("rows");
    assertThat(header("2026-03-20T23:30:00Z").key(content))
        .isEqualTo("outcomes/toys/2026/03/20/" + content.hex() + ".arrow");
  }

  @Test
  void rejectsADamagedBatchByItsName() throws IOException {
    Path path = folder.resolve("a.arrow");
    write(path, header("2026-03-20T08:00:00Z"), rows());
    byte[] bytes = Files.readAllBytes(path);
    for (int length : new int[] {0, 5, bytes.length / 2, bytes.length - 1}) {
      Files.write(path, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> read(path))
          .as("%d bytes", length)
          .isInstanceOf(UserException.class)
          .hasMessage("the batch is not a batch of outcomes, or is incomplete or damaged");
    }
  }

  @Test
  void rejectsAHeaderThatItCannotRead() {
    assertThatThrownBy(() -> header("yesterday"))
        .isInstanceOf(UserException.class)
        .hasMessage("'yesterday' is not a time like 2026-11-30T13:00:00Z");
    assertThatThrownBy(
            () ->
                new OutcomeHeader(
                    9, "toys", CapturedIdentifier.PLAIN, null, "2026-03-20T08:00:00Z"))
        .isInstanceOf(UserException.class)
        .hasMessage("its schema is 9; this version reads 1");
  }
}
