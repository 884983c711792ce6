package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @Test
  void parsesBucketAndKey() {
    assertThat(S3Location.parse("s3://bucket/a/b.csv"))
        .isEqualTo(new S3Location("bucket", "a/b.csv"))
        .hasToString("s3://bucket/a/b.csv");
    assertThat(S3Location.parse("s3://bucket/a/")).isEqualTo(new S3Location("bucket", "a"));
    assertThat(S3Location.parse("s3://bucket")).isEqualTo(new S3Location("bucket", ""));
    assertThat(S3Location.parse("s3://bucket").resolve("a").resolve("b"))
        .isEqualTo(new S3Location("bucket", "a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bucket/key",
        "http://bucket/key",
        "s3://",
        "s3://B/key",
        "s3://a",
        "s3://bucket//x"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> S3Location.parse(text)).isInstanceOf(UserException.class);
  }
}
