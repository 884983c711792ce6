package dev.propensity.model;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.foundation.Digest;
import dev.propensity.model.trainer.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The files of a model directory for MLflow in Python: {@code MLmodel} with the native flavor and a
 * {@code python_function} of raw columns, the code of the latter, and the packages they need.
 *
 * <p>The code's module has a digest of the model in its name, since Python loads a module's name
 * once per process. There is no signature: MLflow's would reject either strings or numbers, the
 * module accepts both.
 */
final class PythonFlavors {
  private static final String PYTHON = "3.11";
  private static final String MLFLOW = "3.17.2";
  private static final int DIGITS = 16;

  private PythonFlavors() {}

  /** Writes these files next to the native model and the encoder. */
  static void write(Path folder, TrainedModel trained) throws IOException {
    String code = code(trained.flavor().scoring());
    String digest = digest(folder, trained, code).hex();
    String module = "propensity_model_" + digest.substring(0, DIGITS);
    Files.createDirectories(folder.resolve("code"));
    ModelDirectory.text(folder, "code/" + module + ".py", code);
    ModelDirectory.text(folder, "MLmodel", description(trained, module, digest.substring(0, 32)));
    requirements(folder, trained.flavor().requirements());
  }

  private static String code(String scoring) throws IOException {
    try (InputStream in = PythonFlavors.class.getResourceAsStream("raw_columns.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n\n" + scoring;
    }
  }

  private static Digest digest(Path folder, TrainedModel trained, String code) throws IOException {
    MessageDigest digest = Digest.sha256();
    digest.update(trained.bytes());
    for (String file : List.of(Encoder.FILE, ModelDirectory.DESCRIPTION)) {
      digest.update(Files.readAllBytes(folder.resolve(file)));
    }
    digest.update(code.getBytes(StandardCharsets.UTF_8));
    return Digest.finished(digest);
  }

  private static String description(TrainedModel trained, String module, String identifier) {
    List<String> lines = new ArrayList<>();
    lines.add("flavors:");
    if (trained.flavor().name() != null) {
      lines.add("  " + trained.flavor().name() + ":");
      new TreeMap<>(trained.flavor().entries())
          .forEach((key, value) -> lines.add("    " + key + ": " + value));
    }
    lines.add("  python_function:");
    lines.add("    code: code");
    lines.add("    env:");
    lines.add("      conda: conda.yaml");
    lines.add("      virtualenv: python_env.yaml");
    lines.add("    loader_module: " + module);
    lines.add("    python_version: '" + PYTHON + "'");
    lines.add("mlflow_version: " + MLFLOW);
    lines.add("model_uuid: " + identifier);
    return String.join("\n", lines) + "\n";
  }

  private static void requirements(Path folder, List<String> learner) throws IOException {
    List<String> packages = new ArrayList<>(List.of("mlflow==" + MLFLOW, "numpy", "pandas"));
    packages.addAll(learner);
    ModelDirectory.text(folder, "requirements.txt", String.join("\n", packages) + "\n");
    ModelDirectory.text(
        folder,
        "python_env.yaml",
        "python: '"
            + PYTHON
            + "'\nbuild_dependencies:\n- pip\ndependencies:\n- -r requirements.txt\n");
    ModelDirectory.text(
        folder,
        "conda.yaml",
        "channels:\n- conda-forge\ndependencies:\n- python="
            + PYTHON
            + "\n- pip\n- pip:\n  - "
            + String.join("\n  - ", packages)
            + "\nname: mlflow-env\n");
  }
}
