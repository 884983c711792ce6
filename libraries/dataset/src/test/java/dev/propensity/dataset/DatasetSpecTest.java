package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatasetSpecTest {

  @Test
  void readsTheInsuranceFile() {
    DatasetSpec spec = Tables.insurance();
    assertThat(spec.name()).isEqualTo("insurance");
    assertThat(spec.columns()).hasSize(10);
    assertThat(spec.columns().get(7).name()).isEqualTo("Annual_Premium");
    assertThat(spec.columns().get(6).values()).containsExactly("No", "Yes");
    assertThat(spec.section("split"))
        .hasToString("{\"seed\":2026,\"validation\":0.15,\"test\":0.2}");
  }
}
