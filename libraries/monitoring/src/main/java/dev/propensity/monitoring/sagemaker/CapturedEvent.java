package dev.propensity.monitoring.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.request.RequestReader;
import dev.propensity.dataset.request.RequestRow;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, as SageMaker's <a
 * href="https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html">data
 * capture</a> stores them: a line of a JSON Lines file.
 *
 * @param id unique
 * @param time when it was answered
 * @param inferenceId what the caller named it; null where it has no name
 */
public record CapturedEvent(
    String id, Instant time, @Nullable String inferenceId, Body request, Body response) {
  /** The name of requests that test an endpoint: their rows are not counted. */
  public static final String PROBE = "propensity-probe";

  private static final String JSON = "application/json";

  /**
   * A request's or a response's body.
   *
   * @param type its content type
   */
  public record Body(String type, byte[] bytes) {
    private static Body of(JsonNode captured, String name) {
      JsonNode side = captured.path(name);
      String data = text(side, "data", name);
      // Without a type, the endpoint's server would have rejected it.
      String type = side.path("observedContentType").asText("");
      boolean isBase64 = text(side, "encoding", name).equals("BASE64");
      try {
        return new Body(
            type,
            isBase64 ? Base64.getDecoder().decode(data) : data.getBytes(StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new UserException(name + ".data is not base64", e);
      }
    }

    private Map<String, Object> json(String mode) {
      return Map.of(
          "observedContentType",
          type,
          "mode",
          mode,
          "encoding",
          "JSON",
          "data",
          new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a line.
   *
   * @throws UserException if it is no such event, with request and response
   */
  public static CapturedEvent parse(String line) {
    byte[] json = line.getBytes(StandardCharsets.UTF_8);
    JsonNode event = CanonicalJson.read(json, JsonNode.class, "the event");
    JsonNode metadata = event.path("eventMetadata");
    String time = text(metadata, "inferenceTime", "eventMetadata");
    JsonNode inferenceId = metadata.path("inferenceId");
    try {
      return new CapturedEvent(
          text(metadata, "eventId", "eventMetadata"),
          Instant.parse(time),
          inferenceId.isTextual() ? inferenceId.textValue() : null,
          Body.of(event.path("captureData"), "endpointInput"),
          Body.of(event.path("captureData"), "endpointOutput"));
    } catch (DateTimeException e) {
      throw new UserException("eventMetadata.inferenceTime is '" + time + "', not a time", e);
    }
  }

  private static String text(JsonNode node, String key, String where) {
    if (!node.path(key).isTextual()) {
      throw new UserException("the event has no " + where + "." + key);
    }
    return node.path(key).textValue();
  }

  /** Whether the request tested the endpoint. */
  public boolean isProbe() {
    return PROBE.equals(inferenceId);
  }

  /**
   * The rows of the request, before they are encoded.
   *
   * @param scores of the response
   * @param reader of the model that answered
   * @throws UserException if they cannot be read, or have another number of scores
   */
  public List<RequestRow> rows(EventScores scores, RequestReader reader) {
    List<RequestRow> rows = reader.rows(request.type(), request.bytes());
    if (rows.size() != scores.scores().size()) {
      throw new UserException(rows.size() + " rows have " + scores.scores().size() + " scores");
    }
    return rows;
  }

  /**
   * The line of the same event with other rows, as JSON; without what else the caller sent.
   *
   * @param scores of these rows
   */
  public String line(List<RequestRow> rows, Encoder encoder, EventScores scores) {
    List<Map<String, String>> kept = new ArrayList<>();
    for (RequestRow row : rows) {
      Map<String, String> cells = new LinkedHashMap<>();
      if (row.identifier() != null) {
        cells.put(encoder.identifier(), row.identifier());
      }
      for (int column = 0; column < row.cells().length; column++) {
        String cell = row.cells()[column];
        if (cell != null) {
          cells.put(encoder.columns().get(column).name(), cell);
        }
      }
      kept.add(cells);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("eventId", id);
    metadata.put("inferenceTime", time.toString());
    if (isProbe()) {
      metadata.put("inferenceId", PROBE);
    }
    return CanonicalJson.text(
        Map.of(
            "captureData",
            Map.of(
                "endpointInput",
                new Body(JSON, CanonicalJson.bytes(kept)).json("INPUT"),
                "endpointOutput",
                new Body(JSON, CanonicalJson.bytes(scores.json())).json("OUTPUT")),
            "eventMetadata",
            metadata,
            "eventVersion",
            "0"));
  }
}
