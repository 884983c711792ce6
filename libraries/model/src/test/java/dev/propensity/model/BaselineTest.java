package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.metric.ScoredRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final float NONE = Float.NaN;
  private static final Encoder ENCODER =
      new Encoder(
          "id",
          new DatasetSpec.Label("bought", "1", "0"),
          List.of(
              new Encoder.Feature(column("age", ColumnKind.NUMBER, List.of()), List.of()),
              new Encoder.Feature(
                  column("town", ColumnKind.CATEGORY, List.of()), List.of("a", "b")),
              new Encoder.Feature(
                  column("size", ColumnKind.ORDINAL, List.of("s", "l")), List.of())));

  private final Baseline baseline =
      Baseline.of(
          ENCODER,
          List.of(
              table(new byte[] {1, 0, 0}, 20, 0, 0, 40, 1, 1, NONE, 1, 1),
              table(new byte[] {0}, 60, 2, NONE)),
          ScoredRows.of("rows", new byte[] {0, 0, 1, 1}, new float[] {0.07f, 0.97f, 0.98f, 0.99f}));

  @Test
  void countsNumbersInBinsOfTheTrainRows() {
    Baseline.ColumnBaseline age = baseline.columns().get("age");
    // The train rows have 20 and 40: the one edge between them is 40, which belongs above it.
    assertThat(age.numbers().edges()).containsExactly(40f);
    assertThat(age.numbers().counts()).containsExactly(1, 2);
    assertThat(age.missing()).isEqualTo(1);
    assertThat(age.values()).isNull();
  }

  @Test
  void countsWordsAndThoseThatTrainingNeverSaw() {
    Baseline.ColumnBaseline town = baseline.columns().get("town");
    assertThat(town.values()).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(town.unseen()).isEqualTo(1);
    assertThat(town.missing()).isZero();
    assertThat(baseline.columns().get("size").values()).isEqualTo(Map.of("s", 1, "l", 2));
    assertThat(baseline.columns().get("size").missing()).isEqualTo(1);
  }

  @Test
  void reportsRowsLabelRateAndScores() {
    assertThat(baseline.rows()).isEqualTo(4);
    assertThat(baseline.labelRate()).isEqualTo(0.25);
    assertThat(baseline.scores().edges()).hasSize(19).startsWith(0.05f, 0.1f);
    assertThat(baseline.scores().counts()[1]).isEqualTo(1);
    assertThat(baseline.scores().counts()[19]).isEqualTo(3);
  }

  private static FeatureTable table(byte[] labels, float... values) {
    return new FeatureTable(
        List.of("age", "town", "size"), new String[labels.length], labels, values);
  }

  private static Column column(String name, ColumnKind kind, List<String> values) {
    return new Column(name, kind, name, values, null, null, true, Column.Sensitive.NO);
  }
}
