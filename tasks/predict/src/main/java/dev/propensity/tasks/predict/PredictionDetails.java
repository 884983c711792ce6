package dev.propensity.tasks.predict;

import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.model.prediction.PredictionReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the outcome of a prediction shows beside its URI: {@code models}, {@code version} (of one
 * model that is in the release ledger) and {@code metrics}.
 */
record PredictionDetails(List<TrainedModelArtifact> models, PredictionsArtifact predictions) {

  SortedMap<String, Object> map() {
    SortedMap<String, Object> details = new TreeMap<>();
    details.put("models", models.stream().map(model -> model.uri().toString()).toList());
    Optional<Integer> version = models.size() == 1 ? models.get(0).version() : Optional.empty();
    version.ifPresent(number -> details.put("version", number));
    PredictionReport report = predictions.report();
    details.put(
        "metrics",
        Map.of(
            "rows", report.rows(),
            "predicted", report.predicted(),
            "positive", report.positive(),
            "mean_score", report.meanScore()));
    return details;
  }
}
