package dev.propensity.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a learner's fit alone, with all rows in memory before. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    description =
        "Prints the CPU seconds of one fit, as JSON, with the settings for a peer to repeat it.")
public final class FitBenchmark implements Callable<Integer> {
  private static final double NANOS = 1e9;
  private static final int FEW = 1000;

  @Option(names = "--dataset", required = true, description = "The specification's file.")
  private Path dataset;

  @Option(names = "--features", required = true, description = "The folder that preprocess wrote.")
  private Path features;

  @Option(names = "--learner", required = true, description = "Its name.")
  private String learner;

  @Option(names = "--threads", description = "By default ${DEFAULT-VALUE}.")
  private int threads = 2;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new FitBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    DatasetSpec spec = DatasetSpec.parse(Files.readString(dataset), dataset.toString());
    Trainer trainer = Trainers.named(learner);
    JsonNode own = spec.parameters().get(learner);
    JsonNode parameters =
        trainer.parameters(own == null ? new ObjectMapper().createObjectNode() : own);
    Encoder encoder = Encoder.read(features.resolve(Encoder.FILE));
    FeatureTable train = FeatureTable.read(features.resolve(Split.TRAIN.fileName()));
    FeatureTable validation = FeatureTable.read(features.resolve(Split.VALIDATION.fileName()));
    trainer.train(encoder, first(train), first(validation), parameters, threads);
    Duration before = cpu();
    TrainedModel trained = trainer.train(encoder, train, validation, parameters, threads);
    Duration taken = cpu().minus(before);
    ObjectNode found = new ObjectMapper().createObjectNode();
    found.put("cpu", taken.toNanos() / NANOS).put("rounds", trained.rounds());
    found.set("parameters", parameters);
    found.put("label", spec.label().column());
    found.set("names", new POJONode(train.names()));
    found.set("categories", new POJONode(categories(encoder)));
    System.out.println(new ObjectMapper().writeValueAsString(found));
    return 0;
  }

  /** A few rows to load the libraries, as Python's imports do before its fit. */
  private static FeatureTable first(FeatureTable table) {
    int rows = Math.min(FEW, table.rows());
    return new FeatureTable(
        table.names(),
        new String[rows],
        Arrays.copyOf(table.labels(), rows),
        Arrays.copyOf(table.values(), rows * table.names().size()));
  }

  private static List<String> categories(Encoder encoder) {
    return encoder.features().stream()
        .filter(feature -> feature.column().kind() == ColumnKind.CATEGORY)
        .map(feature -> feature.column().name())
        .toList();
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }
}
