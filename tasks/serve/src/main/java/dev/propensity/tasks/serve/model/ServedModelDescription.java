package dev.propensity.tasks.serve.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Model;
import dev.propensity.table.DatePattern;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/model}: the live model, its metrics and age, and what clients need to know of
 * its dataset.
 */
public final class ServedModelDescription {
  private final @Nullable String backup;

  /**
   * @param backup another server of the same endpoint; null for none
   */
  public ServedModelDescription(@Nullable String backup) {
    this.backup = backup;
  }

  /** Returns the state as JSON; 503 without a model. */
  public void answer(Context context, ModelStatus state) {
    context.header("Cache-Control", "no-store");
    context.status(state.served() == null ? 503 : 200);
    context.contentType("application/json").result(json(state).getBytes(StandardCharsets.UTF_8));
  }

  private String json(ModelStatus state) {
    ServedModel served = state.served();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", served == null ? null : served.name());
    json.put("release", state.release());
    json.put("version", served == null ? null : served.version());
    json.put("model", served == null ? null : served.uri());
    json.put("digest", served == null ? null : served.digest());
    json.put("title", served == null ? null : served.title());
    json.put("learner", served == null ? null : served.model().learner());
    json.put("threshold", served == null ? null : served.model().threshold());
    json.put(
        "calibration_line", served == null ? null : served.model().calibrationLine().orElse(null));
    json.put("metrics", served == null ? Map.of() : served.metrics());
    json.put("since", state.since() == null ? null : state.since().toString());
    json.put("previous", state.previous());
    json.put("rejected", state.rejected());
    json.put("waiting", state.waiting());
    json.put("backup", backup);
    json.put("dataset", served == null ? null : dataset(served.model()));
    try {
      return CanonicalJson.mapper().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // only records, maps and text
    }
  }

  private static Map<String, Object> dataset(Model model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", model.title());
    json.put("synthetic", model.synthetic());
    json.put("identifier", model.encoder().identifier());
    json.put("label", model.encoder().label());
    json.put("offer", model.offer());
    json.put(
        "columns",
        model.encoder().columns().stream()
            .map(Encoder.Feature::column)
            .map(ServedModelDescription::column)
            .toList());
    return json;
  }

  private static Map<String, Object> column(Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
    put(json, "description", column.description());
    put(json, "values", column.values());
    put(json, "minimum", column.minimum());
    put(json, "maximum", column.maximum());
    if (column.date() != null) {
      put(json, column.date());
    }
    json.put("missing", column.missing());
    return json;
  }

  private static void put(Map<String, Object> json, DateRule date) {
    put(json, "formats", date.formats().stream().map(DatePattern::toString).toList());
    put(json, "minimum", date.minimum() == null ? null : date.minimum().toString());
    put(json, "maximum", date.maximum() == null ? null : date.maximum().toString());
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null && !value.equals("") && !value.equals(List.of())) {
      json.put(name, value);
    }
  }
}
