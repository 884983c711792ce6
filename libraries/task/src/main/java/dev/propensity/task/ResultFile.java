package dev.propensity.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The destination of the outcome, {@code --result}: a file or an S3 object. */
record ResultFile(String target, TaskEnvironment environment) {

  /** Writes the outcome as JSON. */
  void write(Outcome outcome) {
    byte[] json = json(outcome);
    if (target.startsWith("s3://")) {
      environment.objects().write(S3Location.parseObject(target), json);
      return;
    }
    try {
      Path file = Path.of(target).toAbsolutePath();
      Files.createDirectories(file.getParent());
      Files.write(file, json);
    } catch (IOException e) {
      throw new UnavailableException("could not write --result " + target + ": " + e, e);
    }
  }

  private static byte[] json(Outcome outcome) {
    try {
      return (CanonicalJson.mapper().writeValueAsString(outcome) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
