package dev.propensity.tasks.compare;

import dev.propensity.artifacts.FoldFeatures;
import dev.propensity.artifacts.FoldModels;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model;
import dev.propensity.model.comparison.Candidate;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.trainer.CalibrationMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Scores each fold's validation rows with the models trained on the other folds. */
final class FoldScoring {
  private final FoldFeatures features;
  private final FoldModels models;
  private final List<List<Integer>> rounds = new ArrayList<>();

  FoldScoring(FoldFeatures features, FoldModels models) {
    this.features = features;
    this.models = models;
    models.candidates().forEach(candidate -> rounds.add(new ArrayList<>()));
  }

  /** Scores fold by fold; only one fold's features are in memory at a time. */
  OutOfFold scores() throws IOException {
    List<OutOfFold.Fold> folds = new ArrayList<>();
    for (int fold = 1; fold <= features.count(); fold++) {
      folds.add(fold(fold));
    }
    List<String> names =
        models.candidates().stream().map(FoldModels.CandidateModels::name).toList();
    return OutOfFold.join(names, calibrations(), folds);
  }

  private List<CalibrationMethod> calibrations() {
    return models.candidates().stream()
        .map(candidate -> CalibrationMethod.of(candidate.parameters()))
        .toList();
  }

  /** The candidates with the number of rounds of their models; call after {@link #scores}. */
  List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      FoldModels.CandidateModels fitted = models.candidates().get(i);
      candidates.add(
          new Candidate(fitted.name(), fitted.learner(), fitted.parameters(), rounds.get(i)));
    }
    return candidates;
  }

  private OutOfFold.Fold fold(int fold) throws IOException {
    FeatureTable rows = features.fold(fold).validation();
    float[][] margins = new float[models.candidates().size()][];
    for (int i = 0; i < margins.length; i++) {
      TrainedModelArtifact artifact = models.candidates().get(i).models().get(fold - 1);
      Model model = artifact.load();
      requireColumns(model.encoder(), rows, artifact);
      margins[i] = model.scorer().margins(rows.values(), rows.rows());
      rounds.get(i).add(model.rounds());
    }
    return new OutOfFold.Fold(rows.identifiers(), rows.labels(), margins);
  }

  private static void requireColumns(
      Encoder encoder, FeatureTable rows, TrainedModelArtifact model) {
    List<String> names = encoder.names();
    if (!names.equals(rows.names())) {
      throw new UserException(
          model.uri()
              + " was trained on the columns "
              + names
              + ", the folds have "
              + rows.names());
    }
  }
}
