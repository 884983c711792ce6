package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as users really send them, each with the expected response. */
class AwkwardUploadsTest {
  private static final String HEADER = "customer,age,income,town,size,member\n";
  private static final String GOOD = HEADER + "c1,40,1234.5,13.0,small,yes\n";

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;

  @BeforeAll
  static void serve() throws Exception {
    server = OffersServer.start(folder, Bounds.of(1, 100), UploadBounds.of(1, 100));
    responses = new Responses(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  static Stream<Arguments> valid() {
    return Stream.of(
        arguments("no line end at the end", GOOD.stripTrailing()),
        arguments("lines ended by CR LF", GOOD.replace("\n", "\r\n")),
        arguments("lines ended by CR, as old Macs did", GOOD.replace("\n", "\r")),
        arguments("empty lines between and after", GOOD.replace("\n", "\n\n\n")),
        arguments("a byte order mark", "\uFEFF" + GOOD),
        arguments("tabs", GOOD.replace(',', '\t')),
        arguments("semicolons and decimal commas", GOOD.replace(',', ';').replace("4.5", "4,5")),
        arguments("semicolons and decimal points", GOOD.replace(',', ';')),
        arguments("a line that states the separator", "sep=;\r\n" + GOOD.replace(',', ';')),
        arguments(
            "every cell in quotes",
            GOOD.stripTrailing().replace(",", "\",\"").replaceAll("(?m)^|$", "\"")),
        arguments(
            "another order of columns",
            "member,size,town,income,age,customer\nyes,small,13.0,1234.5,40,c1\n"),
        arguments(
            "an additional column with commas and line ends",
            HEADER.strip() + ",note\nc1,40,1234.5,13.0,small,yes,\"a, b\nc\"\n"),
        arguments(
            "two additional columns of the same name",
            HEADER.strip() + ",x,x\nc1,40,1234.5,13.0,small,yes,1,2\n"),
        arguments(
            "the label among the columns, even of a third value",
            HEADER.strip() + ",taken\nc1,40,1234.5,13.0,small,yes,perhaps\n"),
        arguments("pipes", GOOD.replace(',', '|')),
        arguments("blanks around cells", GOOD.replace(",", " , ").replace("customer", " customer")),
        arguments("blanks around cells in quotes", GOOD.replace("c1,40,", "\"c1\" , \"40\" ,")),
        arguments(
            "a quote inside an unquoted cell",
            HEADER.strip() + ",note\nc1,40,1234.5,13.0,small,yes,15\" screen\n"),
        arguments(
            "additional columns without a name",
            HEADER.strip() + ",,\nc1,40,1234.5,13.0,small,yes,,\n"),
        arguments("a number with an exponent", GOOD.replace("1234.5", "1.2345e3")),
        arguments(
            "a number with zeros and a plus",
            GOOD.replace("1234.5", "+0001234.500000000000000000000")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void valid(String name, String csv) throws Exception {
    HttpResponse<String> response = upload(csv, StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Responses.tree(response))
        .isEqualTo(Responses.tree(upload(GOOD, StandardCharsets.UTF_8)));
  }

  static Stream<Arguments> invalid() {
    Charset utf8 = StandardCharsets.UTF_8;
    Charset utf16 = StandardCharsets.UTF_16LE;
    Charset latin = StandardCharsets.ISO_8859_1;
    String lines = HEADER + "a,40,1,1.0,small,no\n";
    return Stream.of(
        arguments("nothing at all", "", utf8, "is empty"),
        arguments("only a byte order mark", "\uFEFF", utf8, "is empty"),
        arguments("empty lines only", "\n\n\n", utf8, "is empty"),
        arguments("a header alone", HEADER, utf8, "has a header and no rows"),
        arguments(
            "rows without a header",
            "c1,40,1,1.0,small,no\n",
            utf8,
            "line 1: there is no header: the first line is a row (c1, 40, 1, …)"),
        arguments(
            "a broken ZIP",
            "PK\u0003\u0004\u0014",
            latin,
            "is damaged or incomplete: it cannot be"),
        arguments(
            "a broken gzip", "\u001F\u008B\b\0", latin, "is damaged or incomplete: it cannot be"),
        arguments("an old workbook", "\u00D0\u00CF\u0011\u00E0\0", latin, "is an Excel workbook"),
        arguments("a Parquet file", "PAR1\u0015\0", latin, "is a Parquet file"),
        arguments("a PDF", "%PDF-1.7\n", latin, "is a PDF"),
        arguments("bzip2 data", "BZh91AY&SY\u0001", latin, "is compressed by bzip2"),
        arguments("Zstandard data", "\u0028\u00B5\u002F\u00FD\0", latin, "by Zstandard"),
        arguments("an HTML page", "\n<!DOCTYPE html><p>sign in", latin, "is an HTML page"),
        arguments("a picture", "\u0089PNG\r\n\u001A\n\0\0", latin, "is a binary file, not a CSV"),
        arguments("UTF-16 without a mark, as \"Unicode text\"", GOOD, utf16, "UTF-16"),
        arguments("UTF-16 with its mark", "\uFEFF" + GOOD, utf16, "UTF-16"),
        arguments(
            "Latin-1, as Excel saves in the West",
            HEADER + "Zoë,40,1,1.0,small,no\n",
            latin,
            "not UTF-8"),
        arguments("a misspelt column", GOOD.replace("income", "incme"), utf8, "there is 'incme'"),
        arguments("columns in capitals", GOOD.replace("age", "AGE"), utf8, "there is 'AGE'"),
        arguments(
            "a column twice",
            "age," + HEADER + "1,c1,40,1,1.0,small,no\n",
            utf8,
            "duplicate column"),
        arguments(
            "a row with one cell too few",
            lines + "b,40,1,1.0,small\n",
            utf8,
            "\"line\":3,\"column\":\"the row\",\"value\":\"b,40,…\",\"rule\":\"5 cells"),
        arguments(
            "a row with one cell too many, a decimal comma",
            lines + "b,40,1,5,1.0,small,no\n",
            utf8,
            "7 cells where the header has 6"),
        arguments(
            "no identifier in a row",
            lines + ",40,1,1.0,small,no\n",
            utf8,
            "identifier is missing"),
        arguments(
            "rows of separators only, as spreadsheets write them",
            lines + ",,,,,\n",
            utf8,
            "\"count\":3"),
        arguments("an empty number", HEADER + "a,40,,1.0,small,no\n", utf8, "value is missing"),
        arguments(
            "a blank for a number", HEADER + "a,40, ,1.0,small,no\n", utf8, "value is missing"),
        arguments("an infinity", HEADER + "a,40,inf,1.0,small,no\n", utf8, "not a finite number"),
        arguments("NaN", HEADER + "a,NaN,1,1.0,small,no\n", utf8, "not a finite number"),
        arguments(
            "a number that overflows float32",
            HEADER + "a,40,1e39,1.0,small,no\n",
            utf8,
            "above float32's range"),
        arguments(
            "a spreadsheet's error", HEADER + "a,40,#DIV/0!,1.0,small,no\n", utf8, "not a number"),
        arguments(
            "thousands separators",
            HEADER + "a,40,\"1,234.50\",1.0,small,no\n",
            utf8,
            "\"value\":\"1,234.50\",\"rule\":\"not a number; write numbers without thousands"),
        arguments(
            "a currency",
            HEADER + "a,40,€ 12,1.0,small,no\n",
            utf8,
            "write it without the currency"),
        arguments("a percent sign", HEADER + "a,40,12 %,1.0,small,no\n", utf8, "the percent sign"),
        arguments(
            "a decimal comma between commas",
            HEADER + "a,40,\"12,5\",1.0,small,no\n",
            utf8,
            "for decimal commas separate the cells by ';'"),
        arguments("NA", HEADER + "a,40,NA,1.0,small,no\n", utf8, "list it in missing_values"),
        arguments(
            "Arabic digits",
            HEADER + "a,٤٠,1,1.0,small,no\n",
            utf8,
            "not a number; write it with the digits 0 to 9"),
        arguments(
            "true for yes", HEADER + "a,40,1,1.0,small,true\n", utf8, "must be one of no, yes"),
        arguments(
            "a list's word in capitals",
            HEADER + "a,40,1,1.0,SMALL,no\n",
            utf8,
            "must be one of small, medium, large"),
        arguments(
            "a quote that is never closed",
            lines + "\"b,40,1,1.0,small,no\n",
            utf8,
            "line 3: the quote that opens here is never closed"),
        arguments(
            "text after a closing quote",
            lines + "\"b\"x,40,1,1.0,small,no\n",
            utf8,
            "text after a closing quote"),
        arguments(
            "a very long cell",
            HEADER + "a,40,1,1.0,small," + "x".repeat(200_000) + "\n",
            utf8,
            "\"value\":\"" + "x".repeat(60) + "…\",\"rule\":\"must be one of no, yes"),
        arguments(
            "a cell that is too long",
            HEADER + "a,40,1,1.0,small," + "x".repeat(300_000) + "\n",
            utf8,
            "data_file, line 2: a cell of more than 256 KiB"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void invalid(String name, String csv, Charset charset, String said) throws Exception {
    HttpResponse<String> response = upload(csv, charset);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(response.body()).contains(said);
    JsonNode problem = Responses.tree(response);
    assertThat(problem.get("detail").asText()).doesNotContain("\n", "Exception");
    assertThat(problem.has("errors")).isEqualTo(problem.has("count"));
  }

  private static HttpResponse<String> upload(String csv, Charset charset) throws Exception {
    return responses.upload(csv.getBytes(charset));
  }
}
