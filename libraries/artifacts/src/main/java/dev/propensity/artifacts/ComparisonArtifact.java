package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.comparison.RankingMetric;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** Learners and parameters compared on the folds that their models were not trained on. */
public record ComparisonArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "compare";

  /**
   * The comparison at this location.
   *
   * @throws UserException if there is none
   */
  public static ComparisonArtifact require(ArtifactStore store, S3Location uri) {
    return new ComparisonArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * What is computed.
   *
   * @param rank the metric that decides which candidate is the best
   */
  public static Computation computation(
      DatasetSpec spec, FoldFeatures features, FoldModels models, RankingMetric rank, Digest code) {
    SortedMap<String, Input> inputs = models.inputs();
    inputs.putAll(features.inputs());
    SortedMap<String, JsonNode> parameters =
        SpecificationSections.of(spec, "title", "identifier", "label", "offer");
    parameters.put("rank", TextNode.valueOf(rank.word()));
    return new Computation(spec.name(), features.origin(), PRODUCER, code, parameters, inputs);
  }

  /**
   * Writes the files into this folder.
   *
   * @param report the comparison as HTML
   */
  public static void write(
      Path folder, DatasetSpec spec, Comparison comparison, OutOfFold scores, String report)
      throws IOException {
    scores.write(folder.resolve(OutOfFold.FILE), spec.identifier(), spec.label().column());
    Files.write(folder.resolve(Comparison.FILE), CanonicalJson.bytes(comparison));
    HtmlPage.write(folder, report);
  }

  /** Reads the comparison. */
  public Comparison comparison() {
    return Comparison.parse(
        files.read(Comparison.FILE), files.location(Comparison.FILE).toString());
  }

  /** Reads the scores of all candidates. */
  public OutOfFold outOfFold() throws IOException {
    try (WorkFolder work = new WorkFolder()) {
      return OutOfFold.read(files.folder(work.path(), OutOfFold.FILE).resolve(OutOfFold.FILE));
    }
  }

  /**
   * This comparison, if its final model is trained on these features.
   *
   * @throws UserException if they are not all rows outside test of the table that was compared on,
   *     or were encoded in another way
   */
  public ComparisonArtifact requireRowsOf(Features features) {
    features.requireWithoutValidation();
    Input raw = artifact().manifest().inputs().get(RawTable.INPUT);
    if (raw == null || !raw.equals(features.raw())) {
      throw new UserException(
          uri() + " compared models on a different table than that of " + features.uri());
    }
    S3Location first = FoldFeatures.first(artifact().manifest()).uri();
    Features fold = Features.require(files.store(), first);
    if (!fold.commonParameters().equals(features.commonParameters())) {
      throw new UserException(
          uri()
              + " compared models on rows that were split or encoded differently from those of "
              + features.uri());
    }
    return this;
  }
}
