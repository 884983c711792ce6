package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.metric.ScoredRows;
import java.nio.charset.StandardCharsets;
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
          ScoredRows.of("rows", new byte[] {0, 0, 1, 1}, new float[] {0.99f, 0.07f, 0.98f, 0.97f}));

  @Test
  void countsNumbersInBinsOfTheTrainRows() {
    ColumnBaseline age = baseline.columns().get("age");
    // The train rows have 20 and 40: the one edge between them is 40, which belongs above it.
    assertThat(age.numbers().edges()).containsExactly(40f);
    assertThat(age.numbers().counts()).containsExactly(1, 2);
    assertThat(age.missing()).isEqualTo(1);
    assertThat(age.values()).isNull();
  }

  @Test
  void countsWordsAndThoseThatTrainingNeverSaw() {
    ColumnBaseline town = baseline.columns().get("town");
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
    // 20 quantiles of four different scores are the upper three of them.
    assertThat(baseline.scores().edges()).containsExactly(0.97f, 0.98f, 0.99f);
    assertThat(baseline.scores().counts()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void countsPositivesByValue() {
    // The first row, with town a and size s, is the only positive one.
    assertThat(baseline.column("town").positives()).isEqualTo(Map.of("a", 1, "b", 0));
    assertThat(baseline.column("size").positives()).isEqualTo(Map.of("s", 1, "l", 0));
    assertThat(baseline.column("age").positives()).isNull();
  }

  @Test
  void estimatesTheShareOfUnseenValuesByThoseThatOneTrainRowHas() {
    // Of the three train rows one has town a; the fourth row is not a train row.
    assertThat(baseline.trainRows()).isEqualTo(3);
    assertThat(baseline.column("town").singletons()).isEqualTo(1);
    assertThat(baseline.unseenShare("town")).hasValue(1.0 / 3);
    assertThat(baseline.unseenShare("age")).isEmpty();
  }

  @Test
  void isReadAsItWasWritten() {
    byte[] json = CanonicalJson.bytes(baseline);
    assertThat(CanonicalJson.bytes(Baseline.parse(json, "baseline.json"))).isEqualTo(json);
  }

  @Test
  void hasTheOrderOfTheValuesFromTheEncoder() {
    Baseline read = Baseline.parse(CanonicalJson.bytes(baseline), "baseline.json");
    assertThat(read.column("size").values().keySet()).containsExactly("l", "s");
    ColumnBaseline size = read.ordered(ENCODER).column("size");
    assertThat(size.values()).containsExactly(entry("s", 1), entry("l", 2));
    assertThat(size.positives()).containsExactly(entry("s", 1), entry("l", 0));
    assertThat(read.ordered(ENCODER).column("age")).isEqualTo(read.column("age"));
  }

  @Test
  void readsSchemaOneWhichHasNoPositives() {
    String json =
        """
        {"columns":{"age":{"kind":"number","missing":1,"numbers":{"counts":[1,2],"edges":[40]},
        "unseen":0},"town":{"kind":"category","missing":0,"unseen":1,"values":{"a":1,"b":2}}},
        "label_rate":0.25,"rows":4,"schema":1,"scores":{"counts":[1,3],"edges":[0.5]}}
        """;
    Baseline old = Baseline.parse(json.getBytes(StandardCharsets.UTF_8), "baseline.json");
    assertThat(old.column("town").values()).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    assertThat(old.column("town").positives()).isNull();
    assertThat(old.unseenShare("town")).isEmpty();
    assertThat(old.column("age").numbers().bin(40)).isEqualTo(1);
  }

  @Test
  void rejectsALaterSchema() {
    byte[] json = "{\"schema\":3}".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Baseline.parse(json, "s3://b/m/baseline.json"))
        .withMessage("s3://b/m/baseline.json has schema 3; this version reads 1 to 2");
  }

  private static FeatureTable table(byte[] labels, float... values) {
    return new FeatureTable(
        List.of("age", "town", "size"), new String[labels.length], labels, values);
  }

  private static Column column(String name, ColumnKind kind, List<String> values) {
    return new Column(name, kind, name, values, null, null, true, Column.Sensitive.NO);
  }
}
