package dev.propensity.tasks.serve.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.propensity.foundation.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/v1/model}: which model answers, how good it is, since when. */
public final class ModelDescription {
  private ModelDescription() {}

  public static String json(State state) {
    ServedModel served = state.served();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", served == null ? null : served.name());
    json.put("release", state.release());
    json.put("version", served == null ? null : served.version());
    json.put("model", served == null ? null : served.uri());
    json.put("digest", served == null ? null : served.digest());
    json.put("title", served == null ? null : served.title());
    json.put("threshold", served == null ? null : served.model().threshold());
    json.put("metrics", served == null ? Map.of() : served.metrics());
    json.put("since", state.since() == null ? null : state.since().toString());
    json.put("previous", state.previous());
    json.put("refused", state.refused());
    json.put("waiting", state.waiting());
    try {
      return CanonicalJson.mapper().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // only records, maps and text stand in it
    }
  }
}
