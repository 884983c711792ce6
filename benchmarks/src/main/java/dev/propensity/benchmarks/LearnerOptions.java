package dev.propensity.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The table and the learner of a benchmark. */
final class LearnerOptions {
  @Option(names = "--dataset", required = true, description = "The specification's file.")
  private Path dataset;

  @Option(names = "--csv", required = true, description = "The table, as CSV or .gz.")
  private Path csv;

  @Option(names = "--learner", description = "By default from the specification.")
  private String learner;

  @Option(
      names = "--parameters",
      description = "Overrides those of the specification, by default none.")
  private String parameters = "{}";

  @Option(names = "--threads", description = "By default ${DEFAULT-VALUE}.")
  private int threads = 2;

  DatasetSpec spec() throws IOException {
    return DatasetSpec.parse(Files.readString(dataset), dataset.toString());
  }

  EncodedTable table(DatasetSpec spec) throws Exception {
    return EncodedTable.read(csv, spec);
  }

  Trainer trainer(DatasetSpec spec) {
    return Trainers.named(learner == null ? spec.learner() : learner);
  }

  /** All parameters: the specification's with those of the command line over them. */
  JsonNode parameters(DatasetSpec spec, Trainer trainer) throws IOException {
    JsonNode own = spec.parameters().get(trainer.name());
    JsonNode given = own == null ? new ObjectMapper().createObjectNode() : own.deepCopy();
    return trainer.parameters(new ObjectMapper().readerForUpdating(given).readTree(parameters));
  }

  int threads() {
    return threads;
  }
}
