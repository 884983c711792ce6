package dev.propensity.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.synthetic.SyntheticRows;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A synthetic dataset with dates, and small real models of it. */
public final class DatedOffers {
  public static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: dated
          title: Who takes the offer?
          source: synthetic:3000
          identifier: customer
          label: {column: taken, positive: "yes", negative: "no"}
          features:
            - {name: joined, kind: date, parts: [month, weekday], missing: true}
            - {name: income, kind: number}
            - {name: born, kind: date, formats: [dd.MM.yyyy, d/M/yyyy], since: 2000-01-01,
               minimum: 1940-01-01, maximum: 2005-12-31, parts: [weekday]}
            - {name: town, kind: category}
          offer: {gain: 10, cost: 3}
          """,
          "dated.yaml");

  private DatedOffers() {}

  /** Writes the features of synthetic rows, as preprocess does. */
  public static void preprocess(Path folder) throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    SyntheticRows.write(SPEC, 3000, 1, csv);
    Preprocessing.run(new ByteArrayInputStream(csv.toByteArray()), "rows.csv", SPEC, folder);
  }

  /** Trains a model on these features and writes its directory. */
  public static TrainedModel train(Path features, String learner, String given, Path model)
      throws IOException {
    Trainer trainer = Trainers.named(learner);
    JsonNode parameters = trainer.parameters(new ObjectMapper().readTree(given));
    Encoder encoder = Encoder.read(features.resolve(Encoder.FILE));
    FeatureTable train = FeatureTable.read(features.resolve("train.arrow"));
    FeatureTable validation = FeatureTable.read(features.resolve("validation.arrow"));
    TrainedModel trained = trainer.train(encoder, train, validation, parameters, 2);
    Files.createDirectories(model);
    new ModelDirectory(SPEC, false, learner, parameters)
        .write(model, trained, encoder, train, validation);
    return trained;
  }
}
