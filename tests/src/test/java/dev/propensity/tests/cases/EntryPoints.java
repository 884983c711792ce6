package dev.propensity.tests.cases;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.table.CellError;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.invoke.InvokeTask;
import dev.propensity.tasks.predict.PredictTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.serve.Responses;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends tables through the entry points, in this process. */
final class EntryPoints implements AutoCloseable {
  private static final int DIGITS = 12;
  private static final String[] SPLITS = {"train", "validation", "test"};

  private final S3Server s3;
  private final Models models;

  EntryPoints(S3Server s3) {
    this.s3 = s3;
    this.models = new Models(s3);
  }

  /** Every entry point's verdict on a table. */
  Map<EntryPoint, TableResult> verdicts(TableCase table) throws Exception {
    Map<EntryPoint, TableResult> verdicts = new EnumMap<>(EntryPoint.class);
    Map<String, String> environment = environment(table);
    verdicts.put(
        EntryPoint.TRAINING,
        training(table, environment, download(table, environment, "training")));
    Models.TestModel model = models.of(table);
    if (model.server() == null) {
      for (EntryPoint entry : EntryPoint.of(Policy.SCORING)) {
        verdicts.put(
            entry, TableResult.notRun("no model: " + table.withoutFolders(model.missing())));
      }
      return verdicts;
    }
    verdicts.put(EntryPoint.PREDICT, predict(table, environment, model));
    byte[] bytes = Files.readAllBytes(table.table());
    Responses responses = model.server().responses();
    verdicts.put(EntryPoint.INVOCATIONS, invocations(responses, bytes, table.invocationsType()));
    verdicts.put(EntryPoint.UPLOAD, answered(responses.upload(bytes)));
    verdicts.put(EntryPoint.INVOKE, invoke(table, environment, responses.address()));
    return verdicts;
  }

  private static LoggedTaskRun download(
      TableCase table, Map<String, String> environment, String policy) throws IOException {
    return LoggedTaskRun.of(
        DownloadTask::new,
        environment,
        "--dataset=" + table.specification(),
        "--source=" + table.table(),
        "--policy=" + policy);
  }

  private Map<String, String> environment(TableCase table) {
    Map<String, String> environment = new HashMap<>(s3.environment());
    environment.put("PROPENSITY_STORE", s3.root().resolve("cases/" + table.name()).toString());
    return environment;
  }

  private TableResult training(
      TableCase table, Map<String, String> environment, LoggedTaskRun download) throws IOException {
    if (!table.labeled()) {
      return TableResult.notRun("no rows to learn from");
    }
    if (download.exit() != 0) {
      return failed(table, "download", download);
    }
    LoggedTaskRun run =
        LoggedTaskRun.of(
            PreprocessTask::new,
            environment,
            "--dataset=" + table.specification(),
            "--raw=" + download.uri());
    if (run.exit() != 0) {
      return failed(table, "preprocess", run);
    }
    Artifact features = artifact(run);
    SortedMap<String, String> files = new TreeMap<>();
    features
        .manifest()
        .files()
        .forEach((name, file) -> files.put(name, file.sha256().abbreviated(DIGITS)));
    List<String> notes = new ArrayList<>(download.warnings());
    notes.addAll(run.warnings());
    JsonNode report = CanonicalJson.read(read(features, "report.json"), JsonNode.class, "report");
    return TableResult.trained(counted(report), files, notes, details(download, run) + report);
  }

  private static String counted(JsonNode report) {
    List<String> rows = new ArrayList<>();
    for (String split : SPLITS) {
      rows.add(
          split
              + " "
              + report.at("/rows/" + split).asText()
              + " ("
              + report.at("/positives/" + split).asText()
              + ")");
    }
    List<String> columns = new ArrayList<>();
    for (JsonNode column : report.get("columns")) {
      columns.add(column.get("name").asText() + " " + column.get("distinct").asText());
    }
    return String.join(", ", rows) + "; distinct " + String.join(", ", columns);
  }

  private TableResult predict(
      TableCase table, Map<String, String> environment, Models.TestModel model) throws IOException {
    LoggedTaskRun download = download(table, environment, "scoring");
    if (download.exit() != 0) {
      return failed(table, "download", download);
    }
    LoggedTaskRun run =
        LoggedTaskRun.of(
            PredictTask::new,
            environment,
            "--dataset=" + table.specification(),
            "--raw=" + download.uri(),
            "--model=" + model.uri(),
            "--threads=1");
    if (run.exit() != 0) {
      return failed(table, "predict", run);
    }
    Artifact predictions = artifact(run);
    List<String> notes = new ArrayList<>(download.warnings());
    notes.addAll(run.warnings());
    JsonNode report =
        CanonicalJson.read(read(predictions, "predictions.json"), JsonNode.class, "report");
    for (Map.Entry<String, JsonNode> member : report.properties()) {
      if (!Noted.IN_PREDICTIONS.contains(member.getKey())) {
        notes.add(member.getKey() + " " + member.getValue());
      }
    }
    return scored(
        new String(read(predictions, "predictions.csv"), StandardCharsets.UTF_8),
        notes,
        details(download, run) + report);
  }

  private static TableResult invocations(Responses responses, byte[] body, String type)
      throws Exception {
    HttpRequest.Builder request =
        responses
            .request("/invocations")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    return answered(responses.send(request));
  }

  private static TableResult answered(HttpResponse<String> response) throws IOException {
    List<String> notes = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (Noted.isHeader(name)) {
                notes.add(name + ": " + String.join(", ", values));
              }
            });
    JsonNode json = Responses.tree(response);
    if (response.statusCode() != 200) {
      TableResult.Kind kind =
          response.statusCode() < 500 ? TableResult.Kind.REJECTED : TableResult.Kind.FAILED;
      return TableResult.failed(kind, response.statusCode(), problem(json), notes);
    }
    List<String> identifiers = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    for (JsonNode row : json.has("predictions") ? json.get("predictions") : json) {
      identifiers.add(row.elements().next().asText()); // the first member, whatever its name
      scores.add(row.get("score").floatValue());
    }
    return TableResult.scored(identifiers, scores, notes, String.join("\n", notes));
  }

  /** A problem document on one line, its errors written as the tasks write them. */
  private static String problem(JsonNode json) {
    StringBuilder text = new StringBuilder(json.path("detail").asText());
    for (JsonNode error : json.path("errors")) {
      CellError cell =
          new CellError(
              error.path("line").asLong(),
              error.path("column").asText(),
              error.path("value").textValue(),
              error.path("rule").asText());
      text.append(" / ").append(cell.value() == null ? cell.withoutLine() : cell.text());
    }
    return text.toString().replace("\n", "\\n");
  }

  private static TableResult invoke(
      TableCase table, Map<String, String> environment, String address) throws IOException {
    try (WorkFolder folder = new WorkFolder()) {
      Path output = folder.path().resolve("scores.csv");
      LoggedTaskRun run =
          LoggedTaskRun.of(
              InvokeTask::new,
              environment,
              "--endpoint=" + address,
              "--data=" + table.table(),
              "--output=" + output);
      if (run.exit() != 0) {
        return failed(table, "invoke", run);
      }
      return scored(Files.readString(output), run.warnings(), details(run));
    }
  }

  private static TableResult scored(String csv, List<String> notes, String details)
      throws IOException {
    List<String> identifiers = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
      for (NamedCsvRecord row : rows) {
        identifiers.add(row.getField(0));
        scores.add(Float.parseFloat(row.getField("score")));
      }
    }
    return TableResult.scored(identifiers, scores, notes, details);
  }

  private static TableResult failed(TableCase table, String task, LoggedTaskRun run) {
    String reason = table.withoutFolders(run.reason()).replaceAll("\\s*\\R", " / ");
    TableResult.Kind kind = run.exit() == 2 ? TableResult.Kind.REJECTED : TableResult.Kind.FAILED;
    return TableResult.failed(kind, run.exit(), task + ": " + reason, List.of());
  }

  private static String details(LoggedTaskRun... runs) {
    StringBuilder text = new StringBuilder();
    for (LoggedTaskRun run : runs) {
      text.append(run.reason()).append('\n');
      run.log().forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  private Artifact artifact(LoggedTaskRun run) {
    return store().find(S3Location.parse(run.uri())).orElseThrow();
  }

  private byte[] read(Artifact artifact, String file) throws IOException {
    try (InputStream in = store().open(artifact, file)) {
      return in.readAllBytes();
    }
  }

  private ArtifactStore store() {
    return s3.store();
  }

  @Override
  public void close() {
    models.close();
  }
}
