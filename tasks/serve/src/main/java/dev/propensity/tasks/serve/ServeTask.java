package dev.propensity.tasks.serve;

import dev.propensity.artifact.ArtifactStore;
import dev.propensity.artifact.S3Location;
import dev.propensity.foundation.UserException;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tasks.serve.model.LedgerFollower;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.model.Slot;
import dev.propensity.tasks.serve.model.State;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import dev.propensity.tracking.ReleaseLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers over HTTP with the champion of a release ledger, or with one model. */
@Command(
    name = "serve",
    description = {
      "Answers over HTTP with the champion of a data set's release ledger, and follows it; or with",
      "one model. Without options and with a model in /opt/ml/model: as Amazon SageMaker asks it."
    })
public final class ServeTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(ServeTask.class);
  private static final String LOCAL = "127.0.0.1";
  private static final String EVERYWHERE = "0.0.0.0";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The data set whose champion answers: insurance, insurance-sample.")
  private String name;

  @Option(
      names = "--model",
      paramLabel = "FOLDER|URI",
      description = "One model that answers for good, instead of a ledger's champion.")
  private String model;

  @Option(
      names = "--host",
      description = "The address to listen on (default: " + LOCAL + "; in SageMaker all).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--poll-seconds",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How often to look at the ledger (default: ${DEFAULT-VALUE}).")
  private double pollSeconds;

  @Option(
      names = "--body-mebibytes",
      paramLabel = "MEBIBYTES",
      defaultValue = "16",
      description = "The largest body of a request (default: ${DEFAULT-VALUE}).")
  private int bodyMebibytes;

  @Option(
      names = "--body-rows",
      paramLabel = "ROWS",
      defaultValue = "100000",
      description = "The most rows of a request (default: ${DEFAULT-VALUE}).")
  private int bodyRows;

  @Option(
      names = "--upload-mebibytes",
      paramLabel = "MEBIBYTES",
      defaultValue = "2048",
      description = "The largest uploaded file (default: ${DEFAULT-VALUE}).")
  private int uploadMebibytes;

  @Option(
      names = "--upload-rows",
      paramLabel = "ROWS",
      defaultValue = "1000000",
      description = "The most rows of an uploaded file (default: ${DEFAULT-VALUE}).")
  private int uploadRows;

  @Mixin private NeighbourOptions neighbours;

  private final Path container;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Slot slot = new Slot(State.waiting("the model is being loaded"));
  private volatile EndpointServer server;

  public ServeTask() {
    this(Path.of("/opt/ml/model"));
  }

  /**
   * @param container where SageMaker puts the model
   */
  ServeTask(Path container) {
    this.container = container;
  }

  public static void main(String... arguments) {
    Task.main(new ServeTask(), arguments);
  }

  @Override
  protected Outcome perform() throws InterruptedException {
    boolean sagemaker = name == null && model == null && Files.isDirectory(container);
    if (!sagemaker && (name == null) == (model == null)) {
      throw new UserException("give --name for a ledger's champion or --model for one model");
    }
    Supplier<ArtifactStore> store = once(() -> surroundings().store());
    ModelLoader loader = new ModelLoader(store);
    LedgerFollower follower = null;
    if (name == null) {
      slot.set(slot.get().swapped(0, fixed(loader, sagemaker), null, null));
    } else {
      surroundings().require("PROPENSITY_STORE");
      follower = follow(store, loader);
    }
    listen(sagemaker);
    try {
      stopped.await();
      server.stop();
      LOG.info("stopped");
    } finally {
      if (follower != null) {
        follower.stop();
      }
      finished.countDown();
    }
    return new Outcome(Outcome.Status.DONE, null, null);
  }

  private ServedModel fixed(ModelLoader loader, boolean sagemaker) {
    if (sagemaker) {
      return ModelLoader.load(container);
    }
    return model.startsWith("s3://")
        ? loader.load(S3Location.parse(model))
        : ModelLoader.load(Path.of(model));
  }

  private LedgerFollower follow(Supplier<ArtifactStore> store, ModelLoader loader) {
    Duration pause = Duration.ofMillis(Math.max(50, Math.round(pollSeconds * 1000)));
    LedgerFollower follower =
        new LedgerFollower(
            name, once(() -> new ReleaseLedger(store.get(), name)), loader, slot, pause);
    Thread thread = new Thread(follower, "ledger");
    thread.setDaemon(true);
    thread.start();
    return follower;
  }

  private void listen(boolean sagemaker) {
    String address = host != null ? host : sagemaker ? EVERYWHERE : LOCAL;
    EndpointServer endpoint =
        new EndpointServer(
            slot,
            Bounds.of(bodyMebibytes, bodyRows),
            UploadBounds.of(uploadMebibytes, uploadRows),
            address,
            port,
            neighbours.neighbours());
    endpoint.start();
    server = endpoint;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait));
  }

  // The process ends when its hooks do: this one ends when the requests in flight are answered.
  private void stopAndWait() {
    stop();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the task once the requests in flight are answered. */
  void stop() {
    stopped.countDown();
  }

  /** The port that it listens on; 0 before it does. */
  int port() {
    return server == null ? 0 : server.port();
  }

  private static <T> Supplier<T> once(Supplier<T> made) {
    return new Supplier<>() {
      private T value;

      @Override
      public synchronized T get() {
        if (value == null) {
          value = made.get();
        }
        return value;
      }
    };
  }
}
