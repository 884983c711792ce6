package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvChunksTest {
  @Provide
  Arbitrary<String> tables() {
    Arbitrary<String> line =
        Arbitraries.of("a,b", "\"x\ny\",1", "\"q\"\"\r\n\",2", "", "a\"b", "\"\"", "long,longer");
    return line.list()
        .ofMaxSize(20)
        .flatMap(lines -> Arbitraries.of("\n", "\r\n", "\r").map(end -> String.join(end, lines)));
  }

  /** Chunks have all bytes, end in a line end, and have the right line number. */
  @Property(tries = 3000)
  void cutsWholeRecordsAndLosesNothing(
      @ForAll("tables") String csv,
      @ForAll @IntRange(min = 1, max = 9) int read,
      @ForAll @IntRange(min = 1, max = 40) int size) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    CsvChunks chunks = Records.chunks(bytes, read, size);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long line = 1;
    for (CsvChunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      assertThat(chunk.length()).isPositive();
      assertThat(chunk.line()).isEqualTo(line);
      byte last = chunk.bytes()[chunk.to() - 1];
      assertThat(last == '\n' || last == '\r').isTrue();
      all.write(chunk.bytes(), chunk.from(), chunk.length());
      CsvCells cells = new CsvCells("t.csv", ',');
      cells.open(chunk);
      int records = 0;
      while (cells.nextRecord()) {
        records++;
        while (!cells.endsRecord()) {
          cells.cell();
        }
      }
      assertThat(records).isLessThanOrEqualTo(chunk.lines());
      line = cells.line();
    }
    String text = all.toString(StandardCharsets.UTF_8);
    boolean ended = csv.isEmpty() || csv.endsWith("\n") || csv.endsWith("\r");
    assertThat(text).isEqualTo(ended ? csv : csv + "\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsCarriageReturnAndLineFeedTogetherThoughAReadSplitsThem(int read) {
    byte[] bytes = "a\r\nb\r\n\"c\r\nd\"\r\ne\r\n".getBytes(StandardCharsets.UTF_8);
    for (int chunk = 1; chunk < 20; chunk++) {
      assertThat(Records.read(Records.chunks(bytes, read, chunk), ','))
          .containsExactly(
              new Records.Found(1, List.of("a")),
              new Records.Found(2, List.of("b")),
              new Records.Found(3, List.of("c\r\nd")),
              new Records.Found(5, List.of("e")));
    }
  }

  @Test
  void aQuoteThatIsNeverClosedNamesTheLineOnWhichItOpens() {
    for (int chunk : new int[] {4, 9, 100}) {
      List<Records.Found> before = new ArrayList<>();
      assertThatThrownBy(
              () -> Records.read(small("a\n\"b\nc\"\nd,\"e\nf\ng\n", chunk), ',', before))
          .isInstanceOf(UserException.class)
          .hasMessage("t.csv, line 4: the quote that opens here is never closed");
      assertThat(Records.cells(before)).containsExactly(List.of("a"), List.of("b\nc"));
    }
    assertThatThrownBy(() -> Records.read(small("a\n\"b\"\"", 50), ','))
        .hasMessage("t.csv, line 2: the quote that opens here is never closed");
  }

  @Test
  void aNulByteNamesItsLine() {
    String message = ": a NUL byte: this is no text; save the table as CSV in UTF-8";
    for (int chunk : new int[] {3, 8, 100}) {
      assertThatThrownBy(() -> Records.read(small("a\r\nb\nc\0d\n", chunk), ','))
          .isInstanceOf(UserException.class)
          .hasMessage("t.csv, line 3" + message);
      assertThatThrownBy(() -> Records.read(small("\"a\nb\",c\nd\0\n", chunk), ','))
          .hasMessage("t.csv, line 3" + message);
      assertThatThrownBy(() -> Records.read(small("x\n\"a\nb\0c\nd\",e\n", chunk), ','))
          .hasMessage("t.csv, line 3" + message);
    }
  }

  @Test
  void aRecordThatIsTooLongNamesTheLineOnWhichItBegins() {
    assertThatThrownBy(() -> Records.read(bounded("a,b\n" + "x".repeat(200) + "\n"), ','))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "t.csv, line 2: a record of more than 4 MiB begins here: is a quote left open?");
    assertThatThrownBy(() -> Records.read(bounded("a,b\nc,\"d\n" + "e,f\n".repeat(60)), ','))
        .hasMessageStartingWith("t.csv, line 2: a record of more than 4 MiB begins here");
    assertThat(Records.read(bounded("a,b\n" + "x".repeat(50) + "\n"), ',')).hasSize(2);
  }

  @Test
  void theRealSizesCutABigTableIntoSeveralChunks() {
    String record = "x".repeat(999) + "\n";
    CsvChunks chunks = new CsvChunks(Records.stream(record.repeat(1000)), "t.csv");
    List<CsvChunk> all = new ArrayList<>();
    for (CsvChunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      all.add(chunk);
    }
    assertThat(all).hasSizeBetween(4, 5);
    assertThat(all.stream().mapToInt(CsvChunk::length).sum()).isEqualTo(1_000_000);
    assertThat(all.get(1).line()).isEqualTo(all.get(0).lines() + 1);
  }

  @Test
  void anErrorOfTheStreamIsNoErrorOfTheTable() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatThrownBy(() -> new CsvChunks(broken, "t.csv"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("connection reset");
  }

  private static CsvChunks small(String csv, int size) {
    return Records.chunks(csv.getBytes(StandardCharsets.UTF_8), 3, size);
  }

  private static CsvChunks bounded(String csv) {
    return new CsvChunks(Records.stream(csv), "t.csv", 8, 16, 100);
  }
}
