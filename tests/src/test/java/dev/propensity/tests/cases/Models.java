package dev.propensity.tests.cases;

import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.tasks.train.TrainTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Small models, each with a server that scores with it. Cases whose models have the same training
 * rows and specification share one.
 */
final class Models implements AutoCloseable {
  /**
   * A model.
   *
   * @param server null where the model could not be trained
   * @param missing why not
   */
  record TestModel(String uri, RunningServer server, String missing) {}

  private record Key(String source, Path specification) {}

  private final Map<String, String> environment;
  private final Map<Key, TestModel> models = new HashMap<>();

  Models(S3Server s3) {
    environment = new HashMap<>(s3.environment());
    environment.put("PROPENSITY_STORE", s3.root().resolve("models").toString());
  }

  /** The model that scores this case's table. */
  TestModel of(TableCase table) throws Exception {
    Key key = new Key(table.modelSource(), table.modelSpecification());
    TestModel model = models.get(key);
    if (model == null) {
      model = trained(key);
      models.put(key, model);
    }
    return model;
  }

  private TestModel trained(Key key) throws Exception {
    LoggedTaskRun raw = run(key, DownloadTask::new, "--source=" + key.source());
    if (raw.exit() != 0) {
      return new TestModel(null, null, raw.reason());
    }
    LoggedTaskRun features = run(key, PreprocessTask::new, "--raw=" + raw.uri());
    if (features.exit() != 0) {
      return new TestModel(null, null, features.reason());
    }
    // Linear in every feature: a cell that is read differently changes the score.
    LoggedTaskRun model =
        run(
            key,
            TrainTask::new,
            "--features=" + features.uri(),
            "--learner=logistic",
            "--parameters=" + parameters(key.specification()),
            "--threads=1");
    if (model.exit() != 0) {
      return new TestModel(null, null, model.reason());
    }
    return new TestModel(model.uri(), new RunningServer(environment, "--model", model.uri()), null);
  }

  // A table's own parameters; the others' do not depend on the learner's defaults.
  private static String parameters(Path specification) throws IOException {
    boolean given = Files.readString(specification).contains("  logistic: ");
    return given ? "{\"refit\": false}" : "{\"C\": 0.01, \"refit\": false}";
  }

  private LoggedTaskRun run(Key key, Supplier<Task> task, String argument, String... more)
      throws IOException {
    String[] all = new String[more.length + 2];
    all[0] = "--dataset=" + key.specification();
    all[1] = argument;
    System.arraycopy(more, 0, all, 2, more.length);
    return LoggedTaskRun.of(task, environment, all);
  }

  @Override
  public void close() {
    models.values().stream()
        .filter(model -> model.server() != null)
        .forEach(model -> model.server().close());
  }
}
