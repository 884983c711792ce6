package dev.propensity.tasks.teardown.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PricesTest {
  private final Prices prices = new Prices();

  @Test
  void instancesCostTheirHours() {
    // 2 × $0.115 an hour × 730 hours
    assertThat(prices.instances("ml.m5.large", 2).text()).isEqualTo("$167.90 a month");
  }

  @Test
  void saysThatItDoesNotKnowAType() {
    assertThat(prices.instances("ml.p9.huge", 1).text()).isEqualTo("price unknown");
    assertThat(prices.instances("ml.m5.large", 1).plus(Cost.UNKNOWN).known()).isFalse();
  }

  @Test
  void storageCostsItsGigabytes() {
    assertThat(prices.bucket(100L << 30).text()).isEqualTo("$2.30 a month");
    assertThat(prices.images(3L << 30).text()).isEqualTo("$0.30 a month");
    assertThat(prices.bucket(1000).text()).isEqualTo("less than $0.01 a month");
    assertThat(prices.bucket(0).text()).isEmpty();
  }

  @Test
  void theSumOfAStageIsReportedInASentence() {
    Cost bucket = prices.bucket(100L << 30);
    assertThat(bucket.sum()).isEqualTo("about $2.30 a month");
    assertThat(prices.bucket(1000).sum()).isEqualTo("less than $0.01 a month");
    assertThat(Cost.NOTHING.sum()).isEqualTo("nothing");
    assertThat(Cost.UNKNOWN.sum()).isEqualTo("an unknown amount");
    assertThat(bucket.plus(Cost.UNKNOWN).sum())
        .isEqualTo("about $2.30 a month, plus items without a known price");
  }

  @Test
  void countsOneThingAndMore() {
    assertThat(Counted.of(1, "instance")).isEqualTo("1 instance");
    assertThat(Counted.of(0, "instance")).isEqualTo("0 instances");
    assertThat(Counted.of(2, "instance")).isEqualTo("2 instances");
  }

  @Test
  void tasksCostTheirProcessorsAndTheirMemory() {
    // (1 × $0.04048 + 2 × $0.004445) × 730 hours
    assertThat(prices.fargate("1024", "2048").text()).isEqualTo("$36.04 a month");
  }

  @Test
  void ofWhatStandsOnlyAlarmsAndKeysCost() {
    assertThat(prices.fixedCost("arn:aws:cloudwatch:eu-west-1:1:alarm:a").monthly()).isEqualTo(0.1);
    assertThat(prices.fixedCost("arn:aws:kms:eu-west-1:1:key/a").monthly()).isEqualTo(1);
    assertThat(prices.fixedCost("arn:aws:s3:::a").monthly()).isZero();
  }
}
