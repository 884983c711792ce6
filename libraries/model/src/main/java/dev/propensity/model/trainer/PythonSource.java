package dev.propensity.model.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Python that loads a learner's models. */
public final class PythonSource {
  private PythonSource() {}

  /** The text of {@code scoring.py} in the resources of a class's package. */
  public static String beside(Class<?> learner) {
    try (InputStream in = learner.getResourceAsStream("scoring.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
