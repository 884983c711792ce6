package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import dev.propensity.foundation.UserException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the tokenizer with FastCSV, for any chunks and reads. */
class CsvCellsTest {
  /** Records up to the first error, and whether there was one. */
  private record ReadResult(List<Records.Found> records, boolean rejected) {}

  private static ReadResult ours(String csv, char separator, int read, int chunk) {
    List<Records.Found> found = new ArrayList<>();
    try {
      byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
      Records.read(Records.chunks(bytes, read, chunk), separator, found);
      return new ReadResult(found, false);
    } catch (UserException e) {
      assertThat(e).hasMessageStartingWith("t.csv, line ");
      return new ReadResult(found, true);
    }
  }

  /** FastCSV, with the intended differences: blanks around cells, and lines of blanks. */
  private static ReadResult oracle(String csv, char separator) {
    FieldModifier marked =
        new FieldModifier() {
          @Override
          public String modify(long line, int field, boolean quoted, String text) {
            return quoted ? "Q" + text : "U" + trimmed(text, separator);
          }
        };
    List<Records.Found> found = new ArrayList<>();
    try (var reader =
        de.siegmar.fastcsv.reader.CsvReader.builder()
            .fieldSeparator(separator)
            .trimWhitespacesAroundQuotes(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
            .build(CsvRecordHandler.builder().fieldModifier(marked).build(), csv)) {
      for (CsvRecord record : reader) {
        if (!record.getFields().equals(List.of("U"))) {
          found.add(
              new Records.Found(
                  record.getStartingLineNumber(),
                  record.getFields().stream().map(text -> text.substring(1)).toList()));
        }
      }
      return new ReadResult(found, false);
    } catch (CsvParseException e) {
      return new ReadResult(found, true);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String trimmed(String text, char separator) {
    int from = 0;
    int to = text.length();
    while (from < to && CsvCells.isBlank((byte) text.charAt(from), (byte) separator)) {
      from++;
    }
    while (to > from && CsvCells.isBlank((byte) text.charAt(to - 1), (byte) separator)) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Tables as RFC 4180 has them. */
  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cell = Arbitraries.strings().withChars("ab1.-, ;\t|\"\r\nüß東").ofMaxLength(8);
    return Arbitraries.oneOf(cell, Arbitraries.of("😀", "𝒳\"\n"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 1500)
  void readsTheCellsOfATableByRfc4180(
      @ForAll("tables") List<List<String>> table,
      @ForAll("ends") String end,
      @ForAll boolean endsLast,
      @ForAll("separators") char separator,
      @ForAll @IntRange(min = 1, max = 30) int read,
      @ForAll @IntRange(min = 1, max = 60) int chunk) {
    String csv =
        table.stream()
            .map(
                record ->
                    record.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(String.valueOf(separator))))
            .collect(Collectors.joining(end));
    ReadResult outcome = ours(csv + (endsLast ? end : ""), separator, read, chunk);
    assertThat(outcome.rejected()).isFalse();
    assertThat(Records.cells(outcome.records())).isEqualTo(table);
  }

  @Provide
  Arbitrary<String> ends() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }

  @Provide
  Arbitrary<Character> separators() {
    return Arbitraries.of(Dialect.SEPARATORS);
  }

  /** Any text of the characters that count. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.of(",", ";", "\t", "|")),
            net.jqwik.api.Tuple.of(5, Arbitraries.of("\n", "\r\n", "\r")),
            net.jqwik.api.Tuple.of(4, Arbitraries.of("\"", "\"\"")),
            net.jqwik.api.Tuple.of(3, Arbitraries.of(" ", "\t", "  ")),
            net.jqwik.api.Tuple.of(
                6, Arbitraries.of("a", "12", "-3.5", "ü", "😀", "\"x\"", "\"a\nb\"", "\" q \"")));
    return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 10_000)
  void givesWhatFastCsvGivesForAnyText(
      @ForAll("texts") String csv,
      @ForAll("separators") char separator,
      @ForAll @IntRange(min = 1, max = 20) int read,
      @ForAll @IntRange(min = 1, max = 50) int chunk) {
    assertThat(ours(csv, separator, read, chunk)).isEqualTo(oracle(csv, separator));
  }

  @Property(tries = 3000)
  void whateverArrivesIsReadOrRejectedWhateverTheChunks(
      @ForAll byte[] noise,
      @ForAll("texts") String csv,
      @ForAll @IntRange(min = 0, max = 200) int at,
      @ForAll @IntRange(min = 1, max = 50) int chunk) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    int place = Math.min(at, bytes.length);
    byte[] all = Arrays.copyOf(bytes, bytes.length + noise.length);
    System.arraycopy(noise, 0, all, place, noise.length);
    System.arraycopy(bytes, place, all, place + noise.length, bytes.length - place);
    assertThat(verdict(all, 7, chunk)).isEqualTo(verdict(all, 1 << 16, 1 << 16));
  }

  private static List<Records.Found> verdict(byte[] bytes, int read, int chunk) {
    try {
      return Records.read(Records.chunks(bytes, read, chunk), ',');
    } catch (UserException e) {
      return List.of(new Records.Found(-1, List.of("rejected")));
    }
  }

  @Property(tries = 3000)
  void aPlainNumberIsTheDoubleNearestToItsText(
      @ForAll double number,
      @ForAll @IntRange(min = 0, max = 12) int decimals,
      @ForAll boolean comma) {
    String text =
        new BigDecimal(Double.isFinite(number) ? number % 1e9 : 1)
            .setScale(decimals, RoundingMode.HALF_UP)
            .toPlainString();
    CsvCells cells = cells(comma ? text.replace('.', ',') : text, ';');
    long digits = text.chars().filter(Character::isDigit).count();
    assertThat(cells.number((byte) (comma ? ',' : '.'))).isEqualTo(digits <= 15);
    if (digits <= 15) {
      assertThat(cells.number()).isEqualTo(Double.parseDouble(text));
      assertThat(cells.endsRecord()).isTrue();
    } else {
      cells.cell(); // nothing was read before
      assertThat(text(cells)).isEqualTo(comma ? text.replace('.', ',') : text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1", "1.5", "-.5", "7.", "007", "123456789012345", "-0", "0.1"})
  void readsPlainNumbersWithoutTheirText(String text) {
    CsvCells cells = cells(text + ",x", ',');
    assertThat(cells.number((byte) '.')).isTrue();
    assertThat(cells.number()).isEqualTo(Double.parseDouble(text));
    assertThat(text(cells)).isEqualTo(text);
    assertThat(cells.endsRecord()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "+1",
        "1e5",
        "1.2.3",
        "1 ",
        " 1",
        "\"1\"",
        "x",
        "1,5",
        "NaN",
        "--1",
        "1f",
        "1234567890123456",
        "0.1234567890123456",
        "999999999999999999999999999999",
        "٣"
      })
  void leavesEveryOtherTextToTheColumnsReader(String text) {
    CsvCells cells = cells(text, ';');
    assertThat(cells.number((byte) '.')).isFalse();
    cells.cell();
    assertThat(cells.endsRecord()).isTrue();
  }

  /** Where the sign is not detected yet, only whole numbers are plain. */
  @Test
  void anUnknownDecimalSignEndsNoNumber() {
    assertThat(cells("1.5", ';').number((byte) 0)).isFalse();
    assertThat(cells("1,5", ';').number((byte) 0)).isFalse();
    assertThat(cells("15", ';').number((byte) 0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "15\" screen, a\"b ,\"c\"#15\" screen|a\"b|c",
        "  a , b\tc,\t\"d\" ,e#a|b\tc|d|e",
        "\" kept \",\"\",  ,\"x\"\"y\"# kept |||x\"y",
      })
  void trimsBlanksAndKeepsQuotesWithinUnquotedCells(String record, String cells) {
    assertThat(Records.cells(Records.read(chunks(record), ',')))
        .containsExactly(List.of(cells.split("\\|", -1)));
  }

  @Test
  void aTabSeparatesAndIsNoBlankWhereTabsSeparate() {
    assertThat(Records.cells(Records.read(chunks(" a\t\t b \t\"c\" \n\t\n"), '\t')))
        .containsExactly(List.of("a", "", "b", "c"), List.of("", ""));
  }

  @Test
  void skipsEmptyLinesAndLinesOfBlanks() {
    assertThat(Records.read(chunks("\n\r\na\r\r  \n\t\nb\n\"\"\n"), ','))
        .containsExactly(
            new Records.Found(3, List.of("a")),
            new Records.Found(7, List.of("b")),
            new Records.Found(8, List.of("")));
  }

  @Test
  void countsLinesAfterCellsThatHoldLineEnds() {
    assertThat(Records.read(chunks("a,\"1\n2\r\n3\r4\"\nb,\"\n\"\nc,x\n"), ','))
        .extracting(Records.Found::line)
        .containsExactly(1L, 5L, 7L);
  }

  @Test
  void textAfterAClosingQuoteNamesItsLineAndWhereTheQuoteOpens() {
    assertThatThrownBy(() -> Records.read(chunks("a\nb,\"c\"x\n"), ','))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "t.csv, line 2: text after a closing quote; within a quoted cell, write a quote twice");
    assertThatThrownBy(() -> Records.read(chunks("a\nb,\"c\n\nd\" x\n"), ','))
        .hasMessage(
            "t.csv, line 4: text after a closing quote (it opens on line 2); within a quoted cell,"
                + " write a quote twice");
  }

  @Test
  void bytesThatAreNotUtf8NameTheirLine() {
    byte[] latin1 = "a\n\"b\nc\"\nJörg\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Records.read(Records.chunks(latin1, 3, 5), ','))
        .isInstanceOf(UserException.class)
        .hasMessage("t.csv, line 4: not UTF-8; save the table as CSV in UTF-8");
    byte[] cut = {'a', '\n', (byte) 0xE6, (byte) 0x9D, '\n'};
    assertThatThrownBy(() -> Records.read(Records.chunks(cut, 9, 9), ','))
        .hasMessageStartingWith("t.csv, line 2: not UTF-8");
  }

  @Test
  void readsARecordOfAChunkAgain() {
    CsvChunks chunks = chunks("a,b\n\n\"c\nd\",e\nf,g\n");
    CsvChunk chunk = chunks.next();
    CsvCells cells = new CsvCells("t.csv", ',');
    cells.open(chunk);
    List<Integer> starts = new ArrayList<>();
    while (cells.nextRecord()) {
      starts.add(cells.recordStart());
      while (!cells.endsRecord()) {
        cells.cell();
      }
    }
    assertThat(starts).hasSize(3);
    CsvCells again = new CsvCells("t.csv", ',');
    again.openRecord(chunk, starts.get(1));
    again.cell();
    assertThat(text(again)).isEqualTo("c\nd");
    again.cell();
    assertThat(text(again)).isEqualTo("e");
    assertThat(again.endsRecord()).isTrue();
  }

  @Test
  void aCellMayBeLongerThanItsBuffers() {
    String quotes = "\"\"".repeat(5_000);
    String text = "ü".repeat(5_000);
    assertThat(Records.cells(Records.read(chunks('"' + quotes + "\"," + text), ',')))
        .containsExactly(List.of("\"".repeat(5_000), text));
  }

  private static CsvChunks chunks(String csv) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return Records.chunks(bytes, bytes.length, bytes.length + 1);
  }

  private static CsvCells cells(String record, char separator) {
    CsvChunks chunks = chunks(record + (record.isEmpty() ? separator + "\n" : "\n"));
    chunks.separator(separator);
    CsvCells cells = new CsvCells("t.csv", separator);
    cells.open(chunks.next());
    assertThat(cells.nextRecord()).isTrue();
    if (record.isEmpty()) {
      cells.cell();
    }
    return cells;
  }

  private static String text(CsvCells cells) {
    CellText text = new CellText("t.csv");
    text.set(cells);
    return text.string();
  }
}
