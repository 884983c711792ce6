package dev.propensity.tests;

import dev.propensity.storage.S3Location;
import dev.propensity.task.Task;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.register.RegisterTask;
import dev.propensity.tasks.train.TrainTask;

/** The tasks in their order: each but the first reads the artifact of the one before it. */
enum Step {
  DOWNLOAD,
  PREPROCESS,
  TRAIN,
  EVALUATE,
  REGISTER;

  Task task() {
    return switch (this) {
      case DOWNLOAD -> new DownloadTask();
      case PREPROCESS -> new PreprocessTask();
      case TRAIN -> new TrainTask();
      case EVALUATE -> new EvaluateTask();
      case REGISTER -> new RegisterTask();
    };
  }

  /** A file of its input that it always reads. */
  String file() {
    return switch (this) {
      case DOWNLOAD -> throw new IllegalStateException("download reads no artifact");
      case PREPROCESS -> "data.csv.gz";
      case TRAIN -> "train.arrow";
      case EVALUATE -> "model.ubj";
      case REGISTER -> "evaluation.json";
    };
  }

  /**
   * Its arguments but {@code --dataset}.
   *
   * @param input the artifact of the step before it; null for the first
   * @param features the artifact of preprocess, for evaluate
   */
  String[] arguments(S3Location input, S3Location features) {
    return switch (this) {
      case DOWNLOAD -> new String[] {"--source", "sample:2000"};
      case PREPROCESS -> new String[] {"--raw", input.toString()};
      case TRAIN -> new String[] {"--features", input.toString(), "--threads", "1"};
      case EVALUATE ->
          new String[] {
            "--model", input.toString(), "--features", features.toString(), "--champion", "none"
          };
      case REGISTER -> new String[] {"--evaluation", input.toString(), "--release", "release"};
    };
  }
}
