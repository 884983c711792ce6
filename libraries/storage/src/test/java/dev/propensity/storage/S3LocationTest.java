package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.util.List;
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
  @ValueSource(strings = {"in//double.csv", "/lead.csv", "in/", "//", "größe 1%.csv"})
  void takesAnObjectsKeyAsItIs(String key) {
    assertThat(S3Location.parseObject("s3://bucket/" + key))
        .isEqualTo(new S3Location("bucket", key))
        .hasToString("s3://bucket/" + key);
  }

  @Test
  void rejectsAnObjectWithoutAKeyOrWithTooLongAOne() {
    for (String uri : List.of("s3://bucket", "s3://bucket/")) {
      assertThatThrownBy(() -> S3Location.parseObject(uri))
          .isInstanceOf(UserException.class)
          .hasMessage("'" + uri + "' names no object: write s3://bucket/key");
    }
    assertThat(S3Location.parseObject("s3://bucket/" + "ß".repeat(512)).key()).hasSize(512);
    assertThatThrownBy(() -> S3Location.parseObject("s3://bucket/" + "ß".repeat(513)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("is longer than the 1024 bytes that S3 allows");
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
        "s3://bucket//x",
        "s3://bucket/a//x",
        "s3://bucket/a//"
      })
  void rejectsWhatIsNone(String text) {
    assertThatThrownBy(() -> S3Location.parse(text)).isInstanceOf(UserException.class);
  }
}
