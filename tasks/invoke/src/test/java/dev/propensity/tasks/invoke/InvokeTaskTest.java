package dev.propensity.tasks.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.option.Endpoints;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.model.Offers;
import dev.propensity.storage.S3Server;
import dev.propensity.table.CsvReader;
import dev.propensity.table.SourceFormat;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InvokeTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir static Path models;
  private static RunningServer server;

  @TempDir Path folder;

  @BeforeAll
  static void serve() throws Exception {
    Releases releases = new Releases(S3.store(), "offers", models);
    releases.release(releases.model(1));
    server = new RunningServer(S3.environment(), "--name", "offers");
    server.answering(1);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void theHelpIsUnchanged() throws Exception {
    HelpText.assertUnchanged(new InvokeTask());
  }

  @Test
  void writesTheScoreOfEachRowInTheTablesOrder() throws Exception {
    String csv = Offers.plainCsv(2_500, 7);
    TaskRun invoked =
        invoke(Files.writeString(folder.resolve("rows.csv"), csv).toString()).succeeded();
    assertThat(invoked.reason())
        .startsWith("2,500 rows scored by offers/1@")
        .contains(" of " + server.responses().address() + ", ")
        .contains("of them selected; WARNING: town: ")
        .endsWith("of the rows have an unseen category");
    List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
    assertThat(lines).hasSize(2_501).first().isEqualTo("id,score,label");
    assertThat(lines.subList(1, lines.size())).isEqualTo(answered(csv).lines().skip(1).toList());
  }

  @Test
  void scoresAParquetFileAndNamesItsRows() throws Exception {
    Path files = Path.of("../../libraries/parquet/src/test/resources/files");
    invoke(files.resolve("two-offers.parquet").toString()).succeeded();
    String csv =
        """
        customer,age,income,town,size,member
        c1,40,1.5,"two
        lines",small,no
        c2,50,2.0,3.0,small,no
        """;
    assertThat(Files.readString(folder.resolve("scores.csv"))).isEqualTo(answered(csv));
    Path invalid = files.resolve("offers.parquet");
    assertThat(invoke(invalid.toString()).rejected())
        .isEqualTo(invalid + ": 1 error\nrow 3, age is 'young': not a number");
    assertThat(invoke(files.resolve("int96.parquet").toString()).rejected())
        .startsWith(files.resolve("int96.parquet") + ": missing columns: ");
  }

  @Test
  void countsTheRowsOfATableWithoutIdentifiers() throws Exception {
    StringBuilder csv = new StringBuilder();
    Offers.plainCsv(1_500, 7)
        .lines()
        .forEach(l -> csv.append(l.substring(l.indexOf(',') + 1)).append('\n'));
    TaskRun invoked =
        invoke(Files.writeString(folder.resolve("rows.csv"), csv).toString()).succeeded();
    List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
    for (int row = 1; row <= 1_500; row++) {
      assertThat(lines.get(row)).startsWith(row + ",");
    }
  }

  @Test
  void namesTheLineOfARowThatTheModelRejects() throws Exception {
    List<String> lines = new java.util.ArrayList<>(Offers.plainCsv(1_200, 7).lines().toList());
    lines.set(1_100, lines.get(1_100).replaceFirst(",[^,]*,", ",young,"));
    TaskRun invoked = invoke(Files.write(folder.resolve("rows.csv"), lines).toString());
    assertThat(invoked.rejected())
        .isEqualTo(
            folder.resolve("rows.csv") + ": 1 error\nline 1101, age is 'young': not a number");
    assertThat(folder.resolve("scores.csv")).doesNotExist();
  }

  @Test
  void namesTheFirstTenErrorsAndTheCountOfAll() throws Exception {
    List<String> lines = new java.util.ArrayList<>(Offers.plainCsv(2_500, 7).lines().toList());
    for (int line : new int[] {2, 3, 999, 1_500, 2_400}) {
      lines.set(line - 1, lines.get(line - 1).replaceFirst(",[^,]*,", ",young,"));
    }
    TaskRun invoked = invoke(Files.write(folder.resolve("rows.csv"), lines).toString());
    String where = folder.resolve("rows.csv").toString();
    assertThat(invoked.rejected().lines())
        .containsExactly(
            where + ": 5 errors",
            "line 2, age is 'young': not a number",
            "line 3, age is 'young': not a number",
            "line 999, age is 'young': not a number",
            "line 1500, age is 'young': not a number",
            "line 2400, age is 'young': not a number");
    for (int line = 100; line < 200; line++) {
      lines.set(line, lines.get(line).replaceFirst(",[^,]*,", ",old,"));
    }
    invoked = invoke(Files.write(folder.resolve("rows.csv"), lines).toString());
    assertThat(invoked.reason().lines())
        .hasSize(12)
        .startsWith(where + ": 105 errors")
        .endsWith("and 95 more");
    assertThat(folder.resolve("scores.csv")).doesNotExist();
  }

  @Test
  void countsUnseenCategoriesWithTheirLookAlikesAndDuplicatesOfAllRequests() throws Exception {
    StringBuilder csv = new StringBuilder("customer,age,income,town,size,member\n");
    for (int row = 0; row < 3_000; row++) {
      String town = row < 2 || row >= 2_700 ? "\uFF13.0" : "3.0";
      csv.append("c").append(row % 2_701).append(",40,1,").append(town).append(",small,no\n");
    }
    Endpoints endpoints =
        new Endpoints(name -> Optional.ofNullable(S3.environment().get(name)), S3::store);
    try (Endpoint endpoint = endpoints.of(server.responses().address(), "");
        ScoresFile scores = ScoresFile.to(line -> {})) {
      BatchScorer scorer = new BatchScorer(endpoint, scores, SourceFormat.CSV);
      byte[] table = csv.toString().getBytes(StandardCharsets.UTF_8);
      scorer.score(CsvReader.open(new ByteArrayInputStream(table), "rows.csv", Set.of()));
      assertThat(scorer.scored().notes())
          .containsExactly(
              "299 rows have a duplicate identifier",
              "town: 302 of 3,000 rows have an unseen category ('\uFF13.0' looks like '3.0')");
      assertThat(scorer.scored().warnings())
          .containsExactly(
              "town: 10.1% of the rows have an unseen category ('\uFF13.0' looks like '3.0')");
    }
    TaskRun invoked = invoke(Files.writeString(folder.resolve("rows.csv"), csv).toString());
    assertThat(invoked.reason())
        .endsWith(
            " of them selected; WARNING: town: 10.1% of the rows have an unseen category ('\uFF13.0' looks like '3.0')");
  }

  @Test
  void othersMayReadTheScoresAsTheUsersUmaskAllows() throws Exception {
    Path other = Files.writeString(folder.resolve("other.csv"), "");
    Path rows = Files.writeString(folder.resolve("rows.csv"), Offers.plainCsv(1, 7));
    invoke(rows.toString()).succeeded();
    assertThat(Files.getPosixFilePermissions(folder.resolve("scores.csv")))
        .isEqualTo(Files.getPosixFilePermissions(other));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void reportsInOneLineThatNoModelIsLive() throws Exception {
    Endpoints endpoints =
        new Endpoints(name -> Optional.ofNullable(S3.environment().get(name)), S3::store);
    try (RunningServer empty = new RunningServer(S3.environment(), "--name", "others");
        Endpoint endpoint = endpoints.of(empty.responses().address(), "")) {
      empty.model(model -> model.path("waiting").asText().contains("has been released yet"));
      assertThatThrownBy(() -> endpoint.scoreCsv(new byte[] {'a'}, null))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              endpoint + "/invocations returned 503: no model of others has been released yet");
    }
  }

  @Test
  void writesNoScoresFromTheFirstRejectedRowOn() throws Exception {
    List<String> lines = new java.util.ArrayList<>(Offers.plainCsv(30_000, 7).lines().toList());
    lines.set(15_000, lines.get(15_000).replaceFirst(",[^,]*,", ",young,"));
    byte[] table = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    List<String> written = new java.util.ArrayList<>();
    Endpoints endpoints =
        new Endpoints(name -> Optional.ofNullable(S3.environment().get(name)), S3::store);
    try (Endpoint endpoint = endpoints.of(server.responses().address(), "");
        ScoresFile scores = ScoresFile.to(written::add)) {
      BatchScorer scorer = new BatchScorer(endpoint, scores, SourceFormat.CSV);
      CsvReader rows = CsvReader.open(new ByteArrayInputStream(table), "rows.csv", Set.of());
      assertThatThrownBy(() -> scorer.score(rows))
          .hasMessage("rows.csv: 1 error\nline 15001, age is 'young': not a number");
    }
    assertThat(written).hasSizeBetween(2, 15_000);
    assertThat(written.get(written.size() - 1)).startsWith("c" + (written.size() - 2) + ",");
  }

  @Test
  void namesTheLineOfARaggedRow() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.csv"), Offers.plainCsv(1, 7) + "2\n");
    TaskRun invoked = invoke(file.toString());
    assertThat(invoked.rejected())
        .isEqualTo(file + ": 1 error\nline 3, the row is '2': 1 cell where the header has 7");
  }

  @Test
  void allRequestsOfATableHaveTheDecimalSignOfTheFirstNumber() throws Exception {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("customer;age;income;town;size;member");
    for (int row = 1; row <= 40_000; row++) {
      lines.add(row + ";40;100;3;small;no");
    }
    lines.set(20_000, "20000;40;1,5;3;small;no");
    assertThat(invoke(Files.write(folder.resolve("rows.csv"), lines).toString()).reason())
        .startsWith("40,000 rows scored");
    assertThat(Files.readAllLines(folder.resolve("scores.csv")).get(20_000)).startsWith("20000,");

    lines.set(39_000, "39000;40;1.5;3;small;no");
    Path file = Files.write(folder.resolve("rows.csv"), lines);
    String point =
        "line 39001, income is '1.5': a point in a number, in a table with decimal commas: write a"
            + " comma, and no thousands separators";
    assertThat(invoke(file.toString()).reason()).isEqualTo(file + ": 1 error\n" + point);

    lines.set(20_001, "20001;old;1;3;small;no"); // also where the sign shows in a bad request
    Files.write(file, lines);
    assertThat(invoke(file.toString()).reason())
        .isEqualTo(file + ": 2 errors\nline 20002, age is 'old': not a number\n" + point);
  }

  @Test
  void theEndpointDetectsTheSeparatorByTheHeaderAsItIs() throws Exception {
    String header = "customer;age;income;town;size;member;a,b,c,d,e,f,g,h\n";
    String row = "1;40;1;3.0;small;no;\"two\n\nlines; one cell\"\n";
    Path file = Files.writeString(folder.resolve("rows.csv"), header + row.repeat(20));
    assertThat(invoke(file.toString()).reason()).startsWith("20 rows scored");
    Files.writeString(file, "\uFEFF" + header + row.repeat(20_000)); // of several requests
    assertThat(invoke(file.toString()).reason()).startsWith("20,000 rows scored");
    Files.writeString(file, header + row.repeat(20_000) + row.replace("40", "old"));
    assertThat(invoke(file.toString()).reason())
        .isEqualTo(file + ": 1 error\nline 60002, age is 'old': not a number");
  }

  @Test
  void namesTheLineOfAHeaderThatLacksColumns() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.csv"), "sep=;\n\n\nage;income\n40;1\n");
    assertThat(invoke(file.toString()).reason())
        .isEqualTo(file + ", line 4: missing columns: 'town', 'size', 'member'");
  }

  @Test
  void namesTheLineOfATableThatIsNoCsvFarDown() throws Exception {
    List<String> lines = new java.util.ArrayList<>(Offers.plainCsv(20_000, 7).lines().toList());
    lines.set(18_000, lines.get(18_000).replaceFirst(",", ",\"x\"y,"));
    Path file = Files.write(folder.resolve("rows.csv"), lines);
    TaskRun invoked = invoke(file.toString());
    assertThat(invoked.rejected()).startsWith(file + ", line 18001: text after a closing quote");
  }

  @Test
  void skipsEmptyLinesHoweverManyThereAre() throws Exception {
    String csv = Offers.plainCsv(10, 7) + "\n".repeat(600_000);
    TaskRun invoked = invoke(Files.writeString(folder.resolve("rows.csv"), csv).toString());
    assertThat(invoked.reason()).startsWith("10 rows scored");
  }

  @Test
  void readsCompressedTablesAndThoseOnS3() throws Exception {
    Path file = folder.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(Offers.plainCsv(10, 7).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(invoke(file.toString()).reason()).startsWith("10 rows scored");
    var place = S3.root().resolve("invoked/rows.csv.gz");
    S3.objects().write(place, file);
    assertThat(invoke(place.toString()).reason()).startsWith("10 rows scored");
  }

  @Test
  void rejectsWhatIsNotThere() throws Exception {
    assertThat(invoke(folder.resolve("none.csv").toString()).reason())
        .startsWith("no such file, or not readable: ");
    Path file = Files.writeString(folder.resolve("rows.csv"), "customer,age\n");
    assertThat(invoke(file.toString()).reason()).endsWith(" has a header and no rows");
    String[] away = {"--endpoint", "http://127.0.0.1:1", "--data", file.toString()};
    Files.writeString(file, Offers.plainCsv(1, 7));
    assertThat(TaskRunner.run(new InvokeTask(), Map.of(), away).exit()).isEqualTo(1);
    String[] bad = {"--endpoint", "sagemaker:no/name", "--data", file.toString()};
    assertThat(TaskRunner.run(new InvokeTask(), Map.of(), bad).rejected())
        .startsWith("'no/name' is not an endpoint's name");
  }

  private static String answered(String csv) throws Exception {
    return server
        .responses()
        .send(
            server
                .responses()
                .request("/invocations")
                .header("Content-Type", "text/csv")
                .header("Accept", "text/csv")
                .POST(BodyPublishers.ofString(csv)))
        .body();
  }

  private TaskRun invoke(String data) throws IOException {
    return TaskRunner.run(
        new InvokeTask(),
        S3.environment(),
        "--endpoint=" + server.responses().address(),
        "--data=" + data,
        "--output=" + folder.resolve("scores.csv"));
  }
}
