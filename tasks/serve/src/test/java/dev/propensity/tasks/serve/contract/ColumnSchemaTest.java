package dev.propensity.tasks.serve.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DatasetSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnSchemaTest {
  @Test
  void aDateInDigitsAloneMayBeAJsonNumber() {
    assertThat(types("[yyyyMMdd], missing: true")).containsExactly("string", "integer", "null");
    assertThat(types("[dd.MM.yyyy, yyyyMMdd]")).containsExactly("string", "integer");
    assertThat(types("[iso]")).containsExactly("string");
    assertThat(types("[yyyyMMddTHH]")).containsExactly("string");
  }

  private static List<Object> types(String formats) {
    DatasetSpec spec =
        DatasetSpec.parse(
            """
            name: phones
            title: Who renews?
            source: phones.csv
            identifier: id
            label: {column: renewed, positive: yes, negative: no}
            features:
              - {name: joined, kind: date, formats: %s}
            offer: {gain: 30, cost: 2}
            """
                .formatted(formats),
            "phones.yaml");
    Encoder.Feature feature = new Encoder.Feature(spec.columns().get(0), List.of());
    return List.copyOf((List<?>) ColumnSchema.of(feature).get("type"));
  }
}
