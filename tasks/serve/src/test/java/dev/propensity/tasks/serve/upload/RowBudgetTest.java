package dev.propensity.tasks.serve.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.tasks.serve.http.Problem;
import org.junit.jupiter.api.Test;

class RowBudgetTest {
  @Test
  void onlySoManyRowsAreRememberedAtOnce() {
    RowBudget budget = new RowBudget(100_000);
    RowBudget.Share small = budget.open();
    try (RowBudget.Share large = budget.open()) {
      large.cover(100_000);
      large.cover(100_000);
      small.cover(16_000);
      assertThatThrownBy(() -> small.cover(100_000))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
    }
    small.cover(100_000);
    small.close();
  }
}
