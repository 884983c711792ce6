package dev.propensity.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.calibration.OutOfFoldMargins;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A synthetic dataset with every kind of column, and small real models of it. */
public final class Offers {
  private static final String TEXT =
      """
          name: offers
          title: Who takes the offer?
          source: sample:1000
          identifier: customer
          label:
            column: taken
            positive: "yes"
            negative: "no"
          features:
            - name: age
              kind: number
              description: Age in years
              minimum: 18
              maximum: 120
              missing: true
            - name: income
              kind: number
              description: Income a year
            - name: town
              kind: category
              description: Code of the town
              missing: true
            - name: sex
              kind: category
              values: [f, m]
              description: Sex
              sensitive: report
            - name: size
              kind: ordinal
              values: [small, medium, large]
              description: Size of the household
              missing: true
            - name: member
              kind: boolean
              values: ["no", "yes"]
              description: Whether in the club
            - name: religion
              kind: category
              values: [a, b]
              description: Not for use
              sensitive: exclude
          split:
            seed: 7
            validation: 0.2
            test: 0.2
          learner: xgboost
          offer:
            gain: 10
            cost: 3
            currency: EUR
          """;

  public static final DatasetSpec SPEC = DatasetSpec.parse(TEXT, "offers.yaml");

  /** The same without its sensitive columns. */
  public static final DatasetSpec PLAIN =
      DatasetSpec.parse(
          TEXT.replaceAll("  - name: (sex|religion)\n(    .*\n)+", ""), "offers.yaml");

  static final String HEADER = "customer,age,income,town,sex,size,member,taken";
  private static final String[] SIZES = {"small", "medium", "large"};

  private Offers() {}

  /** The encoder of its columns. */
  public static Encoder encoder() {
    return encoder(SPEC);
  }

  private static Encoder encoder(DatasetSpec spec) {
    List<Encoder.Feature> features = new ArrayList<>();
    for (Column column : spec.columns()) {
      if (column.feature()) {
        features.add(new Encoder.Feature(column, categories(column)));
      }
    }
    return new Encoder(spec.identifier(), spec.label(), features);
  }

  private static List<String> categories(Column column) {
    if (column.kind() != ColumnKind.CATEGORY) {
      return List.of();
    }
    return column.values().isEmpty() ? towns() : column.values();
  }

  private static List<String> towns() {
    List<String> towns = new ArrayList<>();
    for (int town = 0; town < 40; town++) {
      towns.add(town + ".0");
    }
    return towns;
  }

  /** Rows of a CSV with its header, without the last column where {@code labelled} is false. */
  public static String csv(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (int row = 0; row < rows; row++) {
      int age = 18 + random.nextInt(70);
      double income = Math.rint(Math.exp(10 + random.nextGaussian()) * 100) / 100;
      int town = random.nextInt(44); // the last four are unseen
      boolean female = random.nextBoolean();
      int size = random.nextInt(3);
      boolean member = random.nextInt(4) == 0;
      double margin = -3 + age * 0.03 + town % 7 * 0.2 + size * 0.3 + (member ? 1 : 0);
      boolean taken = random.nextDouble() < 1 / (1 + Math.exp(-margin));
      csv.append("c").append(seed).append('-').append(row).append(',');
      csv.append(random.nextInt(15) == 0 ? "" : String.valueOf(age)).append(',');
      csv.append(income).append(',');
      csv.append(random.nextInt(15) == 0 ? "" : town + ".0").append(',');
      csv.append(female ? "f" : "m").append(',');
      csv.append(random.nextInt(15) == 0 ? "" : SIZES[size]).append(',');
      csv.append(member ? "yes" : "no").append(',');
      csv.append(taken ? "yes" : "no").append('\n');
    }
    return csv.toString();
  }

  /** Rows of {@link #PLAIN} as a CSV with its header, whose identifiers are c0, c1 and so on. */
  public static String plainCsv(int rows, long seed) {
    return csv(rows, seed)
        .replaceAll("(?m)^((?:[^,\n]*,){4})[^,\n]*,", "$1")
        .replaceAll("(?m)^c" + seed + "-", "c");
  }

  /** Encoded rows; the last four towns are unseen. */
  public static FeatureTable table(int rows, long seed) {
    return table(csv(rows, seed), encoder());
  }

  private static FeatureTable table(String csv, Encoder encoder) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return FeatureTable.encodeLabeled(new ByteArrayInputStream(bytes), "offers.csv", encoder);
  }

  /** Trains a model of XGBoost on synthetic rows and writes its directory. */
  public static void train(Path folder, int threads) throws IOException {
    train(folder, "xgboost", "{\"rounds\": 60, \"min_child_weight\": 1}", threads);
  }

  /** Trains a model on synthetic rows and writes its directory. */
  public static void train(Path folder, String learner, String given, int threads)
      throws IOException {
    train(folder, learner, given, 1000, threads);
  }

  /** Trains a model with this many validation rows. */
  static void train(Path folder, String learner, String given, int validation, int threads)
      throws IOException {
    JsonNode parameters = new ObjectMapper().readTree(given);
    train(folder, SPEC, learner, parameters, table(3000, 1), table(validation, 2), threads);
  }

  /** Trains a small model of {@link #PLAIN}; each seed gives another model. */
  public static Path trainPlain(Path folder, long seed) throws IOException {
    JsonNode parameters =
        JsonNodeFactory.instance.objectNode().put("rounds", 20).put("min_child_weight", 1);
    FeatureTable train = table(plainCsv(1500, seed), encoder(PLAIN));
    FeatureTable validation = table(plainCsv(500, seed + 1000), encoder(PLAIN));
    train(folder, PLAIN, "xgboost", parameters, train, validation, 1);
    return folder;
  }

  private static void train(
      Path folder,
      DatasetSpec spec,
      String learner,
      JsonNode given,
      FeatureTable train,
      FeatureTable validation,
      int threads)
      throws IOException {
    Trainer trainer = Trainers.named(learner);
    JsonNode parameters = trainer.parameters(given);
    Encoder encoder = encoder(spec);
    TrainedModel trained = trainer.train(encoder, train, validation, parameters, threads);
    ModelDirectory directory = new ModelDirectory(spec, false, learner, parameters);
    if (!parameters.get("refit").asBoolean()) {
      directory.write(folder, trained, encoder, train, validation);
      return;
    }
    FeatureTable both = train.and(validation);
    TrainedModel refitted = trainer.refit(encoder, both, trained.rounds(), parameters, threads);
    Optional<MarginRows> margins =
        new OutOfFoldMargins(trainer, encoder, parameters, threads).of(both, trained.rounds());
    directory.writeRefitted(folder, trained, refitted, encoder, train, validation, margins);
  }
}
