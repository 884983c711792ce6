package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint gives raw rows the same scores as MLflow's pyfunc in Python. */
class PythonParityTest {
  private static final int ROWS = 2000;

  @TempDir Path folder;

  @Test
  void unseenAndMissingValuesAmongThem() throws Exception {
    Path python = interpreter();
    Path model = Offers.trainPlain(Files.createDirectory(folder.resolve("model")), 1);
    String csv = Offers.plainCsv(ROWS, 3);
    Files.writeString(folder.resolve("rows.csv"), csv);
    JsonNode expected = scores(python);
    ServedModel served = ModelLoader.load(model);
    EndpointServer server =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(Bounds.of(16, ROWS), UploadBounds.of(1, 100)));
    server.start();
    try {
      JsonNode predictions =
          Responses.tree(new Responses(server.port()).csv(csv)).get("predictions");
      for (int row = 0; row < ROWS; row++) {
        float score = (float) predictions.get(row).get("score").asDouble();
        float other = (float) expected.get("scores").get(row).asDouble();
        assertThat(score).as("row %d", row).isEqualTo(other);
        assertThat(predictions.get(row).get("label")).isEqualTo(expected.get("labels").get(row));
      }
    } finally {
      server.stop();
    }
  }

  private JsonNode scores(Path python) throws Exception {
    Path script = Path.of("src/test/python/score.py").toAbsolutePath();
    Process process =
        new ProcessBuilder(python.toString(), script.toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    return new ObjectMapper().readTree(folder.resolve("scores.json").toFile());
  }

  private static Path interpreter() {
    String environments = System.getenv("PROPENSITY_ENVIRONMENTS");
    Path all =
        environments == null ? Path.of("../../.propensity/environments") : Path.of(environments);
    Path interpreter = all.resolve("tools/bin/python").toAbsolutePath();
    boolean there = Files.exists(interpreter);
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(there, "no Python environment: 'make environments' installs it");
    }
    assertThat(there).as("Python environment %s", interpreter).isTrue();
    return interpreter;
  }
}
