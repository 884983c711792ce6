package dev.propensity.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ComputationTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @Test
  void computesOnceAndThenAnswersWithWhatIsThere() throws Exception {
    CopyTask first = new CopyTask();
    assertThat(run(first, "--words", "once")).isZero();
    JsonNode made = result();
    assertThat(made.get("status").asText()).isEqualTo("done");
    CopyTask second = new CopyTask();
    assertThat(run(second, "--words", "once")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("reason").asText()).startsWith("unchanged since 20");
    assertThat(result().get("uri")).isEqualTo(made.get("uri"));
    assertThat(first.computed + second.computed).isEqualTo(1);
    assertThat(first.published).containsExactly("once, written", "computed once");
    assertThat(second.published).containsExactly("once, stored");
  }

  @Test
  void theResultHasTheDatasetTheTasksDetailsAndWhereItWasPublished() throws Exception {
    for (String status : List.of("done", "unchanged")) {
      assertThat(run(new CopyTask(), "--words", "details")).isZero();
      assertThat(result().get("status").asText()).isEqualTo(status);
      assertThat(result().get("name").asText()).isEqualTo("toys");
      assertThat(result().get("letters").asInt()).isEqualTo(7);
      assertThat(result().get("mlflow_run").asText()).isEqualTo("http://mlflow/details");
      assertThat(result().has("details")).isFalse();
    }
  }

  @Test
  void forceRejectsOtherBytesAndKeepsTheOldOnes() throws Exception {
    assertThat(run(new CopyTask(), "--words", "same")).isZero();
    assertThat(run(new CopyTask(), "--words", "same", "--force")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("done");
    CopyTask other = new CopyTask();
    other.suffix = "!";
    assertThat(run(other, "--words", "same", "--force")).isEqualTo(2);
    assertThat(result().get("reason").asText()).contains("not reproducible: words.txt differs");
  }

  @Test
  void writesTheResultOfARejectionToo() throws Exception {
    assertThat(run(new CopyTask(), "--words", "bad")).isEqualTo(2);
    assertThat(result().get("status").asText()).isEqualTo("rejected");
    assertThat(result().get("reason").asText()).isEqualTo("these are bad words");
    assertThat(run(new CopyTask(), "--wrods", "once")).isEqualTo(2);
    assertThat(result().get("reason").asText())
        .contains("Unknown option: '--wrods'")
        .contains("copy --help");
  }

  @Test
  void plansWithoutDoing() throws Exception {
    assertThat(run(new CopyTask(), "--words", "planned", "--plan")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("planned");
    assertThat(result().get("reason").asText()).isEqualTo("not there");
  }

  private int run(Task task, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--result";
    all[arguments.length + 1] = folder.resolve("result.json").toString();
    return Task.run(task, S3.environment(), all);
  }

  private JsonNode result() throws IOException {
    return CanonicalJson.mapper().readTree(Files.readAllBytes(folder.resolve("result.json")));
  }
}
