package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.Slot;
import dev.propensity.tasks.serve.model.State;
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

/** Files as people really send them, each with the answer that a careful API gives. */
class AwkwardUploadsTest {
  private static final String HEADER = "customer,age,income,town,size,member\n";
  private static final String GOOD = HEADER + "c1,40,1234.5,13.0,small,yes\n";

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Answers answers;

  @BeforeAll
  static void serve() throws Exception {
    State state =
        State.waiting("").swapped(0, ModelLoader.load(Offers.train(folder, 1)), null, null);
    server =
        new EndpointServer(
            new Slot(state), ServerSettings.local(Bounds.of(1, 100), UploadBounds.of(1, 100)));
    server.start();
    answers = new Answers(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  static Stream<Arguments> good() {
    return Stream.of(
        arguments("no line end at the end", GOOD.stripTrailing()),
        arguments("lines ended by CR LF", GOOD.replace("\n", "\r\n")),
        arguments("lines ended by CR, as old Macs did", GOOD.replace("\n", "\r")),
        arguments("empty lines between and after", GOOD.replace("\n", "\n\n\n")),
        arguments("a byte order mark", "\uFEFF" + GOOD),
        arguments("tabs", GOOD.replace(',', '\t')),
        arguments("semicolons and decimal commas", GOOD.replace(',', ';').replace("4.5", "4,5")),
        arguments("semicolons and decimal points", GOOD.replace(',', ';')),
        arguments("a line that names the separator", "sep=;\r\n" + GOOD.replace(',', ';')),
        arguments(
            "every cell in quotes",
            GOOD.stripTrailing().replace(",", "\",\"").replaceAll("(?m)^|$", "\"")),
        arguments(
            "another order of columns",
            "member,size,town,income,age,customer\nyes,small,13.0,1234.5,40,c1\n"),
        arguments(
            "a column more, with commas and line ends in it",
            HEADER.strip() + ",note\nc1,40,1234.5,13.0,small,yes,\"a, b\nc\"\n"),
        arguments(
            "two more columns of one name",
            HEADER.strip() + ",x,x\nc1,40,1234.5,13.0,small,yes,1,2\n"),
        arguments(
            "the label among the columns, even of a third value",
            HEADER.strip() + ",taken\nc1,40,1234.5,13.0,small,yes,perhaps\n"),
        arguments("a number with an exponent", GOOD.replace("1234.5", "1.2345e3")),
        arguments(
            "a number with zeros and a plus",
            GOOD.replace("1234.5", "+0001234.500000000000000000000")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void good(String name, String csv) throws Exception {
    HttpResponse<String> response = upload(csv, StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Answers.tree(response))
        .isEqualTo(Answers.tree(upload(GOOD, StandardCharsets.UTF_8)));
  }

  static Stream<Arguments> bad() {
    Charset utf8 = StandardCharsets.UTF_8;
    Charset utf16 = StandardCharsets.UTF_16LE;
    Charset latin = StandardCharsets.ISO_8859_1;
    String lines = HEADER + "a,40,1,1.0,small,no\n";
    return Stream.of(
        arguments("nothing at all", "", utf8, "is empty"),
        arguments("a byte order mark and nothing more", "\uFEFF", utf8, "is empty"),
        arguments("empty lines only", "\n\n\n", utf8, "is empty"),
        arguments("a header alone", HEADER, utf8, "has a header and no rows"),
        arguments("rows without a header", "c1,40,1,1.0,small,no\n", utf8, "column\":\"income\""),
        arguments("a workbook", "PK\u0003\u0004\u0014", latin, "is a workbook"),
        arguments("what gzip made", "\u001F\u008B\b\0", latin, "compressed by gzip"),
        arguments("a picture", "\u0089PNG\r\n\u001A\n\0\0", latin, "is no text"),
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
            "a column twice", "age," + HEADER + "1,c1,40,1,1.0,small,no\n", utf8, "is doubled"),
        arguments(
            "a row with a cell too few",
            lines + "b,40,1,1.0,small\n",
            utf8,
            "\"line\":3,\"column\":\"the row\",\"value\":\"\",\"rule\":\"5 cells"),
        arguments(
            "a row with a cell too many, a decimal comma",
            lines + "b,40,1,5,1.0,small,no\n",
            utf8,
            "7 cells where the header has 6"),
        arguments(
            "an identifier twice",
            lines + "b,40,1,1.0,small,no\na,41,1,1.0,small,no\n",
            utf8,
            "stands already on line 2"),
        arguments(
            "no identifier in a row",
            lines + ",40,1,1.0,small,no\n",
            utf8,
            "an identifier must stand here"),
        arguments(
            "rows of separators only, as spreadsheets leave",
            lines + ",,,,,\n",
            utf8,
            "\"count\":3"),
        arguments(
            "an empty number", HEADER + "a,40,,1.0,small,no\n", utf8, "a value must stand here"),
        arguments("a blank for a number", HEADER + "a,40, ,1.0,small,no\n", utf8, "not a number"),
        arguments("an infinity", HEADER + "a,40,inf,1.0,small,no\n", utf8, "not a finite number"),
        arguments("NaN", HEADER + "a,NaN,1,1.0,small,no\n", utf8, "not a finite number"),
        arguments(
            "what overflows float32",
            HEADER + "a,40,1e39,1.0,small,no\n",
            utf8,
            "above float32's range"),
        arguments(
            "a spreadsheet's error", HEADER + "a,40,#DIV/0!,1.0,small,no\n", utf8, "not a number"),
        arguments(
            "thousands set apart",
            HEADER + "a,40,\"1,234.50\",1.0,small,no\n",
            utf8,
            "\"value\":\"1,234.50\",\"rule\":\"not a number\""),
        arguments("Arabic digits", HEADER + "a,٤٠,1,1.0,small,no\n", utf8, "not a number"),
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
            "a quote that is not closed"),
        arguments(
            "text after a closing quote",
            lines + "\"b\"x,40,1,1.0,small,no\n",
            utf8,
            "text after a closing quote"),
        arguments(
            "a cell without end",
            HEADER + "a,40,1,1.0,small," + "x".repeat(300_000) + "\n",
            utf8,
            "a cell longer than"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void bad(String name, String csv, Charset charset, String said) throws Exception {
    HttpResponse<String> response = upload(csv, charset);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(response.body()).contains(said);
    JsonNode problem = Answers.tree(response);
    assertThat(problem.get("detail").asText()).doesNotContain("\n", "Exception");
    assertThat(problem.has("errors")).isEqualTo(problem.has("count"));
  }

  private static HttpResponse<String> upload(String csv, Charset charset) throws Exception {
    return answers.upload(csv.getBytes(charset));
  }
}
