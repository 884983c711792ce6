package dev.propensity.tasks.serve.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.tasks.serve.model.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's description, {@code openapi.yaml}, with the names of a model's dataset filled in. */
final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Contract() {}

  /** The description as YAML. */
  static String yaml(ServedModel served) {
    Encoder encoder = served.model().encoder();
    List<String> required =
        encoder.columns().stream()
            .map(Encoder.Feature::column)
            .filter(column -> !column.missing())
            .map(column -> column.name())
            .toList();
    StringBuilder columns = new StringBuilder();
    for (Encoder.Feature feature : encoder.columns()) {
      columns
          .append("        ")
          .append(json(feature.column().name()))
          .append(": ")
          .append(json(ColumnSchema.of(feature)))
          .append('\n');
    }
    return template()
        .replace("\"@title@\"", json("Propensity: " + served.name()))
        .replace("\"@identifier@\"", json(encoder.identifier()))
        .replace("\"@label@\"", json(encoder.label().column() + "_pred"))
        .replace("\"@required@\"", json(required))
        .replace("        # @columns@\n", columns);
  }

  /** The description as JSON. */
  static String json(ServedModel served) {
    Object document =
        new Load(LoadSettings.builder().setLabel("openapi.yaml").build())
            .loadFromString(yaml(served));
    return json(document);
  }

  private static String template() {
    try (InputStream in = Contract.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks openapi.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // JSON's strings, lists and objects are YAML's, too.
  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // only maps, lists, numbers and text
    }
  }
}
