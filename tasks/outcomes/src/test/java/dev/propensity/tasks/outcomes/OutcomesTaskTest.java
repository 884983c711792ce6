package dev.propensity.tasks.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.propensity.artifacts.Outcomes;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.outcome.OutcomeBatchReader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTaskTest {
  private static final String SPECIFICATION =
      """
      name: toys
      title: Who buys the toy?
      source: toys.csv
      identifier: id
      label: {column: bought, positive: "yes", negative: "no"}
      features:
        - {name: age, kind: number, minimum: 0}
      offer: {gain: 5, cost: 1}
      """;
  private static final String PLAIN = "capture: {identifier: plain}\n";
  private static final String RECEIVED = "--received=2026-03-20T08:00:00Z";
  private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  private ArtifactStore store;
  private Map<String, String> environment;

  @BeforeEach
  void openStore(TestInfo test) {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
  }

  @Test
  void storesATableOnceWheneverItIsReceived() throws IOException {
    String table =
        "age,bought,time,id\n5,yes,2026-03-11,a\n6,no,2026-03-12T10:00:00+02:00,b\n7,no,,c\n";
    TaskRun done = outcomes(PLAIN + "outcomes: {}", table).succeeded();

    assertThat(done.status()).isEqualTo("done");
    assertThat(done.reason()).isEqualTo("3 outcomes of toys");
    assertThat(done.uri().key()).contains("/outcomes/toys/2026/03/20/").endsWith(".arrow");
    assertThat(rows(done.uri()))
        .containsExactly(
            new OutcomeRow("a", (byte) 1, millis("2026-03-11T00:00:00Z"), OutcomeRow.UNKNOWN),
            new OutcomeRow("b", (byte) 0, millis("2026-03-12T08:00:00Z"), OutcomeRow.UNKNOWN),
            new OutcomeRow("c", (byte) 0, OutcomeRow.NO_TIME, OutcomeRow.UNKNOWN));

    TaskRun again =
        run(PLAIN + "outcomes: {}", table, "--received=2026-03-25T08:00:00Z").succeeded();
    assertThat(again.status()).isEqualTo("unchanged");
    assertThat(again.uri()).isEqualTo(done.uri());
    assertThat(outcomes(PLAIN + "outcomes: {}", table.replace("b\n", "d\n")).succeeded().uri())
        .isNotEqualTo(done.uri());
    assertThat(new Outcomes(store, "toys").keys()).hasSize(2);
  }

  @Test
  void storesIdentifiersAsEndpointsCaptureThem() throws IOException {
    String table = "id;bought\na;yes\n\"b;c\";no\n";
    assertThat(outcomes("outcomes: {}", table).rejected())
        .startsWith("capture.identifier is hmac, which needs a key: set PROPENSITY_CAPTURE_KEY");
    assertThat(new Outcomes(store, "toys").keys()).isEmpty();
    environment.put(IdentifierKey.VARIABLE, KEY);

    S3Location hashed = outcomes("outcomes: {}", table).succeeded().uri();

    assertThat(rows(hashed))
        .extracting(OutcomeRow::identifier)
        .containsExactly(hex("a"), hex("b;c"));
    Path file = fetch(hashed);
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("b;c");
    try (OutcomeBatchReader reader = new OutcomeBatchReader(file, "it")) {
      assertThat(reader.header().identifier()).isEqualTo(CapturedIdentifier.HMAC);
      assertThat(reader.header().key()).isEqualTo(IdentifierKey.parse(KEY).id());
    }
    assertThat(outcomes("capture: {identifier: none}\noutcomes: {}", table).rejected())
        .startsWith("capture.identifier is none: outcomes cannot be joined to scores");
  }

  @Test
  void anEmptyLabelIsNoAnswerYetWhereTheTableSaysWhoWasContacted() throws IOException {
    String rules = PLAIN + "outcomes: {contacted: called}";
    String table = "id,bought,called\na,yes,1\nb,,True\nc,no,0\nd,,0\n";
    TaskRun done = outcomes(rules, table).succeeded();
    assertThat(rows(done.uri())).extracting(OutcomeRow::label).containsExactly(bytes(1, -1, 0, -1));
    assertThat(rows(done.uri()))
        .extracting(OutcomeRow::contacted)
        .containsExactly(bytes(1, 1, 0, 0));
    assertThat(outcomes(PLAIN + "outcomes: {}", table).rejected())
        .contains("line 3, bought is empty: the label must be 'yes' or 'no'");
  }

  @Test
  void namesEveryInvalidCellAndStoresNothing() throws IOException {
    String rules = PLAIN + "outcomes: {contacted: called}";
    String table =
        """
        id,bought,time,called
        a,Yes,2026-03-11,1
        ,no,2026-03-11,1
        c,no,11.03.2026,1
        d,no,2026-03-22,maybe
        e,no
        f,yes,2026-03-11,1
        """;
    assertThat(outcomes(rules, table).rejected().lines())
        .containsExactly(
            "standard input: 5 of 6 rows are invalid",
            "line 2, bought is 'Yes': the label must be 'yes' or 'no'; did you mean 'yes'? Write it"
                + " as in the specification",
            "line 3, id is empty: identifier is missing",
            "line 4, time is '11.03.2026': not a date or a time by ISO 8601: write 2026-11-30 or"
                + " 2026-11-30T13:00:00Z",
            "line 5, time is '2026-03-22': in the future",
            "line 5, called is 'maybe': must be 1 or 0: whether the customer was contacted",
            "line 6, the row is '…': 2 cells where the header has 4",
            "rows with too few or too many cells: 1; invalid date: 1; date out of range: 1; value"
                + " outside the list: 1; missing value: 1; label of a third value: 1",
            "fix them, or set invalid_rows.quarantine_up_to to quarantine a share of the rows");
    assertThat(new Outcomes(store, "toys").keys()).isEmpty();
    TaskRun some = outcomes(rules + "\ninvalid_rows: {quarantine_up_to: 0.9}", table).succeeded();
    assertThat(rows(some.uri())).singleElement().extracting(OutcomeRow::identifier).isEqualTo("f");
    assertThat(some.result().get("rejected").asInt()).isEqualTo(5);
  }

  @Test
  void rejectsTablesWithoutTheColumnsOrRows() throws IOException {
    String rules = PLAIN + "outcomes: {contacted: called}";
    assertThat(outcomes(rules, "id,age\na,1\n").rejected())
        .isEqualTo(
            "standard input, line 1: the columns 'bought', 'called' are missing; outcomes have the"
                + " columns id, bought, time, called (time may be left out)");
    assertThat(outcomes(rules, "id,bought,called,id\n").rejected())
        .isEqualTo("standard input, line 1: the column 'id' is there twice");
    assertThat(outcomes(rules, "id,bought,called\n").rejected())
        .isEqualTo("standard input has a header and no rows");
    assertThat(outcomes("", "id,bought\n").rejected())
        .isEqualTo("toys.yaml has no section outcomes: add outcomes: {horizon_days: 30}");
    assertThat(
            TaskRunner.run(
                    new OutcomesTask(),
                    environment,
                    "--dataset=" + SPECIFICATION + PLAIN + "outcomes: {}",
                    "--data=" + folder.resolve("absent.csv"))
                .rejected())
        .startsWith("no such file, or not readable: ");
    assertThat(run(PLAIN + "outcomes: {}", "id,bought\na,no\n", "--received=today").rejected())
        .isEqualTo("--received is 'today': write a time like 2026-11-30T13:00:00Z");
  }

  @Test
  void readsCompressedFilesAndThoseOnS3() throws IOException {
    S3Location place = store.root().resolve("crm/answers.csv");
    store.objects().write(place, "id,bought\na,no\n".getBytes(StandardCharsets.UTF_8));
    S3Location there = from(place.toString()).succeeded().uri();
    assertThat(rows(there)).hasSize(1);
    Path file = folder.resolve("answers.csv");
    Files.writeString(file, "id,bought\na,no\n");
    assertThat(from(file.toString()).succeeded().uri()).isEqualTo(there);
  }

  @Test
  void keepsBatchesAsLongAsTheSpecificationSays() throws IOException {
    String table = "id,bought\na,no\n";
    S3Location batch = outcomes(PLAIN + "outcomes: {days: 40}", table).succeeded().uri();
    Instant received = Instant.parse("2026-03-20T00:00:00Z");
    assertThat(Outcomes.expired(store, received.plusSeconds(40 * 86_400))).isEmpty();
    assertThat(Outcomes.expired(store, received.plusSeconds(41 * 86_400))).containsExactly(batch);
    outcomes(PLAIN + "outcomes: {days: 400}", table.replace("a", "b")).succeeded();
    assertThat(Outcomes.expired(store, received.plusSeconds(41 * 86_400))).isEmpty();
  }

  @Test
  void countsManyRowsInSeveralRecordBatches() throws IOException {
    StringBuilder table = new StringBuilder("id,bought,time\n");
    for (int row = 0; row < 20_000; row++) {
      table.append("customer ").append(row).append(row % 3 == 0 ? ",yes," : ",no,");
      table.append(row % 5 == 0 ? "" : "2026-03-11").append('\n');
    }
    List<OutcomeRow> rows =
        rows(outcomes(PLAIN + "outcomes: {}", table.toString()).succeeded().uri());
    assertThat(rows).hasSize(20_000);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.get(row))
          .isEqualTo(
              new OutcomeRow(
                  "customer " + row,
                  (byte) (row % 3 == 0 ? 1 : 0),
                  row % 5 == 0 ? OutcomeRow.NO_TIME : millis("2026-03-11T00:00:00Z"),
                  OutcomeRow.UNKNOWN));
    }
  }

  @Test
  void namesADamagedBatch() throws IOException {
    S3Location batch = outcomes(PLAIN + "outcomes: {}", "id,bought\na,no\n").succeeded().uri();
    Path file = fetch(batch);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(catchThrowable(() -> new OutcomeBatchReader(file, "the batch").close()))
        .hasMessageContaining("the batch is not a batch of outcomes, or is incomplete or damaged");
  }

  private TaskRun outcomes(String rules, String table) throws IOException {
    return run(rules, table, RECEIVED);
  }

  private TaskRun run(String rules, String table, String received) throws IOException {
    ByteArrayInputStream input = new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8));
    return TaskRunner.run(
        new OutcomesTask(input),
        environment,
        "--dataset=" + SPECIFICATION + rules,
        "--data=-",
        received);
  }

  private TaskRun from(String place) throws IOException {
    return TaskRunner.run(
        new OutcomesTask(),
        environment,
        "--dataset=" + SPECIFICATION + PLAIN + "outcomes: {}",
        "--data=" + place);
  }

  private Path fetch(S3Location batch) throws IOException {
    Path file = folder.resolve("batch.arrow");
    Files.write(file, store.objects().read(batch).orElseThrow());
    return file;
  }

  private List<OutcomeRow> rows(S3Location batch) throws IOException {
    List<OutcomeRow> rows = new ArrayList<>();
    try (OutcomeBatchReader reader = new OutcomeBatchReader(fetch(batch), batch.toString())) {
      reader.forEach(rows::add);
    }
    return rows;
  }

  private static String hex(String identifier) {
    Mac mac = IdentifierKey.parse(KEY).mac();
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return new String(IdentifierKey.hex(mac, utf8, 0, utf8.length), StandardCharsets.US_ASCII);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static Byte[] bytes(int... values) {
    return Arrays.stream(values).mapToObj(value -> (byte) value).toArray(Byte[]::new);
  }
}
