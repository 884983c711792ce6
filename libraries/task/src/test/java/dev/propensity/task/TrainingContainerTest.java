package dev.propensity.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingContainerTest {
  @TempDir Path folder;

  @Test
  void takesItsOptionsFromTheHyperparametersAndLeavesTheArtifactInTheModelFolder()
      throws Exception {
    hyperparameters("{\"words\": \"hello\", \"sagemaker_region\": \"eu-west-1\"}");
    assertThat(run()).isZero();
    assertThat(folder.resolve("model/words.txt")).hasContent("hello");
    assertThat(folder.resolve("output/failure")).doesNotExist();
  }

  @Test
  void readsTextsAsTheSdkWritesThem() throws Exception {
    hyperparameters("{\"words\": \"\\\"he said \\\\\\\"no\\\\\\\"\\\"\"}");
    assertThat(run()).isZero();
    assertThat(folder.resolve("model/words.txt")).hasContent("he said \"no\"");
  }

  @Test
  void aChannelIsAnOptionThatAHyperparameterOverrules() throws Exception {
    Path channel = Files.createDirectories(folder.resolve("input/data/words"));
    Path file = Files.writeString(channel.resolve("words.txt"), "of no matter");
    hyperparameters("{}");
    assertThat(run()).isZero();
    assertThat(folder.resolve("model/words.txt")).hasContent(file.toString());
    hyperparameters("{\"words\": \"others\"}");
    assertThat(new TrainingContainer(folder).arguments()).containsExactly("--words", "others");
  }

  @Test
  void reportsTheLineOfAFailure() throws Exception {
    hyperparameters("{\"words\": \"bad\"}");
    assertThat(run()).isEqualTo(2);
    assertThat(folder.resolve("output/failure")).hasContent("these are bad words");
    hyperparameters("{\"wrods\": \"once\"}");
    assertThat(run()).isEqualTo(2);
    assertThat(folder.resolve("output/failure")).content().contains("Unknown option: '--wrods'");
    hyperparameters("[]");
    assertThat(run()).isEqualTo(2);
    assertThat(folder.resolve("output/failure")).content().contains("hyperparameters.json");
  }

  @Test
  void reportsWhereTheHyperparametersAreNotJson() throws Exception {
    hyperparameters("{\n  \"words\": \"hello\",\n}");
    assertThat(run()).isEqualTo(2);
    Path file = folder.resolve("input/config/hyperparameters.json");
    assertThat(folder.resolve("output/failure"))
        .content()
        .startsWith(file + " is not valid: line 3, column 1: unexpected } after a comma");
    hyperparameters("{\"words\": \"\\\"he said \\\"no\\\"\"}");
    assertThat(run()).isEqualTo(2);
    assertThat(folder.resolve("output/failure"))
        .content()
        .startsWith(file + ": the text of 'words' is not valid: line 1, column 11: ");
  }

  @Test
  void reportsTheLineWithArgumentsOfTheCommandLineTooAndNoMoreThanIsShown() throws Exception {
    Files.createDirectories(folder.resolve("output"));
    CopyTask task = new CopyTask();
    task.container(new TrainingContainer(folder));
    assertThat(Task.run(task, Map.of(), "--words", "x")).isEqualTo(2);
    assertThat(folder.resolve("output/failure")).hasContent("set PROPENSITY_STORE");
    new TrainingContainer(folder).fail("x".repeat(5_000));
    assertThat(folder.resolve("output/failure")).hasContent("x".repeat(900));
  }

  private void hyperparameters(String json) throws IOException {
    Files.createDirectories(folder.resolve("input/config"));
    Files.createDirectories(folder.resolve("output"));
    Files.writeString(folder.resolve("input/config/hyperparameters.json"), json);
  }

  private int run() {
    CopyTask task = new CopyTask();
    task.container(new TrainingContainer(folder));
    return Task.run(task, Map.of());
  }
}
