package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Tables with a group and a date, and the splits that preprocessing writes of them. */
final class SplitTables {
  /** The columns {@code home} and {@code since} are no features. */
  private static final String SPEC =
      """
      name: few
      title: Who?
      source: https://example.org/few.csv
      identifier: id
      label: {column: y, positive: "1", negative: "0"}
      features:
        - {name: x, kind: number, missing: true}
        - {name: colour, kind: category}
      split: {%s}
      offer: {gain: 2, cost: 1}
      """;

  private static final String HEADER = "id,y,x,colour,home,since\n";

  private SplitTables() {}

  static DatasetSpec spec(String split) {
    return DatasetSpec.parse(yaml(split), "few.yaml");
  }

  static String yaml(String split) {
    return SPEC.formatted(split);
  }

  /** Rows in any order, without the header: identifier, label, x, colour, home, since. */
  static List<String> rows(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String x = random.nextInt(20) == 0 ? "" : String.valueOf(random.nextInt(20));
      rows.add(
          String.join(
              ",",
              String.valueOf(i),
              random.nextInt(3) == 0 ? "1" : "0",
              x,
              List.of("red", "blue", "1").get(random.nextInt(3)),
              "h" + random.nextInt(Math.max(1, count / 5)),
              LocalDate.of(2024, 1, 1).plusDays(random.nextInt(360)).toString()));
    }
    Collections.shuffle(rows, new Random(seed));
    return rows;
  }

  static String csv(List<String> rows) {
    return HEADER + String.join("\n", rows) + "\n";
  }

  /** By split, the identifiers; a missing one for rows in none. */
  static Map<String, Split> splits(List<String> rows, DatasetSpec spec) {
    return splits(csv(rows), spec, SplitAssignment.of(spec.split()));
  }

  static Map<String, Split> splits(String csv, DatasetSpec spec, SplitAssignment assignment) {
    Map<String, Split> splits = new TreeMap<>();
    try (WorkFolder work = new WorkFolder()) {
      DataReport report =
          Preprocessing.run(Tables.stream(csv), "the table", spec, assignment, work.path());
      for (Split split : assignment.written()) {
        String[] identifiers =
            FeatureTable.read(work.path().resolve(split.fileName())).identifiers();
        long reported = report.rows().get(split.name().toLowerCase(Locale.ROOT));
        assertThat((long) identifiers.length).isEqualTo(reported);
        for (String identifier : identifiers) {
          splits.put(identifier, split);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return splits;
  }

  /** A cell of a row: 0 identifier, 1 label, 2 x, 3 colour, 4 home, 5 since. */
  static String cell(String row, int column) {
    return row.split(",", -1)[column];
  }
}
