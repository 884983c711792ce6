package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.profile.CopyCheck;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.CanonicalJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table in which each customer is there twice, the second time half a year later. */
class CopiedRowsTest {
  private static final int CUSTOMERS = 400;

  @TempDir Path folder;

  @Test
  void copiesAreTestRowsWithTheFeaturesOfOthers() throws Exception {
    DataReport report = report("{test: 0.3}");
    assertThat(report.warnings()).containsExactly(report.copies().warning());
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    Set<Float> elsewhere = new HashSet<>();
    for (String split : List.of("train.arrow", "validation.arrow")) {
      for (float value : FeatureTable.read(folder.resolve(split)).values()) {
        elsewhere.add(value);
      }
    }
    Set<Integer> expected = new HashSet<>();
    for (int row = 0; row < test.rows(); row++) {
      if (elsewhere.contains(test.values()[row])) {
        expected.add(row);
      }
    }
    byte[] json = Files.readAllBytes(folder.resolve(CopyCheck.FILE));
    Integer[] rows = CanonicalJson.read(json, Integer[].class, CopyCheck.FILE);
    assertThat(rows).containsExactlyInAnyOrderElementsOf(expected).hasSizeGreaterThan(100);
    assertThat(report.copies().rows()).isEqualTo(rows.length);
    assertThat(report.copies().of()).isEqualTo(test.rows());
  }

  /** Rows of equal features share a split; a customer's later rows are no copies. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{duplicates: together}",
        "{time: day, validation_from: 2024-05-01, test_from: 2024-07-01}"
      })
  void thereAreNoneWhereTheSplitAllowsForThem(String split) {
    assertThat(report(split).copies()).isNull();
    assertThat(folder.resolve(CopyCheck.FILE)).doesNotExist();
  }

  /** As the encoder unifies them for the model. */
  @Test
  void spellingsOfOneValueAreEqual() {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder csv = new StringBuilder("id,y,amount,code\n");
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      double amount = random.nextInt(5) == 0 ? 0 : random.nextDouble();
      String row = "," + (random.nextInt(4) == 0 ? 1 : 0) + ",";
      int code = random.nextInt(1000);
      csv.append('a').append(customer).append(row).append(amount).append(',').append(code);
      csv.append("\nb").append(customer).append(row).append(amount == 0 ? "-0" : "" + amount);
      csv.append(',').append(code).append(".0\n");
    }
    DatasetSpec spec = spec("{test: 0.3}", "\n  - {name: code, kind: category}");
    DataReport report = Preprocessing.run(Tables.stream(csv.toString()), "rows.csv", spec, folder);
    assertThat(report.copies().agreement()).isEqualTo(1);
    assertThat(report.copies().rows()).isGreaterThan(100);
  }

  @Test
  void theirNumbersAreNotWrittenWithoutTestRows() {
    DatasetSpec spec = spec("{test: 0.3}");
    DataReport report =
        Preprocessing.run(
            Tables.stream(csv()),
            "rows.csv",
            spec,
            SplitAssignment.withoutValidation(spec.split()),
            folder);
    assertThat(report.copies()).isNotNull();
    assertThat(folder.resolve(CopyCheck.FILE)).doesNotExist();
  }

  private DataReport report(String split) {
    return Preprocessing.run(Tables.stream(csv()), "rows.csv", spec(split), folder);
  }

  private static String csv() {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder csv = new StringBuilder("id,y,amount,day\n");
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      double amount = random.nextDouble();
      int label = random.nextInt(4) == 0 ? 1 : 0;
      LocalDate day = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(180));
      for (String time : List.of("a", "b")) {
        csv.append(time).append(customer).append(',').append(label).append(',').append(amount);
        csv.append(',').append(time.equals("a") ? day : day.plusDays(182)).append('\n');
      }
    }
    return csv.toString();
  }

  private static DatasetSpec spec(String split) {
    return spec(split, "");
  }

  private static DatasetSpec spec(String split, String features) {
    return DatasetSpec.parse(
        """
        name: rows
        title: Who?
        source: rows.csv
        schedule: never
        identifier: id
        label: {column: y, positive: 1, negative: 0}
        features:
          - {name: amount, kind: number}%s
        split: %s
        offer: {gain: 100, cost: 20}
        """
            .formatted(features, split),
        "rows.yaml");
  }
}
