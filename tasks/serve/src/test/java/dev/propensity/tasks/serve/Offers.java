package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A synthetic dataset with every kind of column, and small real models of it. */
public final class Offers {
  static final DatasetSpec SPEC =
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
            - name: size
              kind: ordinal
              values: [small, medium, large]
              description: Size of the household
              missing: true
            - name: member
              kind: boolean
              values: ["no", "yes"]
              description: Whether in the club
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

  static final String HEADER = "customer,age,income,town,size,member,taken";
  private static final String[] SIZES = {"small", "medium", "large"};

  private Offers() {}

  private static Encoder encoder() {
    List<Encoder.Feature> features = new ArrayList<>();
    for (Column column : SPEC.columns()) {
      features.add(
          new Encoder.Feature(column, column.kind() == ColumnKind.CATEGORY ? towns() : List.of()));
    }
    return new Encoder(SPEC.identifier(), SPEC.label(), features);
  }

  private static List<String> towns() {
    List<String> towns = new ArrayList<>();
    for (int town = 0; town < 40; town++) {
      towns.add(town + ".0");
    }
    return towns;
  }

  /** A CSV of so many rows, some with missing and unseen values. */
  public static String csv(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (int row = 0; row < rows; row++) {
      int age = 18 + random.nextInt(70);
      int town = random.nextInt(44); // the last four are unseen
      int size = random.nextInt(3);
      boolean member = random.nextInt(4) == 0;
      double margin = -3 + age * 0.03 + town % 7 * 0.2 + size * 0.3 + (member ? 1 : 0);
      boolean taken = random.nextDouble() < 1 / (1 + Math.exp(-margin));
      csv.append("c").append(row).append(',');
      csv.append(random.nextInt(15) == 0 ? "" : String.valueOf(age)).append(',');
      csv.append(Math.rint(Math.exp(10 + random.nextGaussian()) * 100) / 100).append(',');
      csv.append(random.nextInt(15) == 0 ? "" : town + ".0").append(',');
      csv.append(random.nextInt(15) == 0 ? "" : SIZES[size]).append(',');
      csv.append(member ? "yes" : "no").append(',');
      csv.append(taken ? "yes" : "no").append('\n');
    }
    return csv.toString();
  }

  private static FeatureTable table(int rows, long seed) {
    byte[] csv = csv(rows, seed).getBytes(StandardCharsets.UTF_8);
    return FeatureTable.encodeLabeled(new ByteArrayInputStream(csv), "offers.csv", encoder());
  }

  /** Starts a server of a model that is trained into this folder. */
  static EndpointServer serve(Path folder, Bounds bounds, UploadBounds uploads) throws IOException {
    ServedModel served = ModelLoader.load(train(folder, 1));
    EndpointServer server =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(bounds, uploads));
    server.start();
    return server;
  }

  /** Trains a model and writes its directory; each seed gives another model. */
  public static Path train(Path folder, long seed) throws IOException {
    var parameters =
        Trainers.named("xgboost")
            .parameters(
                JsonNodeFactory.instance.objectNode().put("rounds", 20).put("min_child_weight", 1));
    FeatureTable train = table(1500, seed);
    FeatureTable validation = table(500, seed + 1000);
    TrainedModel trained =
        Trainers.named("xgboost").train(encoder(), train, validation, parameters, 1);
    new ModelDirectory(SPEC, false, "xgboost", parameters)
        .write(folder, trained, encoder(), train, validation);
    return folder;
  }
}
