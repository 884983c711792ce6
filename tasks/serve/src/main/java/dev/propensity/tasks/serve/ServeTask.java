package dev.propensity.tasks.serve;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tasks.serve.capture.Capture;
import dev.propensity.tasks.serve.capture.CaptureSettings;
import dev.propensity.tasks.serve.model.LedgerFollower;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.monitoring.LedgerCache;
import dev.propensity.tasks.serve.outcome.OutcomeRoute;
import dev.propensity.tasks.serve.outcome.OutcomeSettings;
import dev.propensity.tracking.ReleaseLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the champion of a release ledger, or one model, over HTTP. */
@Command(
    name = "serve",
    description = {
      "Serves the champion of a dataset's release ledger over HTTP and switches to each new"
          + " champion; or serves one model. Without options and with a model in /opt/ml/model,"
          + " follows Amazon SageMaker's contract."
    })
public final class ServeTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(ServeTask.class);

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The dataset whose champion to serve, such as insurance or insurance-synthetic.")
  private String name;

  @Option(
      names = "--model",
      paramLabel = "FOLDER|URI",
      description = "A model to serve instead of a ledger's champion.")
  private String model;

  @Option(
      names = "--poll-seconds",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How often to check the ledger (default: ${DEFAULT-VALUE}).")
  private double pollSeconds;

  @Mixin private ListenOptions listening;

  @Mixin private PeerOptions peers;

  @Mixin private CaptureOptions capturing;

  @Mixin private OutcomeOptions receiving;

  private final Path container;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final ModelHolder holder =
      new ModelHolder(ModelStatus.waiting("the model is being loaded"));
  private volatile @Nullable EndpointServer server;

  public ServeTask() {
    this(Path.of("/opt/ml/model"));
  }

  /**
   * @param container the folder of the model in SageMaker
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
      throw new UserException("set --name for a ledger's champion or --model for one model");
    }
    Optional<CaptureSettings> captured =
        capturing.settings(
            environment(),
            name == null ? null : Origin.currentName(name),
            listening.port(environment()));
    Optional<OutcomeSettings> accepted =
        receiving.settings(
            environment(),
            name == null ? null : Origin.currentName(name),
            captured.map(settings -> settings.rule().identifier()).orElse(CapturedIdentifier.HMAC));
    Supplier<ArtifactStore> store = once(() -> environment().store());
    ModelLoader loader = new ModelLoader(store);
    LedgerFollower follower = null;
    if (name == null) {
      holder.set(holder.get().swapped(0, fixed(loader, sagemaker), null, null));
    } else {
      environment().require("PROPENSITY_STORE");
      follower = follow(store, loader);
    }
    Capture capture = captured.map(settings -> new Capture(settings, holder, store)).orElse(null);
    ServerSettings settings = listening.settings(environment(), sagemaker, peers.settings());
    OutcomeRoute outcomes =
        accepted.map(own -> new OutcomeRoute(own, holder, store, settings.bounds())).orElse(null);
    LedgerCache ledgers = name == null ? LedgerCache.none() : LedgerCache.of(store, served());
    listen(new EndpointServer(holder, settings, capture, ledgers, outcomes), capture);
    try {
      stopped.await();
      Objects.requireNonNull(server, "it listens").stop();
      if (capture != null) {
        capture.close();
      }
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
    String served = served();
    LedgerFollower follower =
        new LedgerFollower(
            served, once(() -> new ReleaseLedger(store.get(), served)), loader, holder, pause);
    Thread thread = new Thread(follower, "ledger");
    thread.setDaemon(true);
    thread.start();
    return follower;
  }

  private String served() {
    return Origin.currentName(name);
  }

  private void listen(EndpointServer endpoint, @Nullable Capture capture) {
    endpoint.start();
    if (capture != null) {
      capture.start();
    }
    server = endpoint;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait));
  }

  // The process ends when its hooks do: this one ends when the requests in flight are finished.
  private void stopAndWait() {
    stop();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the task once the requests in flight are finished. */
  void stop() {
    stopped.countDown();
  }

  /** The port that it listens on; 0 before it does. */
  int port() {
    return server == null ? 0 : server.port();
  }

  private static <T> Supplier<T> once(Supplier<T> made) {
    return new Supplier<>() {
      private @Nullable T value;

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
