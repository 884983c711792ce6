package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    Offers.train(folder, 2);
  }

  @Test
  void verifiesItsSampleRows() {
    Model model = Model.load(folder);
    model.verifySampleRows();
    assertThat(model.samples()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(model.samples())
        .anySatisfy(sample -> assertThat(sample.row()).containsEntry("age", ""))
        .anySatisfy(sample -> assertThat(sample.row()).containsEntry("town", "unseen"));
  }

  @Test
  void knowsWhatItWasMadeOf() {
    Model model = Model.load(folder);
    assertThat(model.learner()).isEqualTo("xgboost");
    assertThat(model.split()).isEqualTo(Offers.SPEC.split());
    assertThat(model.threshold()).isBetween(0.1, 0.6);
    assertThat(model.validation().get("auc")).isGreaterThan(0.6);
    assertThat(model.encoder().identifier()).isEqualTo("customer");
  }

  @Test
  void scoresARawRowAsItsEncodedFeatures() {
    Model model = Model.load(folder);
    FeatureTable table = Offers.table(1, 9);
    String[] cells = Offers.csv(1, 9).split("\n")[1].split(",");
    String[] names = Offers.HEADER.split(",");
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      row.put(names[i], cells[i]);
    }
    assertThat(model.score(row)).isEqualTo(model.scorer().score(table.values(), 0));
  }

  @Test
  void isWrittenWithTheSameBytesAgainWithAnotherNumberOfThreads(@TempDir Path again)
      throws IOException {
    Offers.train(again, 1);
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(again.resolve(folder.relativize(file))).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void rejectsAFolderWithoutAModel(@TempDir Path empty) {
    assertThatThrownBy(() -> Model.load(empty))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a model directory: model.json is missing");
  }

  @Test
  void rejectsADamagedNativeModel(@TempDir Path copy) throws IOException {
    copy(copy);
    byte[] bytes = Files.readAllBytes(copy.resolve("model.ubj"));
    Files.write(copy.resolve("model.ubj"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Model.load(copy))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the XGBoost model is damaged");
  }

  @Test
  void rejectsALaterSchema(@TempDir Path copy) throws IOException {
    copy(copy);
    Path file = copy.resolve("model.json");
    Files.writeString(file, Files.readString(file).replace("\"schema\":3", "\"schema\":4"));
    assertThatThrownBy(() -> Model.load(copy))
        .isInstanceOf(UserException.class)
        .hasMessage("model.json has schema 4; this version reads 1 to 3");
  }

  @Test
  void saysWhichSampleRowScoresOtherwise(@TempDir Path copy) throws IOException {
    copy(copy);
    Path file = copy.resolve("sample-rows.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"score\":0\\.\\d+", "\"score\":0.5"));
    assertThatThrownBy(() -> Model.load(copy).verifySampleRows())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("sample row 1 scores ")
        .hasMessageContaining("the recorded score is 0.5");
  }

  private static void copy(Path to) throws IOException {
    for (String file :
        new String[] {"model.json", "encoder.json", "sample-rows.json", "model.ubj"}) {
      Files.copy(folder.resolve(file), to.resolve(file));
    }
  }
}
