package dev.propensity.monitoring.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a captured response.
 *
 * @param model the model's title, {@code insurance/3@0123456789ab}; null where the response is a
 *     CSV, which does not name it
 * @param scores of the request's rows, in their order
 */
public record EventScores(@Nullable String model, List<Float> scores) {
  /**
   * Reads a response.
   *
   * @throws UserException if it is none of the endpoint's server
   */
  public static EventScores of(CapturedEvent.Body response) {
    try {
      return response.type().startsWith("text/csv") ? csv(response) : json(response);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new UserException("the response has no scores", e);
    }
  }

  private static EventScores json(CapturedEvent.Body response) {
    JsonNode tree = CanonicalJson.read(response.bytes(), JsonNode.class, "the response");
    List<Float> scores = new ArrayList<>();
    for (JsonNode prediction : tree.path("predictions")) {
      if (!prediction.path("score").isNumber()) {
        throw new UserException("the response has no scores");
      }
      scores.add(prediction.path("score").floatValue());
    }
    JsonNode model = tree.path("model");
    return new EventScores(model.isTextual() ? model.textValue() : null, scores);
  }

  /** Of id, score and label, only the first can be in quotes. */
  private static EventScores csv(CapturedEvent.Body response) {
    String text = new String(response.bytes(), StandardCharsets.UTF_8);
    List<Float> scores = new ArrayList<>();
    boolean quoted = false;
    boolean isHeader = true;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (text.charAt(i) == '\n' && !quoted) {
        if (!isHeader) {
          int label = text.lastIndexOf(',', i);
          int score = text.lastIndexOf(',', label - 1);
          scores.add(Float.parseFloat(text.substring(Math.max(start, score + 1), label)));
        }
        isHeader = false;
        start = i + 1;
      }
    }
    return new EventScores(null, scores);
  }

  /** Those of these rows. */
  public EventScores only(List<Integer> rows) {
    return new EventScores(model, rows.stream().map(scores::get).toList());
  }

  /** As the endpoint's server writes it, without identifiers and labels. */
  Map<String, Object> json() {
    Map<String, Object> json = new TreeMap<>();
    if (model != null) {
      json.put("model", model);
    }
    json.put(
        "predictions",
        IntStream.range(0, scores.size()).mapToObj(i -> Map.of("score", scores.get(i))).toList());
    return json;
  }
}
