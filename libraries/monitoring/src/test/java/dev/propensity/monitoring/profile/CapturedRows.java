package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.model.Histogram;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.capture.SegmentWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model's encoder and baseline, and segments of rows that it or another one answered. */
final class CapturedRows {
  static final Digest MODEL = Digest.of("the model");
  static final Digest OTHER = Digest.of("another model");
  static final TimeWindow DAY = TimeWindow.parse("2026-11-29");

  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: toy
          title: A toy
          source: toy.csv
          identifier: id
          label: {column: bought, positive: "yes", negative: "no"}
          features:
            - {name: age, kind: number, minimum: 18, missing: true}
            - {name: town, kind: category, missing: true}
            - {name: size, kind: ordinal, values: [s, l]}
            - {name: born, kind: date, missing: true, parts: [month]}
          offer: {gain: 5, cost: 1}
          """,
          "toy.yaml");

  /** The columns as the endpoint captures them. */
  static final List<String> COLUMNS = List.of("age", "town", "size", "born");

  static final Encoder ENCODER =
      new Encoder(
          "id",
          SPEC.label(),
          List.of(
              feature("age", List.of()),
              feature("town", List.of("a", "b")),
              feature("size", List.of()),
              feature("born", List.of())));

  static final Baseline BASELINE =
      new Baseline(
          2,
          100,
          100,
          Map.of(
              "age", numbers("number", 30f, 40f),
              "town", words("category", "a", "b"),
              "size", words("ordinal", "s", "l"),
              "born", numbers("date", 0f),
              "born_month", numbers("date", 7f)),
          new Histogram(List.of(0.25f, 0.5f), new int[] {30, 30, 40}),
          0.1);

  /**
   * A row.
   *
   * @param cells of the columns, and the identifier where segments have them; an empty one is
   *     missing
   */
  record Row(String request, int number, String time, float score, String... cells) {}

  private CapturedRows() {}

  private static Encoder.Feature feature(String column, List<String> categories) {
    return new Encoder.Feature(SPEC.column(column), categories);
  }

  private static ColumnBaseline numbers(String kind, Float... edges) {
    Histogram bins = new Histogram(List.of(edges), new int[edges.length + 1]);
    return new ColumnBaseline(kind, 0, 0, bins, null, null, null);
  }

  private static ColumnBaseline words(String kind, String... words) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List.of(words).forEach(word -> counts.put(word, 1));
    return new ColumnBaseline(kind, 0, 0, null, counts, counts, 0);
  }

  static ProfileBuilder builder() {
    return new ProfileBuilder("toy", DAY, MODEL, ENCODER, BASELINE)
        .byGroup(List.of("town", "age", "born", "none"), 0.5);
  }

  /** Adds a segment with these rows, which the model answered, in the hour of 13 o'clock. */
  static boolean add(ProfileBuilder builder, String id, Row... rows) {
    return add(builder, id, "2026-11-29T13:00:00Z", header(MODEL), COLUMNS, rows);
  }

  static boolean add(
      ProfileBuilder builder,
      String id,
      String hour,
      SegmentHeader header,
      List<String> columns,
      Row... rows) {
    try {
      Path file = Files.createTempFile("segment", ".arrow");
      try {
        write(file, header, columns, counts(rows.length), List.of(rows));
        try (SegmentReader reader = new SegmentReader(file, id)) {
          return builder.add(id, Instant.parse(hour), reader);
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static SegmentHeader header(Digest model) {
    return new SegmentHeader(
        1,
        "toy",
        model,
        1,
        "server 1",
        "2026-11-29T13:00:00Z",
        CapturedIdentifier.NONE,
        null,
        List.of());
  }

  static SegmentCounts counts(int rows) {
    return new SegmentCounts(
        rows,
        rows + 7,
        5,
        2,
        1,
        new TreeMap<>(Map.of("age", new TreeMap<>(Map.of("NOT_A_NUMBER", 1L)))),
        null,
        "2026-11-29T13:01:00Z");
  }

  static void write(
      Path file, SegmentHeader header, List<String> columns, SegmentCounts counts, List<Row> rows) {
    try (SegmentWriter writer = new SegmentWriter(file, header, columns)) {
      for (Row row : new ArrayList<>(rows)) {
        writer.begin(
            row.request.getBytes(StandardCharsets.UTF_8),
            row.number,
            Instant.parse(row.time).toEpochMilli(),
            row.score);
        if (header.isIdentified() && !row.cells[columns.size()].isEmpty()) {
          byte[] identifier = row.cells[columns.size()].getBytes(StandardCharsets.UTF_8);
          writer.identifier(identifier, 0, identifier.length);
        }
        for (int column = 0; column < columns.size(); column++) {
          byte[] cell = row.cells[column].getBytes(StandardCharsets.UTF_8);
          if (cell.length > 0) {
            writer.cell(column, cell, 0, cell.length);
          }
        }
        writer.end();
      }
      writer.finish(counts);
    }
  }
}
