package dev.propensity.tasks.forget;

import dev.propensity.artifacts.FetchedFile;
import dev.propensity.dataset.request.RequestReader;
import dev.propensity.dataset.request.RequestRow;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.sagemaker.AnsweringModel;
import dev.propensity.monitoring.sagemaker.CapturedEvent;
import dev.propensity.monitoring.sagemaker.EventScores;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Removes rows from the requests that endpoints on SageMaker stored, one file after another: a stop
 * in between loses nothing, and the next run removes the rest. A request of which rows remain is
 * written as JSON.
 */
final class ForgottenRequests {
  private final ObjectStore objects;
  private final Set<String> identifiers;
  private final AnsweringModel.Finder models;
  private final ForgetRecord record;
  private final List<String> unreadable = new ArrayList<>();
  private int read;
  private int rewritten;
  private long removed;

  /**
   * @param record that is written before the first row is removed
   */
  ForgottenRequests(
      ObjectStore objects,
      Set<String> identifiers,
      AnsweringModel.Finder models,
      ForgetRecord record) {
    this.objects = objects;
    this.identifiers = identifiers;
    this.models = models;
    this.record = record;
  }

  /** How many files were read. */
  int read() {
    return read;
  }

  /** How many files were rewritten. */
  int rewritten() {
    return rewritten;
  }

  /** How many rows were removed. */
  long removed() {
    return removed;
  }

  /** Removes the rows from a file; one without such rows stays as it is. */
  void removeFrom(S3Location location, Path scratch) throws IOException {
    Path file = scratch.resolve("requests.jsonl");
    Path kept = scratch.resolve("kept.jsonl");
    if (new FetchedFile(objects, file).fetch(location) == null) {
      return;
    }
    long before = removed;
    read++;
    try (BufferedReader lines = lenient(file);
        BufferedWriter out = Files.newBufferedWriter(kept)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String rest = line.isBlank() ? line : keep(line, location + ", line " + number);
        if (!rest.isEmpty()) {
          out.write(rest);
          out.write('\n');
        }
      }
    }
    if (removed > before) {
      record.write();
      objects.write(location, kept);
      rewritten++;
    }
  }

  // Unlike Files.newBufferedReader, which fails at bytes that are not UTF-8.
  private static BufferedReader lenient(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  /** The line without the rows; empty if it has no others. */
  private String keep(String line, String where) {
    try {
      CapturedEvent event = CapturedEvent.parse(line);
      EventScores scores = EventScores.of(event.response());
      RequestReader reader =
          models
              .find(scores.model(), event.time())
              .orElseThrow(() -> new UserException("its model is not known"))
              .reader();
      List<RequestRow> rows = event.rows(scores, reader);
      List<Integer> kept =
          IntStream.range(0, rows.size())
              .filter(row -> !isForgotten(rows.get(row)))
              .boxed()
              .toList();
      removed += rows.size() - kept.size();
      if (kept.size() == rows.size()) {
        return line;
      }
      return kept.isEmpty()
          ? ""
          : event.line(kept.stream().map(rows::get).toList(), reader.encoder(), scores.only(kept));
    } catch (UserException e) {
      unreadable.add(where + " (" + e.getMessage() + ")");
      return line;
    }
  }

  private boolean isForgotten(RequestRow row) {
    return row.identifier() != null && identifiers.contains(row.identifier());
  }

  /** Where rows may remain, with the first such request; empty if all could be read. */
  List<String> problems() {
    return unreadable.isEmpty()
        ? List.of()
        : List.of(
            "%,d requests cannot be read, and may have the rows: delete their lines, and run it again; the first: %s"
                .formatted(unreadable.size(), unreadable.get(0)));
  }
}
