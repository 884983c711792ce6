package dev.propensity.tasks.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.storage.S3Server;
import dev.propensity.task.HelpText;
import dev.propensity.task.Task;
import dev.propensity.tasks.serve.Offers;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tasks.serve.RunningServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AskTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir static Path models;
  private static RunningServer server;

  @TempDir Path folder;

  /** What a run of the task came to. */
  private record Asked(int exit, String reason) {}

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
    HelpText.assertUnchanged(new AskTask());
  }

  @Test
  void writesTheScoreOfEachRowInTheTablesOrder() throws Exception {
    String csv = Offers.csv(2_500, 7);
    Asked asked = ask(Files.writeString(folder.resolve("rows.csv"), csv).toString());
    assertThat(asked.exit()).as(asked.reason()).isZero();
    assertThat(asked.reason())
        .startsWith("2500 rows scored by offers/1@")
        .contains(" of " + server.answers().address() + ", ")
        .endsWith("of them with label 1");
    List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
    assertThat(lines).hasSize(2_501).first().isEqualTo("id,score,label");
    assertThat(lines.subList(1, lines.size())).isEqualTo(answered(csv).lines().skip(1).toList());
  }

  @Test
  void countsTheRowsOfATableWithoutIdentifiers() throws Exception {
    StringBuilder csv = new StringBuilder();
    Offers.csv(1_500, 7)
        .lines()
        .forEach(l -> csv.append(l.substring(l.indexOf(',') + 1)).append('\n'));
    Asked asked = ask(Files.writeString(folder.resolve("rows.csv"), csv).toString());
    assertThat(asked.exit()).as(asked.reason()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
    for (int row = 1; row <= 1_500; row++) {
      assertThat(lines.get(row)).startsWith(row + ",");
    }
  }

  @Test
  void namesTheLineOfARowThatTheModelRefuses() throws Exception {
    List<String> lines = new java.util.ArrayList<>(Offers.csv(1_200, 7).lines().toList());
    lines.set(1_100, lines.get(1_100).replaceFirst(",[^,]*,", ",young,"));
    Asked asked = ask(Files.write(folder.resolve("rows.csv"), lines).toString());
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.reason()).startsWith("line 1101: ").contains("age").contains("young");
    assertThat(folder.resolve("scores.csv")).doesNotExist();
  }

  @Test
  void namesTheFirstTenErrorsAndTheCountOfAll() throws Exception {
    List<String> lines = new java.util.ArrayList<>(Offers.csv(2_500, 7).lines().toList());
    for (int line : new int[] {2, 3, 999, 1_500, 2_400}) {
      lines.set(line - 1, lines.get(line - 1).replaceFirst(",[^,]*,", ",young,"));
    }
    Asked asked = ask(Files.write(folder.resolve("rows.csv"), lines).toString());
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.reason().lines())
        .containsExactly(
            "5 errors",
            "line 2: age is 'young': not a number",
            "line 3: age is 'young': not a number",
            "line 999: age is 'young': not a number",
            "line 1500: age is 'young': not a number",
            "line 2400: age is 'young': not a number");
    for (int line = 100; line < 200; line++) {
      lines.set(line, lines.get(line).replaceFirst(",[^,]*,", ",old,"));
    }
    asked = ask(Files.write(folder.resolve("rows.csv"), lines).toString());
    assertThat(asked.reason().lines()).hasSize(12).startsWith("105 errors").endsWith("and 95 more");
    assertThat(folder.resolve("scores.csv")).doesNotExist();
  }

  @Test
  void namesTheLineOfARaggedRow() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.csv"), "customer,age\n1,30\n2\n");
    Asked asked = ask(file.toString());
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.reason()).isEqualTo(file + ", line 3: 1 cells where the header has 2");
  }

  @Test
  void readsCompressedTablesAndThoseOnS3() throws Exception {
    Path file = folder.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(Offers.csv(10, 7).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(ask(file.toString()).reason()).startsWith("10 rows scored");
    var place = S3.root().resolve("asked/rows.csv.gz");
    S3.objects().write(place, file);
    assertThat(ask(place.toString()).reason()).startsWith("10 rows scored");
  }

  @Test
  void refusesWhatIsNotThere() throws Exception {
    assertThat(ask(folder.resolve("none.csv").toString()).reason())
        .startsWith("no such file, or not readable: ");
    Path file = Files.writeString(folder.resolve("rows.csv"), "customer,age\n");
    assertThat(ask(file.toString()).reason()).endsWith(" has a header but no rows");
    String[] away = {"--endpoint", "http://127.0.0.1:1", "--data", file.toString()};
    Files.writeString(file, Offers.csv(1, 7));
    assertThat(Task.run(new AskTask(), Map.of(), away)).isEqualTo(1);
    assertThat(
            Task.run(
                new AskTask(),
                Map.of(),
                "--endpoint",
                "sagemaker:no/name",
                "--data",
                file.toString()))
        .isEqualTo(2);
  }

  private static String answered(String csv) throws Exception {
    return server
        .answers()
        .send(
            server
                .answers()
                .request("/invocations")
                .header("Content-Type", "text/csv")
                .header("Accept", "text/csv")
                .POST(BodyPublishers.ofString(csv)))
        .body();
  }

  private Asked ask(String data) throws IOException {
    Path result = folder.resolve("result.json");
    int exit =
        Task.run(
            new AskTask(),
            S3.environment(),
            "--endpoint",
            server.answers().address(),
            "--data",
            data,
            "--output",
            folder.resolve("scores.csv").toString(),
            "--result",
            result.toString());
    JsonNode json = new ObjectMapper().readTree(result.toFile());
    return new Asked(exit, json.path("reason").asText(null));
  }
}
