package dev.propensity.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StoredArgumentsTest {
  private static final S3Location WORDS = S3Location.parse("s3://propensity/results/words.json");

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @Test
  void takesWordsFromS3WhateverTheirLengthAndLines() throws Exception {
    String text = "one\n".repeat(5_000) + "\"two\" 'three' @s3://not/this";
    put(CanonicalJson.text(List.of("--words", text)));
    CopyTask task = new CopyTask();
    assertThat(run(task)).isZero();
    assertThat(result().get("status").asText()).isEqualTo("done");
    assertThat(task.computed).isEqualTo(1);
  }

  @Test
  void saysWhichObjectIsNotThereOrNoListOfWords() throws Exception {
    S3.objects().delete(WORDS);
    assertThat(run(new CopyTask())).isEqualTo(2);
    assertThat(reason()).isEqualTo("@s3://propensity/results/words.json: there is no such object");
    for (String wrong : List.of("{\"words\": 1}", "[null]", "null", "no JSON")) {
      put(wrong);
      assertThat(run(new CopyTask())).isEqualTo(2);
      assertThat(reason()).startsWith("@s3://propensity/results/words.json is not valid");
    }
  }

  @Test
  void namesAWrongOptionAsOnTheCommandLine() throws Exception {
    put("[\"--wrods\", \"once\"]");
    assertThat(run(new CopyTask())).isEqualTo(2);
    assertThat(reason()).contains("Unknown option: '--wrods'").contains("copy --help");
  }

  private static void put(String json) {
    S3.objects().write(WORDS, json.getBytes(StandardCharsets.UTF_8));
  }

  private int run(CopyTask task) {
    return Task.run(
        task, S3.environment(), "@" + WORDS, "--result", folder.resolve("result.json").toString());
  }

  private String reason() throws IOException {
    return result().get("reason").asText();
  }

  private JsonNode result() throws IOException {
    return CanonicalJson.mapper().readTree(Files.readAllBytes(folder.resolve("result.json")));
  }
}
