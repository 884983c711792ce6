package dev.propensity.dataset.encoder;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.propensity.dataset.specification.ColumnJson;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code encoder.json}.
 *
 * @param schema the version of the format
 * @param decimal the decimal sign of tables; absent where it is detected
 */
record EncoderJson(
    int schema,
    String identifier,
    DatasetSpec.Label label,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String decimal,
    List<FeatureJson> features) {
  private static final int SCHEMA = 1;

  private record FeatureJson(
      ColumnJson column,
      List<String> categories,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean numeric) { // absent: false
    private Encoder.Feature feature() {
      return new Encoder.Feature(column.column(), categories, Boolean.TRUE.equals(numeric));
    }
  }

  static EncoderJson of(Encoder encoder) {
    return new EncoderJson(
        SCHEMA,
        encoder.identifier(),
        encoder.label(),
        encoder.decimal(),
        encoder.columns().stream()
            .map(
                feature ->
                    new FeatureJson(
                        ColumnJson.of(feature.column()),
                        feature.categories(),
                        feature.numeric() ? Boolean.TRUE : null))
            .toList());
  }

  /**
   * Reads the file.
   *
   * @throws UserException if it is damaged or of a later schema
   */
  static EncoderJson read(Path file) {
    String where = String.valueOf(file.getFileName());
    EncoderJson json;
    try {
      json = CanonicalJson.read(Files.readAllBytes(file), EncoderJson.class, where);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (json.schema() != SCHEMA) {
      throw new UserException(
          where + " has schema " + json.schema() + "; this version reads up to " + SCHEMA);
    }
    return json;
  }

  Encoder encoder() {
    return new Encoder(
        identifier, label, decimal, features.stream().map(FeatureJson::feature).toList());
  }

  /** Writes the file, canonical. */
  void write(Path file) {
    try {
      Files.write(file, CanonicalJson.bytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
