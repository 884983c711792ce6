package dev.propensity.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.ColumnReport;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticRowsTest {
  @TempDir Path folder;

  @Test
  void makesRowsThatFollowTheSpecification() {
    byte[] csv = sample(20_000, 7);
    DataReport report =
        Preprocessing.run(new ByteArrayInputStream(csv), "sample", Tables.insurance(), folder);
    long positives = report.positives().values().stream().mapToLong(Long::longValue).sum();
    assertThat(positives / 20_000.0).isBetween(0.11, 0.13);
  }

  @Test
  void makesRowsOfEveryKindAndBoundWithSomeMissing() {
    String more =
        """
          - {name: debt, kind: number, maximum: 0}
          - {name: share, kind: number, minimum: 0, maximum: 0.5}
        """;
    String yaml =
        Tables.text("/dataset/phones.yaml").replace("split:", more.stripTrailing() + "\nsplit:");
    DatasetSpec spec = DatasetSpec.parse(yaml, "phones.yaml");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SyntheticRows.write(spec, 5000, 1, out);
    DataReport report =
        Preprocessing.run(new ByteArrayInputStream(out.toByteArray()), "sample", spec, folder);
    for (ColumnReport column : report.columns()) {
      long missing = column.splits().values().stream().mapToLong(split -> split.missing()).sum();
      boolean allowed =
          spec.columns().stream().anyMatch(c -> c.name().equals(column.name()) && c.missing());
      assertThat(missing / 5000.0)
          .as(column.name())
          .isBetween(allowed ? 0.03 : 0, allowed ? 0.07 : 0);
      assertThat(column.distinct()).as(column.name()).isGreaterThan(1);
    }
  }

  @Test
  void makesRowsThatCanBeSplitByAGroupThatIsAFeature() {
    String yaml = Tables.text("/dataset/phones.yaml").replaceFirst("split: .*", "split: {%s}");
    for (int seed = 1; seed <= 20; seed++) {
      DatasetSpec spec =
          DatasetSpec.parse(yaml.formatted("group: town, seed: " + seed), "phones.yaml");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SyntheticRows.write(spec, 2000, seed, out);
      DataReport report =
          Preprocessing.run(new ByteArrayInputStream(out.toByteArray()), "sample", spec, folder);
      ColumnReport groups = report.columns().get(3);
      assertThat(groups.name()).isEqualTo("town");
      assertThat(groups.distinct()).isGreaterThan(200);
      assertThat(groups.splits().values()).allMatch(split -> split.missing() == 0);
    }
  }

  @Test
  void makesTheSameBytesOfTheSameSeedAndOthersOfAnother() {
    assertThat(sample(100, 7)).isEqualTo(sample(100, 7)).isNotEqualTo(sample(100, 8));
  }

  private static byte[] sample(int rows, long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SyntheticRows.write(Tables.insurance(), rows, seed, out);
    return out.toByteArray();
  }
}
