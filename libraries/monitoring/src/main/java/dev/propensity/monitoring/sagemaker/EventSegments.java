package dev.propensity.monitoring.sagemaker;

import dev.propensity.dataset.request.RequestRow;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a file of captured events into segments, one for each model and hour, with the rows that a
 * server of the project would have captured. Requests that test the endpoint are left out. Events
 * that cannot be read are counted as rejected rows.
 */
public final class EventSegments {
  /** The column and the rule by which events that cannot be read are counted. */
  static final String COLUMN = "the row";

  static final String RULE = "unreadable";

  private final String name;
  private final CapturedIdentifier identifier;
  private final AnsweringModel.Finder models;
  private final AnsweringModel other;

  /**
   * A segment.
   *
   * @param id unique among those of all files
   * @param hour in which its rows were scored
   */
  public record EventSegment(String id, Instant hour, Path path) {}

  /**
   * @param name the dataset's name with its origin
   * @param identifier whether the segments have identifiers
   * @param other whose segments count the events that cannot be read
   */
  public EventSegments(
      String name,
      CapturedIdentifier identifier,
      AnsweringModel.Finder models,
      AnsweringModel other) {
    this.name = name;
    this.identifier = identifier;
    this.models = models;
    this.other = other;
  }

  /**
   * Converts a file.
   *
   * @param events the file: an event on each line
   * @param id of the file, unique
   * @param hour in which it was written, by its key
   * @param endpoint the endpoint's name
   * @param folder for the segments
   */
  public List<EventSegment> convert(
      Path events, String id, Instant hour, String endpoint, Path folder) throws IOException {
    Map<String, OpenEventSegment> segments = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(events);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          add(line, hour, (model, at) -> open(segments, model, at, endpoint, folder));
        }
      }
      List<EventSegment> finished = new ArrayList<>();
      segments.forEach((key, segment) -> finished.add(segment.finish(id + "/" + key)));
      return finished;
    } finally {
      segments.values().forEach(OpenEventSegment::close);
    }
  }

  private interface Segments {
    OpenEventSegment of(AnsweringModel model, Instant hour);
  }

  private OpenEventSegment open(
      Map<String, OpenEventSegment> segments,
      AnsweringModel model,
      Instant hour,
      String endpoint,
      Path folder) {
    return segments.computeIfAbsent(
        hour + "/" + model.digest(),
        key ->
            new OpenEventSegment(
                folder.resolve("events-" + segments.size() + ".arrow"),
                name,
                model,
                identifier,
                endpoint,
                hour));
  }

  private void add(String line, Instant fileHour, Segments segments) {
    Instant hour = fileHour;
    int size = 1;
    try {
      CapturedEvent event = CapturedEvent.parse(line);
      if (event.isProbe()) {
        return;
      }
      hour = event.time().truncatedTo(ChronoUnit.HOURS);
      EventScores scores = EventScores.of(event.response());
      size = Math.max(1, scores.scores().size());
      AnsweringModel model =
          models
              .find(scores.model(), event.time())
              .orElseThrow(() -> new UserException("the model is not known: " + scores.model()));
      List<RequestRow> rows = event.rows(scores, model.reader());
      segments.of(model, hour).add(event, rows, scores);
    } catch (UserException e) {
      segments.of(other, hour).reject(size);
    }
  }
}
