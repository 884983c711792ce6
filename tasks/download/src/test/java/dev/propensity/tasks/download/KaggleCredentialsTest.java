package dev.propensity.tasks.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KaggleCredentialsTest {
  @TempDir Path home;

  @Test
  void standInTheEnvironment() throws Exception {
    token("{\"username\":\"ann\",\"key\":\"other\"}");
    KaggleCredentials found =
        find(Map.of("KAGGLE_USERNAME", "bob", "KAGGLE_KEY", "k", "HOME", home.toString()));
    assertThat(found).isEqualTo(new KaggleCredentials("bob", "k"));
    assertThat(found.authorization()).isEqualTo("Basic Ym9iOms="); // printf bob:k | base64
  }

  @Test
  void orInTheTokenOfTheHomeFolder() throws Exception {
    token("{\"username\":\"ann\",\"key\":\"secret\"}");
    KaggleCredentials found = find(Map.of("KAGGLE_USERNAME", "bob", "HOME", home.toString()));
    assertThat(found).isEqualTo(new KaggleCredentials("ann", "secret"));
    assertThat(found).asString().doesNotContain("secret");
  }

  @Test
  void areAskedForInOneLineWhereThereAreNone() {
    assertThatThrownBy(() -> find(Map.of("HOME", home.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no Kaggle credentials: set KAGGLE_USERNAME and KAGGLE_KEY")
        .hasMessageNotContaining("\n");
  }

  @Test
  void areRejectedWhereTheTokenIsNone() throws Exception {
    token("{\"username\":\"ann\"");
    assertThatThrownBy(() -> find(Map.of("HOME", home.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("kaggle.json is not a Kaggle token");
    token("{\"username\":\"ann\"}");
    assertThatThrownBy(() -> find(Map.of("HOME", home.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("is not a Kaggle token: it has no username or no key");
  }

  private void token(String json) throws IOException {
    Path folder = Files.createDirectories(home.resolve(".kaggle"));
    Files.writeString(folder.resolve("kaggle.json"), json);
  }

  private static KaggleCredentials find(Map<String, String> environment) {
    return KaggleCredentials.find(new TaskEnvironment(environment));
  }
}
