package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  private static final String[] END = {"\n", "\r\n", "\r"};

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "id,age           # ,",
        "id;age           # ;",
        "id\\tage         # \\t",
        "id|age           # |",
        "id,a|b|c|d,age   # ,", // the known columns count more than the cells
        "\"id\";\"a,b,c,d\";age # ;",
        "\"a;b;c;d\",id,age # ,",
        "\\n \\r\\nid;age # ;",
      })
  void detectsTheSeparatorByTheHeader(String header, String separator) {
    CsvReader table = Records.open(plain(header) + "\n", "id", "age");
    assertThat(table.dialect().separator()).isEqualTo(plain(separator).charAt(0));
    assertThat(table.header()).contains("id", "age");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {"a,b # ,", "a;b # ;", "a\\tb\\tc,d # \\t", "a|b # |", "a # ,", "\"a;b\";c # ;"})
  void detectsTheSeparatorByTheMostCellsWhereNoColumnIsKnown(String header, String separator) {
    assertThat(Records.open(plain(header) + "\n").dialect().separator())
        .isEqualTo(plain(separator).charAt(0));
  }

  @Test
  void aColumnsNameMayHoldTheSeparatorOfOthers() {
    assertThat(Records.open("income;per head,id\n", "income;per head", "id").header())
        .containsExactly("income;per head", "id");
  }

  @Test
  void aQuoteWrittenTwiceInTheHeaderDoesNotCloseTheName() {
    CsvReader table =
        CsvReader.open(
            new ByteArrayInputStream(
                "\"Age \"\"y\"\"\nold\";id\n5;1\n".getBytes(StandardCharsets.UTF_8)),
            "t.csv",
            Set.of("id"));
    assertThat(table.header()).containsExactly("Age \"y\"\nold", "id");
    assertThatThrownBy(
            () ->
                CsvReader.open(
                    new ByteArrayInputStream("\"x\"\"y,z\n1,2\n".getBytes(StandardCharsets.UTF_8)),
                    "t.csv",
                    Set.of("z")))
        .hasMessage("t.csv, line 1: the quote that opens here is never closed");
  }

  @Test
  void aQuoteInTheHeaderThatIsNeverClosedNamesItsLine() {
    assertThatThrownBy(() -> Records.open("\n\"a;b,c\n1,2\n", "a"))
        .isInstanceOf(UserException.class)
        .hasMessage("t.csv, line 2: the quote that opens here is never closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "sep=;\r\n", "SEP=;\r", "\uFEFFsep=;\n", "\uFEFFSep=;\r\n"})
  void aLineThatNamesTheSeparatorSettlesIt(String line) {
    CsvReader table = Records.open(line + "a,b;c\n1,2;3\n", "a", "b");
    assertThat(table.dialect())
        .isEqualTo(new Dialect(';', Dialect.UNKNOWN, line.startsWith("\uFEFF")));
    assertThat(table.header()).containsExactly("a,b", "c");
    assertThat(table.headerLine()).isEqualTo(2);
    assertThat(Records.read(table)).containsExactly(new Records.Found(3, List.of("1,2", "3")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=x\n", "sep=;;\n", "sep=", "sep\n"})
  void anyOtherFirstLineIsTheHeader(String line) {
    assertThat(Records.open(line).headerLine()).isEqualTo(1);
  }

  @Test
  void skipsAByteOrderMarkAlsoBeforeAQuote() {
    CsvReader table = Records.open("\uFEFF\"a\nb\",c\r\n1,2\r\n");
    assertThat(table.dialect()).isEqualTo(new Dialect(',', '.', true));
    assertThat(table.dialect().text()).isEqualTo("separator=comma, decimal=point, byte-order-mark");
    assertThat(table.header()).containsExactly("a\nb", "c");
    assertThat(table.headerLine()).isEqualTo(1);
    assertThat(Records.read(table)).containsExactly(new Records.Found(3, List.of("1", "2")));
  }

  @Test
  void namesADialectInWords() {
    assertThat(new Dialect(';', ',', false).text()).isEqualTo("separator=semicolon, decimal=comma");
    assertThat(new Dialect('\t', '.', false).text()).isEqualTo("separator=tab, decimal=point");
    assertThat(new Dialect('|', '.', false).text()).isEqualTo("separator=pipe, decimal=point");
    assertThat(new Dialect(',', '.', false).withDecimal(','))
        .isEqualTo(new Dialect(',', ',', false));
  }

  @Test
  void comparesNamesTrimmedAndInNfc() {
    assertThat(Records.open("\" gro\u0308ße\t\", b ,,\u2003c\n").header())
        .containsExactly("größe", "b", "", "c");
    assertThat(ColumnName.of("plain_name")).isEqualTo("plain_name");
    assertThat(ColumnName.of(" two words ")).isEqualTo("two words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a,b\n", "a,b\r\n\r\n"})
  void readsAHeaderAlone(String csv) {
    CsvReader table = Records.open(csv);
    assertThat(table.header()).containsExactly("a", "b");
    assertThat(Records.read(table)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\uFEFF", "  \r\n", "sep=,\n"})
  void rejectsATableWithoutAHeader(String csv) {
    assertThatThrownBy(() -> Records.open(csv))
        .isInstanceOf(UserException.class)
        .hasMessage("t.csv is empty: a CSV with a header line is expected");
  }

  @Test
  void findsTheHeaderAfterAChunkOfEmptyLines() {
    CsvReader table = Records.open("\n".repeat(600_000) + "a,b\n1,2\n");
    assertThat(table.header()).containsExactly("a", "b");
    assertThat(table.headerLine()).isEqualTo(600_001);
    assertThat(Records.read(table)).containsExactly(new Records.Found(600_002, List.of("1", "2")));
  }

  @Test
  void rejectsMoreColumnsThanAnyoneMeans() {
    assertThatThrownBy(() -> Records.open("a,".repeat(20_000) + "a\n"))
        .isInstanceOf(UserException.class)
        .hasMessage("t.csv, line 1: more than 16384 columns");
  }

  @Test
  void aHeaderThatIsNotUtf8NamesItsLine() {
    byte[] latin1 = "\ngröße,b\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CsvReader.open(Records.stream(latin1, 9), "t.csv", Set.of()))
        .isInstanceOf(UserException.class)
        .hasMessage("t.csv, line 2: not UTF-8; save the table as CSV in UTF-8");
  }

  @Test
  void readsATableWhoseFirstLineIsARow() {
    CsvReader table =
        CsvReader.withoutHeader(
            Records.stream("\uFEFF1;2\n3;4\n"), "t.csv", List.of(" a", "o\u0308"));
    assertThat(table.header()).containsExactly("a", "ö");
    assertThat(table.headerLine()).isZero();
    assertThat(Records.read(table))
        .containsExactly(
            new Records.Found(1, List.of("1", "2")), new Records.Found(2, List.of("3", "4")));
  }

  @Test
  void aTableWithoutAHeaderHasTheSeparatorThatGivesAsManyCellsAsColumns() {
    CsvReader table =
        CsvReader.withoutHeader(Records.stream("1,5;2,5;3,5\n"), "t.csv", List.of("a", "b", "c"));
    assertThat(table.dialect().separator()).isEqualTo(';');
    assertThat(Records.read(table))
        .containsExactly(new Records.Found(1, List.of("1,5", "2,5", "3,5")));
    CsvReader other = CsvReader.withoutHeader(Records.stream("1;2\n"), "t.csv", List.of("a"));
    assertThat(other.dialect().separator()).isEqualTo(',');
    CsvReader most =
        CsvReader.withoutHeader(
            Records.stream("1,5;2,5;3,5\n"), "t.csv", List.of("a", "b", "c", "d", "e"));
    assertThat(most.dialect().separator()).isEqualTo(',');
  }

  @Property(tries = 1000)
  void readsTheSameWhateverTheChunks(
      @ForAll @IntRange(min = 1, max = 9) int read,
      @ForAll @IntRange(min = 20, max = 80) int chunk,
      @ForAll @IntRange(min = 0, max = 2) int end) {
    String csv = "\n\"a\nb\",\"c\"\"\"\n1,\"x\ny\"\n\n2, z \n3,\"\"".replace("\n", END[end]);
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    CsvReader table = CsvReader.open(Records.chunks(bytes, read, chunk), "t.csv", Set.of());
    assertThat(table.header()).containsExactly("a" + END[end] + "b", "c\"");
    assertThat(table.headerLine()).isEqualTo(2);
    assertThat(Records.read(table))
        .containsExactly(
            new Records.Found(4, List.of("1", "x" + END[end] + "y")),
            new Records.Found(7, List.of("2", "z")),
            new Records.Found(8, List.of("3", "")));
  }

  private static String plain(String text) {
    return text.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r");
  }
}
