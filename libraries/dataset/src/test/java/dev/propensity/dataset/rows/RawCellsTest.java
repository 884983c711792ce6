package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RawCellsTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: shop
          title: Who buys?
          source: sample:1000
          identifier: id
          label: {column: y, positive: "1", negative: "0"}
          features:
            - {name: amount, kind: number, missing: true, missing_values: ["-1"]}
            - {name: code, kind: category, missing: true}
            - {name: word, kind: category}
          split: {seed: 1, validation: 0.2, test: 0.2}
          learner: xgboost
          offer: {gain: 10, cost: 3, currency: EUR}
          """,
          "shop.yaml");

  private static Encoder encoder() {
    List<Encoder.Feature> features = new ArrayList<>();
    for (Column column : SPEC.columns()) {
      boolean numeric = column.name().equals("code");
      assertThat(column.kind()).isNotEqualTo(ColumnKind.DATE);
      features.add(
          new Encoder.Feature(column, numeric ? List.of("28.5") : List.of("red"), numeric));
    }
    return new Encoder(SPEC.identifier(), SPEC.label(), features);
  }

  private static List<Map<Integer, String>> cells(String csv) {
    RowReader reader =
        RowReader.open(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
            "shop.csv",
            RowSchema.scoring(List.of(encoder())));
    RawCells raw = new RawCells(reader);
    List<Map<Integer, String>> rows = new ArrayList<>();
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      for (int row = 0; row < batch.rows(); row++) {
        Map<Integer, String> cells = new TreeMap<>();
        raw.read(
            batch,
            row,
            (column, utf8, from, to) ->
                cells.put(column, new String(utf8, from, to - from, StandardCharsets.UTF_8)));
        rows.add(cells);
      }
    }
    assertThat(reader.diagnostics().rows()).isZero();
    return rows;
  }

  @Test
  void areThoseOfTheTableInAnyOrderOfItsColumns() {
    assertThat(
            cells(
                "word,other,id,code,amount\n"
                    + " red ,x,1,28.50,1.0\n"
                    + "\"  größe\n2 \",x,2,,-1\n"
                    + "\"say \"\"red\"\"\",x,3,29,\n"))
        .containsExactly(
            Map.of(0, "1.0", 1, "28.50", 2, "red"),
            Map.of(2, "größe\n2"),
            Map.of(1, "29", 2, "say \"red\""));
  }

  @Test
  void haveDecimalPointsWhereTheTableHasCommas() {
    assertThat(cells("id;amount;code;word\n1;1234,5;28,5;a,5\n2;-1;3;red\n"))
        .containsExactly(Map.of(0, "1234.5", 1, "28.5", 2, "a,5"), Map.of(1, "3", 2, "red"));
  }
}
