package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A CSV that streams by gives what the whole of it gives, however it arrives. */
class RowStreamTest {
  private static final Encoder ENCODER =
      new Encoder(
          "id",
          new DatasetSpec.Label("taken", "yes", "no"),
          List.of(
              new Encoder.Feature(number("age", 18.0, 120.0, true), List.of()),
              new Encoder.Feature(number("income", null, null, false), List.of()),
              new Encoder.Feature(
                  new Column(
                      "town", Kind.CATEGORY, "", List.of(), null, null, true, Column.Sensitive.NO),
                  List.of("1.0", "2.0", "ü"))));

  private static Column number(String name, Double minimum, Double maximum, boolean missing) {
    return new Column(
        name, Kind.NUMBER, "", List.of(), minimum, maximum, missing, Column.Sensitive.NO);
  }

  /** Rows and what is wrong with them. */
  private record Read(
      List<String> identifiers, List<Float> values, CellErrors errors, Dialect dialect) {}

  private static Read read(byte[] csv, int chunk, boolean numbered) {
    RowStream stream = new RowStream(ENCODER, new Chunks(csv, chunk), "rows", numbered);
    EncodedRows block = new EncodedRows(3, 7);
    List<String> identifiers = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    while (stream.errors().count() == 0 && stream.read(block)) {
      for (int row = 0; row < block.rows(); row++) {
        int start = block.identifierStart(row);
        int length = block.identifierEnd(row) - start;
        identifiers.add(new String(block.identifiers(), start, length, StandardCharsets.UTF_8));
      }
      float[] exact = block.exactValues();
      for (int i = 0; i < block.rows() * 3; i++) {
        values.add(exact[i]);
      }
    }
    return new Read(identifiers, values, stream.errors(), stream.dialect());
  }

  private static Read read(String csv) {
    return read(csv.getBytes(StandardCharsets.UTF_8), 1 << 16, false);
  }

  @Test
  void theFirstDecimalSignOfAFileWithSemicolonsSettlesIt() {
    Read comma = read("id;age;income;town\n1;20;1;x\n2;20,5;1,25;x\n3;20;1.000,5;x\n");
    assertThat(comma.dialect().text()).isEqualTo("separator=semicolon, decimal=comma");
    assertThat(comma.errors().first())
        .containsExactly(
            new CellError(
                4, "income", "1.000,5", "a point in a number, in a file with decimal commas"));
    Read point = read("id;age;income;town\n1;20.5;1;x\n2;20;1,25;x\n");
    assertThat(point.dialect().decimalComma()).isFalse();
    assertThat(point.errors().first())
        .containsExactly(new CellError(3, "income", "1,25", "not a number"));
    assertThat(read("id;age;income;town\n2;20,5;1,25;x\n").values()).startsWith(20.5f, 1.25f);
  }

  @Test
  void takesNoNulForADecimalSign() {
    StringBuilder csv = new StringBuilder("id;age;income;town\n");
    for (int row = 0; row < 40_000; row++) { // beyond what the dialect is told by
      csv.append(row).append(";20;1;x\n");
    }
    Read read = read(csv.append("x;20;1\u00005;x\n").toString());
    assertThat(read.errors().count()).isEqualTo(1);
  }

  @Test
  void aQuotedNumberIsANumberAndAQuotedLineEndIsCounted() {
    Read read =
        read("id,age,income,town,note\n1,\"20\",\"1.5\",\"1.0\",\"a\r\nb\"\r\n2,x,1,1.0,\n");
    assertThat(read.values()).containsExactly(20f, 1.5f, 0f);
    assertThat(read.errors().first()).containsExactly(new CellError(4, "age", "x", "not a number"));
  }

  @Test
  void refusesWhatDoublesAnIdentifierOrLacksOne() {
    Read read = read("id,age,income,town\na,20,1,\nb,20,1,\na,20,1,\n,20,1,\n");
    assertThat(read.errors().first())
        .containsExactly(
            new CellError(4, "id", "a", "stands already on line 2"),
            new CellError(5, "id", "", "an identifier must stand here"));
  }

  /** Cells as they might be uploaded, most of them good. */
  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> number =
        Arbitraries.oneOf(
            Arbitraries.integers().between(18, 120).map(String::valueOf),
            Arbitraries.doubles().between(18, 120).map(String::valueOf),
            Arbitraries.of(
                "",
                "-0",
                "1e2",
                "19.",
                ".5",
                "+20",
                "00000000000000000000020",
                "20.5000000000000001",
                "NaN",
                "x",
                "9007199254740993",
                "-",
                "1.2.3",
                "\"44\"",
                "1e999",
                "20\u0000"));
    Arbitrary<String> word =
        Arbitraries.of(
            "1.0", "ü", "", "new", "\"a,b\"", "\"q\"\"q\"", "\"line\nend\"", "a\"b", "…😀");
    Arbitrary<String> identifier = Arbitraries.strings().alpha().ofMinLength(0).ofMaxLength(3);
    Arbitrary<String> row =
        Combinators.combine(identifier, number, number, word)
            .as((id, age, income, town) -> String.join(",", id, age, income, town));
    Arbitrary<String> odd =
        Arbitraries.of("", "a,b", "a,20,1,x,more", "\"open", "\"a\"b,1,1,1", "\r");
    Arbitrary<String> line =
        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(20, row), net.jqwik.api.Tuple.of(1, odd));
    return Combinators.combine(
            line.list().ofMaxSize(30),
            Arbitraries.of("\n", "\r\n", "\r"),
            Arbitraries.of("", "\uFEFF"))
        .as((lines, end, mark) -> mark + "id,age,income,town" + end + String.join(end, lines));
  }

  @Property(tries = 2000)
  void givesWhatTheWholeFileGives(
      @ForAll("files") String csv, @ForAll @IntRange(min = 1, max = 40) int chunk) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    FeatureTable whole;
    try {
      whole = ENCODER.encode(new ByteArrayInputStream(bytes), "rows");
    } catch (UserException e) {
      assertThat(refused(bytes, chunk)).as("refused: %s", e.getMessage()).isTrue();
      return;
    }
    if (Arrays.stream(whole.identifiers()).distinct().count() < whole.rows()) {
      assertThat(refused(bytes, chunk)).isTrue();
      return;
    }
    Read read = read(bytes, chunk, false);
    assertThat(read.errors().first()).isEmpty();
    assertThat(read.identifiers()).containsExactly(whole.identifiers());
    float[] values = new float[read.values().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read.values().get(i);
    }
    assertThat(values).containsExactly(whole.values());
  }

  private static boolean refused(byte[] csv, int chunk) {
    try {
      return read(csv, chunk, false).errors().count() > 0;
    } catch (UserException e) {
      return true;
    }
  }

  @Property(tries = 3000)
  void whateverArrivesIsReadOrRefused(
      @ForAll byte[] noise,
      @ForAll("files") String csv,
      @ForAll @IntRange(min = 0, max = 200) int at) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    int place = Math.min(at, bytes.length);
    byte[] all = Arrays.copyOf(bytes, bytes.length + noise.length);
    System.arraycopy(noise, 0, all, place, noise.length);
    System.arraycopy(bytes, place, all, place + noise.length, bytes.length - place);
    refused(all, 13); // throws what is no UserException
  }

  @Property(tries = 2000)
  void aPlainNumberIsTheDoubleNearestToItsText(
      @ForAll double number, @ForAll @IntRange(min = 0, max = 12) int decimals) {
    String text =
        new java.math.BigDecimal(Double.isFinite(number) ? number % 1e9 : 1)
            .setScale(decimals, java.math.RoundingMode.HALF_UP)
            .toPlainString();
    ByteCells cells =
        new ByteCells(
            new ByteArrayInputStream((text + ",").getBytes(StandardCharsets.US_ASCII)), "n");
    assertThat(cells.nextRow()).isTrue();
    if (cells.number((byte) '.') != ByteCells.NONE) {
      assertThat(cells.number()).isEqualTo(Double.parseDouble(text));
    }
  }

  /** Gives a few bytes at a time, as a slow network does. */
  private static final class Chunks extends FilterInputStream {
    private final int most;

    Chunks(byte[] bytes, int most) {
      super(new ByteArrayInputStream(bytes));
      this.most = most;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return super.read(into, offset, Math.min(length, most));
    }
  }
}
