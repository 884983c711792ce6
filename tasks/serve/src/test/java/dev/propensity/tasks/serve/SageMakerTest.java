package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.task.Task;
import dev.propensity.testing.TaskRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SageMaker starts the container with the one argument {@code serve}. */
class SageMakerTest {
  @TempDir Path folder;

  @Test
  void answersWithTheModelOfTheContainer() throws Exception {
    ServeTask task = new ServeTask(Offers.trainPlain(folder, 1));
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> Task.run(task, Map.of(), "--host", "127.0.0.1", "--port", "0"));
    while (task.port() <= 0 && !exit.isDone()) {
      Thread.sleep(10);
    }
    Responses responses = new Responses(task.port());
    assertThat(responses.get("/ping").statusCode()).isEqualTo(200);
    assertThat(responses.csv(Offers.plainCsv(2, 1)).body()).contains("\"model\":\"offers@");
    task.stop();
    assertThat(exit.get()).isZero();
  }

  @Test
  void needsAModelOrALedger() throws Exception {
    assertThat(TaskRunner.run(new ServeTask(folder.resolve("none")), Map.of()).rejected())
        .contains("set --name for a ledger's champion or --model");
    assertThat(TaskRunner.run(new ServeTask(folder), Map.of(), "--name=a", "--model=b").rejected())
        .contains("set --name for a ledger's champion or --model");
    assertThat(TaskRunner.run(new ServeTask(folder), Map.of(), "--name=a").rejected())
        .contains("PROPENSITY_STORE");
  }
}
