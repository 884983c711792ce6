package dev.propensity.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A synthetic dataset with every kind of column, for tests. */
public final class Offers {
  public static final DatasetSpec SPEC =
      DatasetSpec.parse(
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
          """,
          "offers.yaml");

  static final String HEADER = "customer,age,income,town,sex,size,member,taken";
  private static final String[] SIZES = {"small", "medium", "large"};

  private Offers() {}

  /** The encoder of its columns. */
  public static Encoder encoder() {
    List<Encoder.Feature> features = new ArrayList<>();
    for (Column column : SPEC.columns()) {
      if (column.sensitive() != Column.Sensitive.EXCLUDE) {
        features.add(new Encoder.Feature(column, categories(column)));
      }
    }
    return new Encoder(SPEC.identifier(), SPEC.label(), features);
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

  /** Encoded rows; the last four towns are unseen. */
  public static FeatureTable table(int rows, long seed) {
    byte[] csv = csv(rows, seed).getBytes(StandardCharsets.UTF_8);
    return FeatureTable.encodeLabeled(new ByteArrayInputStream(csv), "offers.csv", encoder());
  }

  /** Trains a model of XGBoost on synthetic rows and writes its directory. */
  public static void train(Path folder, int threads) throws IOException {
    train(folder, "xgboost", "{\"rounds\": 60, \"min_child_weight\": 1}", threads);
  }

  /** Trains a model on synthetic rows and writes its directory. */
  public static void train(Path folder, String learner, String given, int threads)
      throws IOException {
    Trainer trainer = Trainers.named(learner);
    var parameters = trainer.parameters(new ObjectMapper().readTree(given));
    FeatureTable train = table(3000, 1);
    FeatureTable validation = table(1000, 2);
    TrainedModel trained = trainer.train(encoder(), train, validation, parameters, threads);
    new ModelDirectory(SPEC, false, learner, parameters)
        .write(folder, trained, encoder(), train, validation);
  }
}
