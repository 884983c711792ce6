package dev.propensity.tasks.teardown.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedArnsTest {
  @ParameterizedTest
  @CsvSource({
    "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/a-b, sagemaker:endpoint, a-b",
    "arn:aws:s3:::a-b, s3, a-b",
    "arn:aws:sns:eu-west-1:123456789012:a-b, sns, a-b",
    "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a-b, cloudwatch:alarm, a-b",
    "arn:aws:logs:eu-west-1:123456789012:log-group:/a/b, logs:log-group, /a/b",
    "arn:aws:ecs:eu-west-1:123456789012:task/cluster/0f, ecs:task, cluster/0f",
    "arn:aws:ecs:eu-west-1:123456789012:task-definition/a:3, ecs:task-definition, a:3",
    "arn:aws:ecr:eu-west-1:123456789012:repository/a/b, ecr:repository, a/b",
    "nonsense, '', nonsense"
  })
  void reportsKindsAndNames(String arn, String kind, String name) {
    assertThat(TaggedArns.kind(arn)).isEqualTo(kind);
    assertThat(TaggedArns.name(arn)).isEqualTo(name);
  }

  @Test
  void namesThoseOfOneKind() {
    TaggedArns tagged =
        new TaggedArns(
            List.of(
                "arn:aws:sagemaker:eu-west-1:1:endpoint/a",
                "arn:aws:sagemaker:eu-west-1:1:endpoint-config/b"));
    assertThat(tagged.names("sagemaker:endpoint")).containsExactly("a");
  }
}
