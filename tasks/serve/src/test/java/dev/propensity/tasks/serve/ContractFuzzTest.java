package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schemathesis sends the running server requests that its contract allows and forbids. */
class ContractFuzzTest {
  private static final int PATIENCE_MINUTES = 5;

  @TempDir static Path folder;
  private static Path python;
  private static EndpointServer server;
  private static String address;

  @BeforeAll
  static void serve() throws Exception {
    python = interpreter();
    Path model = Offers.trainPlain(Files.createDirectory(folder.resolve("model")), 1);
    ModelStatus state = ModelStatus.waiting("").swapped(0, ModelLoader.load(model), null, null);
    server =
        new EndpointServer(
            new ModelHolder(state),
            ServerSettings.local(Bounds.of(1, 1000), UploadBounds.of(1, 1000)));
    server.start();
    address = new Responses(server.port()).address();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void everyRequestIsAnsweredAsTheContractSays() throws Exception {
    Path log = folder.resolve("contract.log");
    int exit = ask(address, 20, log);
    assertThat(exit).as(Files.readString(log)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aFaultThatIsPlantedIsFound(FaultyRelay.Fault fault) throws Exception {
    Path log = folder.resolve(fault + ".log");
    try (FaultyRelay relay = new FaultyRelay(URI.create(address), fault)) {
      int exit = ask(relay.address(), 3, log, "-k", "uploadfile or invalid_files", "--maxfail=1");
      assertThat(exit).as(Files.readString(log)).isEqualTo(1);
      assertThat(log).content().contains("1 failed");
    }
  }

  private static int ask(String address, int examples, Path log, String... options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.addAll(List.of("-m", "pytest", "--quiet", "-p", "no:cacheprovider", "-o", "addopts="));
    command.addAll(List.of(options));
    command.add(Path.of("src/test/contract").toAbsolutePath().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("CONTRACT_SERVER", address);
    builder.environment().put("CONTRACT_EXAMPLES", String.valueOf(examples));
    Process process = builder.start();
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static Path interpreter() {
    String environments = System.getenv("PROPENSITY_ENVIRONMENTS");
    Path all =
        environments == null ? Path.of("../../.propensity/environments") : Path.of(environments);
    Path interpreter = all.resolve("api/bin/python").toAbsolutePath();
    boolean there = Files.exists(interpreter);
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(there, "no Python environment: 'make environments' installs it");
    }
    assertThat(there).as("Python environment %s", interpreter).isTrue();
    return interpreter;
  }
}
