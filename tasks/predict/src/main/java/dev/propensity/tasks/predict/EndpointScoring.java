package dev.propensity.tasks.predict;

import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model;
import dev.propensity.model.prediction.BatchScoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores with an endpoint, which must serve the model that was chosen for the predictions. */
final class EndpointScoring implements BatchScoring {
  private static final int DIGITS = 12;

  private final Endpoint endpoint;
  private final Model model;
  private final TrainedModelArtifact artifact;
  private final Digest digest;

  /**
   * @param model whose encoder encoded the batches
   * @param artifact the same model in the store
   */
  EndpointScoring(Endpoint endpoint, Model model, TrainedModelArtifact artifact) {
    this.endpoint = endpoint;
    this.model = model;
    this.artifact = artifact;
    this.digest = artifact.digest();
  }

  /**
   * @throws UserException if another model is live, or a row is rejected
   */
  @Override
  public float[] scores(RowBatch batch) {
    ScoringResponse response;
    try {
      response = endpoint.score(rows(batch));
    } catch (RowsRejectedException e) {
      throw new UserException(e.getMessage(), e);
    }
    String name = String.valueOf(response.model());
    String digits = name.substring(name.lastIndexOf('@') + 1);
    if (digits.isEmpty() || !digest.hex().startsWith(digits)) {
      throw new UserException(
          endpoint
              + " serves "
              + name
              + ", not "
              + artifact.uri()
              + " (@"
              + digest.abbreviated(DIGITS)
              + ")");
    }
    if (response.predictions().size() != batch.rows()) {
      throw new UserException(
          endpoint + " returned " + response.predictions().size() + " scores for " + batch.rows());
    }
    float[] scores = new float[batch.rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = response.predictions().get(row).score();
    }
    return scores;
  }

  private List<Map<String, String>> rows(RowBatch batch) {
    float[] values = batch.values(0);
    int width = model.encoder().features().size();
    List<Map<String, String>> rows = new ArrayList<>(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(model.rawRow(values, row * width));
    }
    return rows;
  }
}
