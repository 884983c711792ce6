package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.Copies;
import dev.propensity.dataset.profile.CopyCheck;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.profile.DataWarnings;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.evaluation.TestCopies;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The encoded table in its splits, its encoder, and the raw test rows; or one fold of the rows
 * outside the test split; or all of them without validation.
 */
public record Features(ArtifactFiles files) implements StageArtifact {
  /** The task that writes them. */
  public static final String PRODUCER = "preprocess";

  /** The name of this artifact among the inputs of a computation. */
  static final String INPUT = "features";

  private static final String SPLIT = "split";
  private static final String FOLDS = "folds";
  private static final String FOLD = "fold";
  private static final String WITHOUT_VALIDATION = "without_validation";

  /**
   * The features at this location.
   *
   * @throws UserException if there are none
   */
  public static Features require(ArtifactStore store, S3Location uri) {
    return new Features(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * What is computed.
   *
   * @param assignment how rows are assigned if not by the specification's split: {@link #oneFold},
   *     {@link #withoutValidation()}, or nothing
   */
  public static Computation computation(
      DatasetSpec spec, RawTable raw, Map<String, JsonNode> assignment, Digest code) {
    SortedMap<String, JsonNode> parameters =
        SpecificationSections.of(
            spec, "title", "identifier", "label", "decimal", "features", SPLIT, "invalid_rows");
    parameters.putAll(assignment);
    return new Computation(
        spec.name(),
        raw.origin(),
        PRODUCER,
        code,
        parameters,
        new TreeMap<>(Map.of(RawTable.INPUT, raw.asInput())));
  }

  /** The parameters of one fold of so many. */
  public static Map<String, JsonNode> oneFold(int count, int number) {
    return Map.of(FOLDS, IntNode.valueOf(count), FOLD, IntNode.valueOf(number));
  }

  /** The parameters of features whose train split is all rows outside the test split. */
  public static Map<String, JsonNode> withoutValidation() {
    return Map.of(WITHOUT_VALIDATION, BooleanNode.TRUE);
  }

  /** The data report's warnings, as one text; null where there are none. */
  public @Nullable String warning() {
    String text = warnings().text();
    return text.isEmpty() ? null : "WARNING: " + text;
  }

  /** What the data report warns of. */
  public DataWarnings warnings() {
    return report().warnings();
  }

  private StoredDataReport report() {
    return new StoredDataReport(
        CanonicalJson.read(files.read(DataReport.FILE), JsonNode.class, uri().toString()));
  }

  /** The test rows whose features occur outside the test split. */
  public TestCopies testCopies() {
    if (!artifact().manifest().files().containsKey(CopyCheck.FILE)) {
      return TestCopies.NONE;
    }
    BitSet rows = new BitSet();
    int[] numbers =
        CanonicalJson.read(
            files.read(CopyCheck.FILE), int[].class, files.location(CopyCheck.FILE).toString());
    Arrays.stream(numbers).forEach(rows::set);
    Copies copies = report().copies();
    return new TestCopies(rows, copies != null && copies.coincidence());
  }

  /** The table that they were encoded from. */
  @Nullable Input raw() {
    return artifact().manifest().inputs().get(RawTable.INPUT);
  }

  /** Into how many folds the rows outside the test split were assigned. */
  int folds() {
    return number(FOLDS);
  }

  /** Whether the validation split is a fold of the rows outside the test split. */
  public boolean isFold() {
    return artifact().manifest().parameters().containsKey(FOLD);
  }

  /** Which fold, from 1, is the validation split. */
  int fold() {
    return number(FOLD);
  }

  private int number(String parameter) {
    JsonNode value = artifact().manifest().parameters().get(parameter);
    if (value == null) {
      throw new UserException(
          uri() + " is not a fold: preprocess writes one with --folds and --fold");
    }
    return value.asInt();
  }

  /**
   * The parameters that all folds of a table have in common with its features for a final model.
   */
  SortedMap<String, JsonNode> commonParameters() {
    SortedMap<String, JsonNode> parameters = new TreeMap<>(artifact().manifest().parameters());
    parameters.remove(FOLDS);
    parameters.remove(FOLD);
    parameters.remove(WITHOUT_VALIDATION);
    return parameters;
  }

  /** Rejects features with a validation split: a final model is trained on all rows. */
  void requireWithoutValidation() {
    if (!artifact().manifest().parameters().containsKey(WITHOUT_VALIDATION)) {
      throw new UserException(
          uri()
              + " has a validation split; a final model is trained on all rows outside test,"
              + " which preprocess writes with --without-validation");
    }
  }

  /**
   * The rule by which the rows were split. Only a model of the same rule was not trained on the
   * test rows.
   */
  public SplitRule split() {
    JsonNode split = artifact().manifest().parameters().get(SPLIT);
    if (split == null) {
      throw new UserException(uri() + " has no record of how it was split");
    }
    return CanonicalJson.read(CanonicalJson.bytes(split), SplitRule.class, uri() + ", split");
  }

  /**
   * Rejects a model that was trained on a different split.
   *
   * @param trained the model's rule
   * @throws UserException with the difference of the two rules
   */
  public void requireSplitOf(SplitRule trained, S3Location model) {
    if (!split().equals(trained)) {
      throw new UserException(
          model
              + " was trained on a different split ("
              + trained.description()
              + ") from that of "
              + uri()
              + " ("
              + split().description()
              + "), so it may have been trained on these test rows: evaluate it on features of its"
              + " own split, or train it again");
    }
  }

  /** Reads what training reads: the encoder, the train split and the validation split. */
  public TrainingSplits trainingSplits() throws IOException {
    String train = Split.TRAIN.fileName();
    String validation = Split.VALIDATION.fileName();
    if (!artifact().manifest().files().containsKey(validation)) {
      throw new UserException(
          uri()
              + " has no validation rows: only a final model, with --comparison, is trained"
              + " from it");
    }
    try (WorkFolder work = new WorkFolder()) {
      Path folder = files.folder(work.path(), Encoder.FILE, train, validation);
      return new TrainingSplits(
          Encoder.read(folder.resolve(Encoder.FILE)),
          FeatureTable.read(folder.resolve(train)),
          FeatureTable.read(folder.resolve(validation)));
    }
  }

  /** Reads what training a final model reads: the encoder and all rows outside the test split. */
  public AllRows allRows() throws IOException {
    String train = Split.TRAIN.fileName();
    try (WorkFolder work = new WorkFolder()) {
      Path folder = files.folder(work.path(), Encoder.FILE, train);
      return new AllRows(
          Encoder.read(folder.resolve(Encoder.FILE)), FeatureTable.read(folder.resolve(train)));
    }
  }

  /** Reads the validation split. */
  public FeatureTable validation() throws IOException {
    String validation = Split.VALIDATION.fileName();
    try (WorkFolder work = new WorkFolder()) {
      return FeatureTable.read(files.folder(work.path(), validation).resolve(validation));
    }
  }

  /**
   * The test split's rows in their source columns.
   *
   * @param empty the folder to fetch them into, which must outlast their use
   */
  public TestRows testRows(Path empty) {
    String file = Preprocessing.TEST_ROWS;
    return new TestRows(files.folder(empty, file).resolve(file), files.location(file).toString());
  }
}
