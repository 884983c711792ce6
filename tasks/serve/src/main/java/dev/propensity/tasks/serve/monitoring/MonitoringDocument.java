package dev.propensity.tasks.serve.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.tasks.serve.metrics.ServerMetrics;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tracking.MonitoringEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The document of {@code GET /api/v1/monitoring}. */
public final class MonitoringDocument {
  private final ModelHolder holder;
  private final ServerMetrics metrics;
  private final Supplier<@Nullable CaptureState> capture;

  /**
   * @param capture returns null if the server captures nothing
   */
  public MonitoringDocument(
      ModelHolder holder, ServerMetrics metrics, Supplier<@Nullable CaptureState> capture) {
    this.holder = holder;
    this.metrics = metrics;
    this.capture = capture;
  }

  /** The document as JSON in UTF-8. */
  byte[] json(LedgerSnapshot snapshot) {
    ModelStatus state = holder.get();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", state.served() == null ? null : model(state, state.served()));
    json.put("waiting", state.waiting());
    json.put("server", metrics.traffic());
    json.put("scores", state.served() == null ? null : scores(state.served()));
    json.put("capture", capture.get());
    json.put("store", store(snapshot));
    json.put("releases", latestFirst(snapshot.releases()));
    List<MonitoringEntry> windows = snapshot.windows();
    json.put("windows", windows(windows));
    json.put("accepted", accepted(snapshot.entries()));
    json.put("latest", latest(snapshot, state.served()));
    try {
      return CanonicalJson.mapper().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // only records, maps and text
    }
  }

  private static Map<String, Object> model(ModelStatus state, ServedModel served) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", served.name());
    json.put("title", served.title());
    json.put("dataset", served.model().title());
    json.put("synthetic", served.model().synthetic());
    json.put("version", served.version());
    json.put("digest", served.digest().hex());
    json.put("since", String.valueOf(state.since()));
    return json;
  }

  /** The answered scores in the bins of the baseline; null if the model has none. */
  private @Nullable Map<String, Object> scores(ServedModel served) {
    long[] live = metrics.predictionStats().liveScores(served);
    if (live == null || served.baseline() == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("edges", served.baseline().scores().edges());
    json.put("baseline", served.baseline().scores().counts());
    json.put("bins", live);
    json.put("effect", TrainingComparison.scoreEffect(served, live));
    return json;
  }

  private static Map<String, Object> store(LedgerSnapshot snapshot) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("read", snapshot.read() == null ? null : snapshot.read().toString());
    json.put("note", snapshot.note());
    return json;
  }

  private static <T> List<T> latestFirst(List<T> entries) {
    List<T> reversed = new ArrayList<>(entries);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Map<String, Object>> windows(List<MonitoringEntry> windows) {
    Set<String> named = new HashSet<>();
    List<Map<String, Object>> all = new ArrayList<>();
    for (MonitoringEntry entry : windows) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("number", entry.number());
      json.put("window", entry.window());
      json.put("ends", LedgerSnapshot.end(entry).toString());
      json.put("verdict", entry.verdict());
      json.put("columns", entry.columns());
      json.put("version", entry.version());
      json.put("who", entry.who());
      json.put("when", entry.when());
      json.put("report", MonitoringRoutes.path(entry, named.add(entry.window())));
      all.add(json);
    }
    return all;
  }

  private static List<Map<String, Object>> accepted(List<MonitoringEntry> entries) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (MonitoringEntry entry : latestFirst(entries)) {
      if (entry.action() == MonitoringEntry.Action.ACCEPTED) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", entry.number());
        json.put("window", entry.window());
        json.put("version", entry.version());
        json.put("who", entry.who());
        json.put("when", entry.when());
        json.put("why", entry.why());
        all.add(json);
      }
    }
    return all;
  }

  private static @Nullable Map<String, Object> latest(
      LedgerSnapshot snapshot, @Nullable ServedModel served) {
    Monitoring latest = snapshot.latest();
    if (latest == null) {
      return null;
    }
    // The labels of the bins are those of the live model's columns.
    ServedModel own =
        served != null && served.digest().hex().equals(latest.model()) ? served : null;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("live", own != null);
    json.put("monitoring", latest);
    json.put("labels", own == null ? Map.of() : BinLabels.of(own));
    json.put("score_edges", own == null ? List.of() : BinLabels.scoreEdges(own));
    return json;
  }
}
