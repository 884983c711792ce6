package dev.propensity.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.ContactRule;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

class ContactAssignmentTest {
  private static final ContactRule RULE = new ContactRule(0.1, 0.2, "");

  @Test
  void assignsTheSharesAndAlwaysInTheSameWay() {
    Map<Selection, Integer> counts = new EnumMap<>(Selection.class);
    for (int i = 0; i < 10_000; i++) {
      Selection first = of(RULE, "insurance", "customer " + i);
      counts.merge(first, 1, Integer::sum);
      assertThat(of(RULE, "insurance", "customer " + i)).isEqualTo(first);
      // A larger share keeps those of a smaller one.
      if (first == Selection.EXPLORE) {
        assertThat(of(new ContactRule(0.3, 0.2, ""), "insurance", "customer " + i))
            .isEqualTo(first);
      }
    }
    // Binomial: standard deviations of 30 and 40.
    assertThat(counts.get(Selection.EXPLORE)).isBetween(880, 1_120);
    assertThat(counts.get(Selection.CONTROL)).isBetween(1_840, 2_160);
    // As Python's hmac computes it.
    assertThat(of(RULE, "insurance", "1")).isEqualTo(Selection.SCORE);
    assertThat(of(RULE, "insurance", "4")).isEqualTo(Selection.EXPLORE);
    assertThat(of(RULE, "insurance", "6")).isEqualTo(Selection.CONTROL);
  }

  @Test
  void isIndependentOfTheSplitAndOfOtherSalts() {
    int explored = 0;
    int tested = 0;
    int both = 0;
    Splitter splitter = new Splitter(new HashSplit(2026, 0.15, 0.2));
    for (int i = 0; i < 20_000; i++) {
      if (of(RULE, "insurance", "customer " + i) == Selection.EXPLORE) {
        explored++;
        tested += splitter.split("customer " + i) == Split.TEST ? 1 : 0;
        both +=
            of(new ContactRule(0.1, 0, "b"), "insurance", "customer " + i) == Selection.EXPLORE
                ? 1
                : 0;
      }
    }
    assertThat(tested / (double) explored).isBetween(0.16, 0.24);
    assertThat(both / (double) explored).isBetween(0.07, 0.13);
  }

  private static Selection of(ContactRule rule, String dataset, String identifier) {
    ContactAssignment assignment = new ContactAssignment(rule, dataset);
    Mac mac = assignment.mac();
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return assignment.of(mac, utf8, 0, utf8.length);
  }
}
