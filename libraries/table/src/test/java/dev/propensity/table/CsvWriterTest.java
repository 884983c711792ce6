package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "two words", "semi;colon", "Zoë", "𝒳", "tab\tbed"})
  void writesACellAsItIsWhereItNeedsNoQuotes(String text) {
    assertThat(bytes(text)).isEqualTo(text);
    assertThat(record(text)).isEqualTo(text + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {"a,b|\"a,b\"", "\"|\"\"\"\"", "say \"ä\"|\"say \"\"ä\"\"\"", "\",\"|\"\"\",\"\"\""})
  void quotesACellWithItsOwnQuotesTwice(String text, String quoted) {
    assertThat(bytes(text)).isEqualTo(quoted);
    assertThat(record(text)).isEqualTo(quoted + "\n");
  }

  /** Readers leave out blanks around cells without quotes. */
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "\r\n", " with spaces ", " a", "a ", "\ta", " "})
  void quotesACellWithALineEndOrWithBlanksAround(String text) {
    assertThat(bytes(text)).isEqualTo('"' + text + '"');
    assertThat(record(text)).isEqualTo('"' + text + "\"\n");
  }

  @Test
  void aRecordOfOneEmptyCellIsNoEmptyLine() {
    assertThat(record("")).isEqualTo("\"\"\n");
    assertThat(record("", "")).isEqualTo(",\n");
    assertThat(bytes("")).isEmpty();
  }

  @Test
  void mayBeLongerThanTheBufferOfAFile() throws IOException {
    String quotes = "\"".repeat(100_000);
    String expected = "x".repeat(30_000) + ",\"" + quotes + quotes + "\",y\n";
    assertThat(record("x".repeat(30_000), quotes, "y")).isEqualTo(expected);
    Path file = folder.resolve("t.csv");
    try (CsvWriter out = new CsvWriter(file)) {
      out.record(List.of("x".repeat(30_000), quotes, "y"));
      CsvWriter more = new CsvWriter(0);
      more.record(List.of("a", "b, c"));
      out.append(more);
      out.cell("last").end();
    }
    assertThat(Files.readString(file)).isEqualTo(expected + "a,\"b, c\"\nlast\n");
  }

  @Test
  void whatIsInMemoryNeedsNoClosing() {
    CsvWriter out = new CsvWriter(1);
    out.cell("a").cell("ü").end();
    out.close();
    assertThat(out.text()).isEqualTo("a,ü\n");
    assertThat(new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8))
        .isEqualTo(out.text());
  }

  @Test
  void closesAFileAgainWithoutError() throws IOException {
    CsvWriter out = new CsvWriter(folder.resolve("t.csv"));
    out.record(List.of("a"));
    out.close();
    out.close();
    assertThat(Files.readString(folder.resolve("t.csv"))).isEqualTo("a\n");
  }

  @Test
  void errorsOfTheDiskAreNotHidden() {
    assertThatThrownBy(() -> new CsvWriter(folder.resolve("no/such/folder.csv")))
        .isInstanceOf(UncheckedIOException.class);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    CsvWriter out = new CsvWriter(full);
    out.record(List.of("a"));
    assertThatThrownBy(out::flush).hasMessageContaining("no space left");
    assertThatThrownBy(out::close).hasMessageContaining("no space left");
    CsvWriter memory = new CsvWriter(9);
    memory.record(List.of("a"));
    assertThatThrownBy(() -> new CsvWriter(full).append(memory))
        .hasMessageContaining("no space left");
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> any =
        Arbitraries.strings().ofMaxLength(5).map(text -> valid(text.replace("\0", "")));
    Arbitrary<String> awkward =
        Arbitraries.strings().withChars("a,;|\t \"\r\nü\u00A0").ofMaxLength(6);
    return Arbitraries.oneOf(any, awkward)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .list()
        .ofMinSize(1)
        .ofMaxSize(10);
  }

  /** Without half surrogate pairs, which UTF-8 does not have. */
  private static String valid(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Property(tries = 3000)
  void theReaderReadsWhatWasWritten(@ForAll("tables") List<List<String>> table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CsvWriter out = new CsvWriter(bytes);
    out.record(List.of("first", "second"));
    table.forEach(out::record);
    out.flush();
    CsvReader reader =
        CsvReader.open(Records.stream(bytes.toByteArray(), 99), "t.csv", Set.of("first"));
    assertThat(Records.cells(Records.read(reader))).isEqualTo(table);
  }

  private static String bytes(String text) {
    byte[] utf8 = (" " + text + ",").getBytes(StandardCharsets.UTF_8);
    byte[] into = new byte[2 * utf8.length + 3];
    int end = CellQuoting.write(utf8, 1, utf8.length - 1, into, 1);
    return new String(into, 1, end - 1, StandardCharsets.UTF_8);
  }

  private static String record(String... cells) {
    CsvWriter memory = new CsvWriter(0);
    memory.record(List.of(cells));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CsvWriter out = new CsvWriter(bytes);
    out.record(new ArrayList<>(List.of(cells)));
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(memory.text());
    return memory.text();
  }
}
