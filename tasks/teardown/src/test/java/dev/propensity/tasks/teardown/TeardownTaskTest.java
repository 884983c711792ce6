package dev.propensity.tasks.teardown;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.SimulatedAccount;
import dev.propensity.task.Task;
import dev.propensity.testing.HelpText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TeardownTaskTest {
  private static final String BUCKET = "propensity-dev-123456789012";
  private static final String JOB = "0".repeat(32) + "-0";

  /**
   * Resources that no teardown of dev may delete, even if their names contain dev; each bucket has
   * five entries.
   */
  private static final List<String> OTHERS =
      List.of(
          "bucket dev-of-somebody-else 5",
          "bucket propensity-dev-notes 5",
          "bucket propensity-dev-of-uat 5",
          "bucket propensity-uat-123456789012 5",
          "configuration propensity-dev-untagged-0123456789abcdef",
          "configuration propensity-uat-insurance-0123456789abcdef",
          "endpoint propensity-dev-untagged",
          "endpoint propensity-uat-insurance",
          "job 11111111111111111111111111111111-0",
          "model propensity-dev-untagged-0123456789abcdef",
          "model propensity-uat-insurance-0123456789abcdef",
          "repository propensity-dev-notes 1",
          "repository propensity-uat 1",
          "target endpoint/propensity-dev-untagged/variant/model",
          "target endpoint/propensity-uat-insurance/variant/model");

  @RegisterExtension static final SimulatedAccount ACCOUNT = new SimulatedAccount();

  @TempDir Path folder;
  private SeededAccount seeded;

  private static boolean othersAreThere;

  @BeforeEach
  void seed() {
    seeded = new SeededAccount(ACCOUNT);
    if (!othersAreThere) {
      othersAreThere = true;
      seeded.endpoint("propensity-dev-untagged", Map.of());
      seeded.endpoint("propensity-uat-insurance", SeededAccount.tags("uat"));
      seeded.bucket("dev-of-somebody-else", Map.of());
      seeded.bucket("propensity-dev-notes", Map.of("propensity:environment", "dev"));
      seeded.bucket("propensity-dev-of-uat", SeededAccount.tags("uat"));
      seeded.bucket("propensity-uat-123456789012", SeededAccount.tags("uat"));
      seeded.repository("propensity-dev-notes", Map.of());
      seeded.repository("propensity-uat", SeededAccount.tags("uat"));
      seeded.trainingJob("1".repeat(32) + "-0", 0, SeededAccount.tags("uat"));
    }
    Map<String, String> tags = SeededAccount.tags("dev");
    seeded.endpoint("propensity-dev-insurance", tags);
    seeded.bucket(BUCKET, tags);
    seeded.repository("propensity-dev", tags);
    seeded.alarm("propensity-dev-insurance-5xx", tags);
    seeded.trainingJob(JOB, 600, tags);
  }

  @AfterEach
  void takeAway() {
    ACCOUNT.control("{\"clear\": {}}");
    assertThat(teardown("--stage", "dev", "--yes")).isZero();
    if (seeded.all().contains("bucket " + BUCKET + " 0")) {
      seeded.destroy(BUCKET, "propensity-dev", "propensity-dev-insurance-5xx");
    }
    seeded.close();
  }

  @Test
  void byItselfItOnlyListsWhatThereIs() throws Exception {
    TreeSet<String> before = seeded.all();
    assertThat(teardown("--stage", "dev")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("reason").asText())
        .isEqualTo("would delete 7 resources; to delete, add --yes");
    assertThat(seeded.all()).isEqualTo(before);
  }

  @Test
  void deletesAllOfItsStageAndNothingElse() throws Exception {
    assertThat(teardown("--stage", "dev", "--yes")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("done");
    assertThat(seeded.all())
        .containsExactlyInAnyOrderElementsOf(
            with(
                OTHERS,
                "bucket " + BUCKET + " 0",
                "repository propensity-dev 0",
                "alarm propensity-dev-insurance-5xx"));

    assertThat(teardown("--stage", "dev", "--yes")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("reason").asText()).isEqualTo("nothing to delete in dev");
    assertThat(teardown("--stage", "dev")).isZero();
    assertThat(result().get("reason").asText()).isEqualTo("nothing to delete in dev");
  }

  @Test
  void reportsNothingForAStageThatWasNeverCreated() throws Exception {
    assertThat(teardown("--stage", "prod")).isZero();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
    assertThat(result().get("reason").asText()).isEqualTo("prod has no resources");
  }

  @Test
  void verifiesThatNothingIsLeftOnlyWhenTerraformHasDestroyedItsOwn() throws Exception {
    assertThat(teardown("--stage", "dev", "--verify")).isEqualTo(1);
    assertThat(teardown("--stage", "dev", "--yes")).isZero();
    assertThat(teardown("--stage", "dev", "--verify")).isEqualTo(1);
    seeded.destroy(BUCKET, "propensity-dev", "propensity-dev-insurance-5xx");
    seeded.deletedKey(SeededAccount.tags("dev"));
    assertThat(teardown("--stage", "dev", "--verify")).isZero();
    assertThat(result().get("reason").asText())
        .isEqualTo("no resource in eu-west-1 has the tags of dev");
    assertThat(seeded.all()).containsExactlyInAnyOrderElementsOf(OTHERS);
  }

  @Test
  void goesOnWhereOneRequestIsRejectedAndFails() {
    ACCOUNT.control(
        """
        {"fail": {"operation": "DeleteModel", "code": "AccessDeniedException", "times": 100}}""");
    assertThat(teardown("--stage", "dev", "--yes")).isEqualTo(1);
    assertThat(seeded.all())
        .containsExactlyInAnyOrderElementsOf(
            with(
                OTHERS,
                "model propensity-dev-insurance-0123456789abcdef",
                "bucket " + BUCKET + " 0",
                "repository propensity-dev 0",
                "alarm propensity-dev-insurance-5xx"));
  }

  @Test
  void throttledItTriesAgain() {
    ACCOUNT.control("{\"throttle\": {\"operation\": \"DeleteEndpoint\", \"times\": 2}}");
    assertThat(teardown("--stage", "dev", "--yes")).isZero();
  }

  @Test
  void twoAtOnceAreSafe() {
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(
            () -> Task.run(new TeardownTask(), ACCOUNT.environment(), "--stage", "dev", "--yes"));
    int mine = teardown("--stage", "dev", "--yes");
    assertThat(List.of(mine, other.join())).containsExactly(0, 0);
    assertThat(seeded.all()).contains("bucket " + BUCKET + " 0").containsAll(OTHERS);
  }

  @Test
  void leavesANamedBucketAloneWhoseTagIsMissing() {
    assertThat(teardown("--stage", "dev", "--bucket", "dev-of-somebody-else", "--yes")).isZero();
    assertThat(seeded.all()).contains("bucket dev-of-somebody-else 5");
  }

  @Test
  void aBucketThatDeniesAccessDoesNotKeepTheOthers() throws Exception {
    seeded.bucket("propensity-dev-more", SeededAccount.tags("dev"));
    seeded.bucket("propensity-dev-state-123456789012", SeededAccount.tags("dev"));
    try (DenyingS3 s3 = new DenyingS3(ACCOUNT.address())) {
      Map<String, String> environment = new HashMap<>(ACCOUNT.environment());
      environment.put("AWS_ENDPOINT_URL_S3", s3.address().toString());
      s3.denyTagsOf("propensity-dev-state-123456789012");
      s3.denyTagsOf("propensity-dev-notes");
      assertThat(Task.run(new TeardownTask(), environment, "--stage", "dev", "--yes")).isZero();
      assertThat(seeded.all()).contains("bucket " + BUCKET + " 0", "bucket propensity-dev-more 0");

      seeded.fill("propensity-dev-more");
      s3.denyTagsOf(BUCKET);
      assertThat(Task.run(new TeardownTask(), environment, "--stage", "dev", "--yes")).isOne();
      assertThat(seeded.all()).contains("bucket propensity-dev-more 0");
    }
    assertThat(teardown("--stage", "dev", "--yes", "--with-state")).isZero();
    seeded.deleteBucket("propensity-dev-more");
  }

  @Test
  void keepsTerraformsStateUntilAskedForIt() {
    String state = "propensity-dev-state-123456789012";
    seeded.bucket(state, SeededAccount.tags("dev"));
    assertThat(teardown("--stage", "dev", "--yes")).isZero();
    assertThat(seeded.all()).contains("bucket " + state + " 5");
    assertThat(teardown("--stage", "dev", "--yes", "--with-state")).isZero();
    assertThat(seeded.all()).noneMatch(name -> name.contains(state));
  }

  @Test
  void rejectsWhatIsNoStage() throws Exception {
    assertThat(teardown("--stage", "test")).isEqualTo(2);
    assertThat(result().get("reason").asText())
        .isEqualTo("--stage test: it must be dev, uat or prod");
  }

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new TeardownTask());
  }

  private int teardown(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--timeout", "1", "--result", folder.resolve("result.json").toString()));
    return Task.run(new TeardownTask(), ACCOUNT.environment(), all.toArray(String[]::new));
  }

  private JsonNode result() throws IOException {
    return CanonicalJson.mapper().readTree(Files.readAllBytes(folder.resolve("result.json")));
  }

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }
}
