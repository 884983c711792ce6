package dev.propensity.tasks.teardown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.storage.SimulatedAccount;
import dev.propensity.task.Task;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A teardown that is killed at any moment, and run again. */
@Tag("faults")
class TeardownKilledTest {
  @RegisterExtension static final SimulatedAccount ACCOUNT = new SimulatedAccount();

  private static final String BUCKET = "propensity-dev-123456789012";
  private static final String[] ARGUMENTS = {"--stage", "dev", "--yes", "--timeout", "1"};

  @Test
  void killedAnywhereItIsStartedAgainAndLeavesNothing() throws Exception {
    try (SeededAccount seeded = new SeededAccount(ACCOUNT)) {
      seeded.endpoint("propensity-dev-untagged", Map.of());
      int exchanges =
          EveryKill.run(
              new Victim(
                  TeardownTask.class,
                  (environment, arguments) -> Task.run(new TeardownTask(), environment, arguments),
                  Map.of("AWS_ENDPOINT_URL", ACCOUNT.address())),
              new EveryKill.Trial() {
                @Override
                public Map<String, String> environment(int kill) {
                  seeded.endpoint("propensity-dev-insurance", SeededAccount.tags("dev"));
                  seeded.bucket(BUCKET, SeededAccount.tags("dev"));
                  seeded.repository("propensity-dev", SeededAccount.tags("dev"));
                  seeded.trainingJob(
                      String.format("%032x-0", kill), 600, SeededAccount.tags("dev"));
                  return ACCOUNT.environment();
                }

                @Override
                public String[] arguments(int kill) {
                  return ARGUMENTS;
                }

                @Override
                public void runAgain(int kill) {
                  assertThat(Task.run(new TeardownTask(), ACCOUNT.environment(), ARGUMENTS))
                      .isZero();
                  assertThat(seeded.all())
                      .containsExactlyInAnyOrder(
                          "bucket " + BUCKET + " 0",
                          "configuration propensity-dev-untagged-0123456789abcdef",
                          "endpoint propensity-dev-untagged",
                          "model propensity-dev-untagged-0123456789abcdef",
                          "repository propensity-dev 0",
                          "target endpoint/propensity-dev-untagged/variant/model");
                  seeded.destroy(BUCKET, "propensity-dev", "none");
                }
              });
      assertThat(exchanges).isGreaterThan(20);
    }
  }
}
