package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.dataset.split.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: few
          title: Who?
          source: https://example.org/few.csv
          identifier: id
          label: {column: y, positive: "1", negative: "0"}
          features:
            - {name: x, kind: number, maximum: 100}
          split: {seed: 7, validation: 0.25, test: 0.25}
          offer: {gain: 2, cost: 1}
          invalid_rows: {quarantine_up_to: 0.5}
          """,
          "few.yaml");

  @TempDir Path folder;

  /** The assignment, computed by its description: outside test, by label, by hash, in turn. */
  @Test
  void dealsTheRowsOfEachLabelInTheOrderOfTheirHashes() {
    Map<String, Integer> rows = rows(400);
    Splitter splitter = new Splitter((HashSplit) SPEC.split());
    Map<String, Integer> expected = new HashMap<>();
    for (int label : new int[] {0, 1}) {
      List<String> outside =
          new ArrayList<>(
              rows.keySet().stream()
                  .filter(id -> rows.get(id) == label && splitter.split(id) != Split.TEST)
                  .toList());
      outside.sort(Comparator.comparing(id -> Long.toUnsignedString(hash(splitter, id)), LONGEST));
      for (int i = 0; i < outside.size(); i++) {
        expected.put(outside.get(i), i % 3 + 1);
      }
    }
    assertThat(folds(rows, csv(rows, 1), 3)).isEqualTo(expected);
  }

  @Test
  void dependsNeitherOnTheRowsOrderNorOnInvalidRows() {
    Map<String, Integer> rows = rows(400);
    Map<String, Integer> folds = folds(rows, csv(rows, 1), 5);
    assertThat(folds(rows, csv(rows, 2), 5)).isEqualTo(folds);
    String invalid =
        csv(rows, 1) + "9001,1,500\n9002,0,\n,1,3\n" + csv(rows, 1).split("\n")[1] + "\n";
    assertThat(folds(rows, invalid, 5)).isEqualTo(folds);
  }

  @Test
  void givesEachFoldItsShareOfEachLabelToOneRow() {
    Map<String, Integer> rows = rows(1000);
    Map<String, Integer> folds = folds(rows, csv(rows, 1), 7);
    for (int label : new int[] {0, 1}) {
      int[] sizes = new int[7];
      folds.forEach((id, fold) -> sizes[fold - 1] += rows.get(id) == label ? 1 : 0);
      assertThat(Arrays.stream(sizes).max().getAsInt() - Arrays.stream(sizes).min().getAsInt())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void eachRowOutsideTestValidatesOnceAndLearnsOtherwise() throws IOException {
    Map<String, Integer> rows = rows(300);
    String csv = csv(rows, 1);
    Folds folds = Folds.of(Tables.stream(csv), "few", SPEC, 4);
    Set<String> validated = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (int fold = 1; fold <= 4; fold++) {
      Path made = Files.createDirectory(folder.resolve("fold" + fold));
      DataReport report =
          Preprocessing.run(Tables.stream(csv), "few", SPEC, folds.validatingOn(fold), made);
      assertThat(made.resolve("test.arrow")).doesNotExist();
      assertThat(made.resolve("test-rows.csv")).doesNotExist();
      List<String> validation = identifiers(made, "validation.arrow");
      List<String> train = identifiers(made, "train.arrow");
      assertThat(report.rows().get("validation")).isEqualTo(validation.size());
      assertThat(train).doesNotContainAnyElementsOf(validation);
      assertThat(validated).doesNotContainAnyElementsOf(validation);
      validated.addAll(validation);
      all.addAll(train);
    }
    assertThat(validated).isEqualTo(all);
    Splitter splitter = new Splitter((HashSplit) SPEC.split());
    assertThat(all).noneMatch(id -> splitter.split(id) == Split.TEST);
  }

  @Test
  void withoutValidationAllRowsOutsideTestLearn() throws IOException {
    Map<String, Integer> rows = rows(300);
    SplitAssignment all = SplitAssignment.withoutValidation(SPEC.split());
    Preprocessing.run(Tables.stream(csv(rows, 1)), "few", SPEC, all, folder);
    assertThat(folder.resolve("validation.arrow")).doesNotExist();
    Splitter splitter = new Splitter((HashSplit) SPEC.split());
    assertThat(identifiers(folder, "train.arrow"))
        .containsExactlyInAnyOrderElementsOf(
            rows.keySet().stream().filter(id -> splitter.split(id) != Split.TEST).toList());
  }

  /** A category that only the validation fold has is unseen there, whatever test holds. */
  @Test
  void fitsTheEncoderOnTheOtherFoldsOnly() throws IOException {
    try (InputStream csv = Tables.stream(Tables.text("/dataset/phones.csv"))) {
      DatasetSpec spec = DatasetSpec.parse(Tables.text("/dataset/phones.yaml"), "phones.yaml");
      Folds folds = Folds.of(csv, "phones", spec, 2);
      Path made = Files.createDirectory(folder.resolve("phones"));
      Preprocessing.run(
          Tables.stream(Tables.text("/dataset/phones.csv")),
          "phones",
          spec,
          folds.validatingOn(1),
          made);
      FeatureTable train = FeatureTable.read(made.resolve("train.arrow"));
      Encoder encoder = Encoder.read(made.resolve("encoder.json"));
      int code = train.names().indexOf("code");
      Set<Float> seen = new HashSet<>();
      for (int row = 0; row < train.rows(); row++) {
        seen.add(train.values()[row * train.names().size() + code]);
      }
      assertThat(seen).hasSize(encoder.features().get(code).categories().size());
    }
  }

  private static final Comparator<String> LONGEST =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static long hash(Splitter splitter, String identifier) {
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return splitter.hash(utf8, 0, utf8.length);
  }

  private static Map<String, Integer> rows(int count) {
    Map<String, Integer> rows = new HashMap<>();
    for (int i = 1; i <= count; i++) {
      rows.put(String.valueOf(i), i % 4 == 0 ? 1 : 0);
    }
    return rows;
  }

  private static String csv(Map<String, Integer> rows, int seed) {
    List<String> lines = new ArrayList<>();
    rows.forEach((id, label) -> lines.add(id + "," + label + "," + id.length() + "\n"));
    Collections.shuffle(lines, new Random(seed));
    return "id,y,x\n" + String.join("", lines);
  }

  private static Map<String, Integer> folds(Map<String, Integer> rows, String csv, int count) {
    Folds folds = Folds.of(Tables.stream(csv), "few", SPEC, count);
    Map<String, Integer> found = new HashMap<>();
    for (int fold = 1; fold <= count; fold++) {
      SplitAssignment assignment = folds.validatingOn(fold);
      for (Map.Entry<String, Integer> row : rows.entrySet()) {
        byte[] utf8 = row.getKey().getBytes(StandardCharsets.UTF_8);
        byte label = row.getValue().byteValue();
        if (assignment.split(utf8, 0, utf8.length, label) == Split.VALIDATION) {
          found.put(row.getKey(), fold);
        }
      }
    }
    return found;
  }

  private static List<String> identifiers(Path made, String file) {
    return List.of(FeatureTable.read(made.resolve(file)).identifiers());
  }
}
