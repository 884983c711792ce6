package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.result.Diagnostics;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Dialect;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Rows are the same regardless of the table's chunks and the decoding thread. */
class RowReaderTest {
  private static final DatasetSpec.Label LABEL = new DatasetSpec.Label("taken", "yes", "no");
  private static final Encoder ENCODER =
      new Encoder(
          "id",
          LABEL,
          List.of(
              new Encoder.Feature(number("age", 18.0, 120.0, true), List.of()),
              new Encoder.Feature(number("income", null, null, false), List.of()),
              new Encoder.Feature(
                  new Column(
                      "town",
                      ColumnKind.CATEGORY,
                      "",
                      List.of(),
                      null,
                      null,
                      true,
                      Column.Sensitive.NO),
                  List.of("1.0", "2.0", "ü"))));

  private static Column number(String name, Double minimum, Double maximum, boolean missing) {
    return new Column(
        name, ColumnKind.NUMBER, "", List.of(), minimum, maximum, missing, Column.Sensitive.NO);
  }

  /** Rows and their errors. */
  private record Read(
      List<String> identifiers,
      List<Float> values,
      List<Byte> labels,
      List<CellError> errors,
      Map<String, Long> counts,
      List<String> unseen,
      long rows,
      long duplicates,
      List<String> examples,
      Dialect dialect) {}

  private static Read read(RowReader reader) {
    List<String> identifiers = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    List<Byte> labels = new ArrayList<>();
    List<CellError> errors = new ArrayList<>();
    reader.reportingErrors(errors::add);
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      for (int row = 0; row < batch.rows(); row++) {
        identifiers.add(batch.identifier(row));
        labels.add(batch.labels()[row]);
      }
      for (float value : batch.values()) {
        values.add(value);
      }
    }
    assertThat(reader.diagnostics().cells()).isEqualTo(errors.size());
    assertThat(reader.diagnostics().first())
        .isEqualTo(errors.stream().limit(10).map(CellError::shortened).toList());
    return new Read(
        identifiers,
        values,
        labels,
        errors,
        reader.diagnostics().counts(),
        reader.unseen().lines(),
        reader.rows(),
        reader.duplicates(),
        reader.duplicateExamples(),
        reader.dialect());
  }

  private static Read read(InputStream csv, RowPolicy policy) {
    RowSchema schema =
        policy == RowPolicy.SCORING
            ? RowSchema.scoring(List.of(ENCODER))
            : RowSchema.labeled(ENCODER);
    return read(RowReader.open(csv, "rows", schema));
  }

  private static Read scored(String csv) {
    return read(Tables.stream(csv), RowPolicy.SCORING);
  }

  @Test
  void theFirstDecimalSignOfATableWithSemicolonsSettlesIt() {
    Read comma = scored("id;age;income;town\n1;20;1;x\n2;20,5;1,25;x\n3;20;1.000,5;x\n");
    assertThat(comma.dialect().text()).isEqualTo("separator=semicolon, decimal=comma");
    assertThat(comma.errors())
        .containsExactly(
            new CellError(
                4,
                "income",
                "1.000,5",
                "not a number; write numbers without thousands separators"));
    Read point = scored("id;age;income;town\n1;20.5;1;x\n2;20;1,25;x\n");
    assertThat(point.dialect().decimalComma()).isFalse();
    assertThat(point.errors()).hasSize(1);
    assertThat(point.errors().get(0).text()).startsWith("line 3, income is '1,25': not a number");
    assertThat(scored("id;age;income;town\n2;20,5;1,25;x\n").values()).startsWith(20.5f, 1.25f);
  }

  @Test
  void theMessageOfAnInvalidNumberDoesNotDependOnTheNumbersBefore() {
    for (String invalid :
        List.of("1.000,5", "1.000.000", "1,000,000", "12 %", "2.5 %", "1.2.2020")) {
      String header = "id;age;income;town\n";
      CellError early = scored(header + "1;20;" + invalid + ";x\n2;20,5;1;x\n").errors().get(0);
      CellError late = scored(header + "1;20,5;1;x\n2;20;" + invalid + ";x\n").errors().get(0);
      assertThat(early.withoutLine()).isEqualTo(late.withoutLine()).contains("not a number;");
    }
    assertThat(scored("id;age;income;town\n1;20,5;1.5;x\n").errors().get(0).rule())
        .startsWith("a point in a number, in a table with decimal commas");
  }

  @Test
  void reportsNoDecimalSignThatNoNumberHasShown() {
    assertThat(scored("id;age;income;town\n1;20;1;x\n").dialect().text())
        .isEqualTo("separator=semicolon");
    assertThat(scored("id,age,income,town\n1,20,1,x\n").dialect().text())
        .isEqualTo("separator=comma, decimal=point");
  }

  @Test
  void readsADecimalSignThatIsNamed() {
    RowSchema schema = RowSchema.scoring(List.of(ENCODER)).withDecimal(",");
    Read read =
        read(
            RowReader.open(
                Tables.stream("id\tage\tincome\ttown\n1\t20,5\t1\tx\n"), "rows", schema));
    assertThat(read.dialect().text()).isEqualTo("separator=tab, decimal=comma");
    assertThat(read.values()).startsWith(20.5f, 1f);
  }

  @Test
  void aWordSettlesNoDecimalSign() {
    Read read = scored("id;age;income;town\n1;n.a;1;x\n2;20,5;1,25;x\n");
    assertThat(read.dialect().decimalComma()).isTrue();
    assertThat(read.errors()).extracting(CellError::value).containsExactly("n.a");
    assertThat(read.values()).startsWith(20.5f, 1.25f);
  }

  /** A column that encoders read by different rules is read from its own text by each. */
  @Test
  void eachOfSeveralEncodersReadsADecimalComma() {
    Encoder other =
        new Encoder(
            "id",
            LABEL,
            List.of(
                new Encoder.Feature(number("age", 1.0, 99.0, true), List.of()),
                new Encoder.Feature(
                    new Column(
                        "income",
                        ColumnKind.CATEGORY,
                        "",
                        List.of(),
                        null,
                        null,
                        true,
                        Column.Sensitive.NO),
                    List.of("1,25"))));
    RowReader reader =
        RowReader.open(
            Tables.stream("id;age;income;town\n1;20,5;1,25;ü\n2;30,5;2,5;ü\n"),
            "rows",
            RowSchema.scoring(List.of(ENCODER, other)));
    RowBatch batch = reader.next();
    assertThat(reader.diagnostics().first()).isEmpty();
    assertThat(batch.values(0)).containsExactly(20.5f, 1.25f, 2, 30.5f, 2.5f, 2);
    assertThat(batch.values(1)).containsExactly(20.5f, 0, 30.5f, 1);
  }

  @Test
  void takesNoNulForADecimalSign() {
    StringBuilder csv = new StringBuilder("id;age;income;town\n");
    for (int row = 0; row < 40_000; row++) { // beyond the bytes for dialect detection
      csv.append(row).append(";20;1;x\n");
    }
    assertThatThrownBy(() -> scored(csv.append("x;20;1\u00005;x\n").toString()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "rows, line 40002: a NUL byte: this is no text; save the table as CSV in UTF-8");
  }

  @Test
  void aQuotedNumberIsANumberAndAQuotedLineEndIsCounted() {
    Read read =
        scored("id,age,income,town,note\n1,\"20\",\"1.5\",\"1.0\",\"a\r\nb\"\r\n2,x,1,1.0,\n");
    assertThat(read.values()).containsExactly(20f, 1.5f, 0f);
    assertThat(read.errors()).containsExactly(new CellError(4, "age", "x", "not a number"));
  }

  @Test
  void trainingRejectsADuplicateIdentifierInTheTablesOrder() {
    String rows = "a,20,1,,yes\nb,20,1,,no\na,20,1,,yes\n,20,1,,no\nb,20,1,,no\nc,x,1,,no\n";
    Read read = read(Tables.stream("id,age,income,town,taken\n" + rows), RowPolicy.TRAINING);
    assertThat(read.errors())
        .containsExactly(
            new CellError(4, "id", "a", "duplicate of line 2"),
            new CellError(5, "id", "", "identifier is missing"),
            new CellError(6, "id", "b", "duplicate of line 3"),
            new CellError(7, "age", "x", "not a number"));
    assertThat(read.identifiers()).containsExactly("a", "b");
    assertThat(read.labels()).containsExactly((byte) 1, (byte) 0);
    assertThat(read.duplicates()).isZero();
    assertThat(read.rows()).isEqualTo(6);
    assertThat(read.counts()).isEqualTo(Map.of("duplicate", 2L, "missing", 1L, "not_a_number", 1L));
  }

  @Test
  void scoringCountsDuplicateIdentifiersAndKeepsTheirRows() {
    Read read = scored("id,age,income,town\na,20,1,\nb,21,1,\na,22,1,\na,23,1,\n");
    assertThat(read.errors()).isEmpty();
    assertThat(read.identifiers()).containsExactly("a", "b", "a", "a");
    assertThat(read.duplicates()).isEqualTo(2);
    assertThat(read.examples()).containsExactly("'a' on lines 2 and 4", "'a' on lines 2 and 5");
    Read many = scored("id,age,income,town\n" + "a,20,1,\n".repeat(20));
    assertThat(many.duplicates()).isEqualTo(19);
    assertThat(many.examples()).hasSize(10);
  }

  @Test
  void rowsWithoutIdentifiersAreNumberedWithTheInvalidOnesAmongThem() {
    Read read = scored("age,income,town\n20,1,\nx,1,\n22,1,\n");
    assertThat(read.identifiers()).containsExactly("1", "3");
    RowReader numbered =
        RowReader.open(
            Tables.stream("id,age,income,town\nk,20,1,\nk,21,1,\n"),
            "rows",
            RowSchema.scoring(List.of(ENCODER)).numbered());
    assertThat(numbered.isNumbered()).isTrue();
    assertThat(read(numbered).identifiers()).containsExactly("1", "2");
  }

  @Test
  void rejectsAnIdentifierThatIsTooLong() {
    Read read = scored("id,age,income,town\n" + "k".repeat(1025) + ",20,1,\n" + "k,20,1,\n");
    assertThat(read.errors()).extracting(CellError::rule).containsExactly("longer than 1024 bytes");
    assertThat(read.identifiers()).containsExactly("k");
  }

  @Test
  void readsRowsWithoutAHeaderInTheModelsOrder() {
    RowReader reader =
        RowReader.withoutHeader(
            Tables.stream("20,1.5,ü\n,2,1\n"), "rows", RowSchema.scoring(List.of(ENCODER)));
    Read read = read(reader);
    assertThat(read.identifiers()).containsExactly("1", "2");
    assertThat(read.values()).containsExactly(20f, 1.5f, 2f, Float.NaN, 2f, 3f);
    assertThat(reader.header()).containsExactly("age", "income", "town");
  }

  /** Cells as they might be uploaded, most of them valid. */
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
                " 44 ",
                "1e999",
                "20\u0000"));
    Arbitrary<String> word =
        Arbitraries.of(
            "1.0",
            "ü",
            "u\u0308",
            "",
            "new",
            "\"a,b\"",
            "\"q\"\"q\"",
            "\"line\nend\"",
            "a\"b",
            "…😀",
            "\" ü \"");
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

  @Test
  void aShortRowIsRaggedHoweverWideTheTableIs() {
    String header = "id,age,income,town" + ",note".repeat(50) + "\n";
    for (String row : List.of("7,20\n", "7\n", "7,20,1,x\n", "\n\n7,20\n\n")) {
      assertThat(scored(header + row).errors())
          .singleElement()
          .satisfies(error -> assertThat(error.rule()).endsWith("where the header has 54"));
    }
  }

  @Test
  void aLaterChunkThatIsNoTextDoesNotHideWhatComesBefore() {
    StringBuilder csv = new StringBuilder("id,age,income,town\n");
    for (int row = 0; row < 40_000; row++) {
      csv.append('n').append(row).append(row == 100 ? ",20,1,\"x\"y\n" : ",20,1,x\n");
    }
    csv.append("z,20,1,\u0000\n");
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      RowReader rows =
          RowReader.open(Tables.stream(csv.toString()), "rows", RowSchema.scoring(List.of(ENCODER)))
              .decodingAhead(pool, 4);
      assertThatThrownBy(rows::next).hasMessageStartingWith("rows, line 102: text after a closing");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void countsAllOfManyInvalidRowsAndDescribesTheFirst() {
    StringBuilder csv = new StringBuilder("id,age,income,town\n");
    for (int row = 0; row < 5_000; row++) {
      csv.append("r\n").append('n').append(row).append(",old,1,x\n");
    }
    RowReader rows =
        RowReader.open(Tables.stream(csv.toString()), "rows", RowSchema.scoring(List.of(ENCODER)));
    while (rows.next() != null) {
      // only to count
    }
    Diagnostics found = rows.diagnostics();
    assertThat(found.rows()).isEqualTo(10_000);
    assertThat(found.counts())
        .containsEntry("ragged", 5_000L)
        .containsEntry("not_a_number", 5_000L);
    assertThat(found.first()).hasSize(10);
    assertThat(found.first().get(8).text())
        .isEqualTo("line 10, the row is 'r': 1 cell where the header has 4");
    assertThat(found.first().get(9).text()).isEqualTo("line 11, age is 'old': not a number");
  }

  @Property(tries = 2000)
  void givesTheSameHoweverTheBytesArrive(
      @ForAll("files") String csv, @ForAll @IntRange(min = 1, max = 40) int most) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    assertThat(outcome(new Slow(bytes, most))).isEqualTo(outcome(new ByteArrayInputStream(bytes)));
  }

  private static Object outcome(InputStream csv) {
    try {
      return read(csv, RowPolicy.SCORING);
    } catch (UserException e) {
      return e.getMessage();
    }
  }

  /** The fast way by bytes against each cell's text through the encoder, as JSON is read. */
  @Property(tries = 2000)
  void givesWhatTheEncoderGivesForEachCell(@ForAll("files") String csv) {
    Read read;
    try {
      read = scored(csv);
    } catch (UserException e) {
      return;
    }
    List<String> identifiers = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    CsvReader table = CsvReader.open(Tables.stream(csv), "rows", Set.of("id"));
    CsvCells cells = new CsvCells("rows", ',');
    CellText text = new CellText("rows");
    long rejected = 0;
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      cells.open(chunk);
      while (cells.nextRecord()) {
        List<String> record = new ArrayList<>();
        do {
          cells.cell();
          text.set(cells);
          record.add(text.string());
        } while (!cells.endsRecord());
        float[] row = encoded(record);
        if (row == null) {
          rejected++;
          continue;
        }
        identifiers.add(record.get(0));
        for (float value : row) {
          values.add(value);
        }
      }
    }
    assertThat(read.identifiers()).isEqualTo(identifiers);
    assertThat(read.values()).isEqualTo(values);
    assertThat(read.rows()).isEqualTo(identifiers.size() + rejected);
  }

  private static float[] encoded(List<String> record) {
    if (record.size() != 4 || record.get(0).isEmpty()) {
      return null;
    }
    Map<String, String> row = new HashMap<>();
    row.put("age", record.get(1));
    row.put("income", record.get(2));
    row.put("town", record.get(3));
    float[] values = new float[3];
    try {
      ENCODER.encode(row, values, 0);
      return values;
    } catch (UserException e) {
      return null;
    }
  }

  @Property(tries = 3000)
  void whateverArrivesIsReadOrRejected(
      @ForAll byte[] noise,
      @ForAll("files") String csv,
      @ForAll @IntRange(min = 0, max = 200) int at) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    int place = Math.min(at, bytes.length);
    byte[] all = Arrays.copyOf(bytes, bytes.length + noise.length);
    System.arraycopy(noise, 0, all, place, noise.length);
    System.arraycopy(bytes, place, all, place + noise.length, bytes.length - place);
    outcome(new Slow(all, 13)); // throws another exception
  }

  /** Tables of several chunks, with invalid rows, unseen words and duplicates in them. */
  @Property(tries = 12)
  void decodingAheadGivesTheSameBatches(
      @ForAll("files") String csv,
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll @IntRange(min = 1, max = 5) int ahead,
      @ForAll boolean semicolons) {
    List<String> lines =
        csv.lines().skip(1).filter(line -> line.split(",", -1).length == 4).toList();
    StringBuilder big = new StringBuilder("id,age,income,town\n");
    for (int i = 0; big.length() < 900_000; i++) {
      String line = lines.isEmpty() ? ",1,2,x" : lines.get(i % lines.size());
      String number = i % 50 == 0 ? "7" : String.valueOf(i);
      boolean plain = line.indexOf('"') < 0 && line.indexOf(0) < 0;
      big.append(number).append(plain ? line : ",20.5,1,other").append('\n');
    }
    String table = semicolons ? big.toString().replace(',', ';') : big.toString();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      RowReader reader =
          RowReader.open(Tables.stream(table), "rows", RowSchema.scoring(List.of(ENCODER)))
              .decodingAhead(pool, ahead);
      assertThat(read(reader)).isEqualTo(scored(table));
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void anErrorWhileDecodingAheadIsTheSameError() {
    String csv = "id,age,income,town\n" + "1,20,1,x\n".repeat(100_000) + "2,20,1,\"y\"z\n";
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      RowReader reader =
          RowReader.open(Tables.stream(csv), "rows", RowSchema.scoring(List.of(ENCODER)))
              .decodingAhead(pool, 3);
      assertThatThrownBy(() -> read(reader))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("rows, line 100002: text after a closing quote");
    } finally {
      pool.shutdown();
    }
  }

  /** Gives a few bytes at a time, as a slow network does. */
  private static final class Slow extends FilterInputStream {
    private final int most;

    Slow(byte[] bytes, int most) {
      super(new ByteArrayInputStream(bytes));
      this.most = most;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return super.read(into, offset, Math.min(length, most));
    }
  }
}
