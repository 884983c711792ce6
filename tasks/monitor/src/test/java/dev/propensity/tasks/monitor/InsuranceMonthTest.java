package dev.propensity.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.report.HtmlPage;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real rows and a real model through collect and monitor, day by day, with a planted change. */
class InsuranceMonthTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final Path REPORTS = Path.of("target/insurance-month");
  private static final int ROWS = 1500;

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path work;

  private Map<String, String> environment;
  private ArtifactStore store;

  @Test
  void showsAPlantedChangeAndNothingBefore() throws IOException {
    S3Location root = new S3Location(S3.root().bucket(), "month");
    store = new ArtifactStore(S3.objects(), root);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    InsuranceCapture capture = new InsuranceCapture(store, work);
    Files.createDirectories(REPORTS);
    List<String> verdicts = new ArrayList<>();
    for (int day = 0; day < 38; day++) {
      LocalDate date = FIRST.plusDays(day);
      capture.day(date, ROWS, day < 34 ? row -> row : changed(day));
      verdicts.add(monitor(capture, date));
    }
    assertThat(verdicts.subList(0, 28)).containsOnly("learning");
    assertThat(verdicts.subList(28, 34)).allSatisfy(v -> assertThat(v).doesNotContain("alarm"));
    assertThat(verdicts.get(37)).startsWith("alarm (").contains("Policy_Sales_Channel", "Age");
    Path report = REPORTS.resolve(FIRST.plusDays(37) + ".html");
    assertThat(Files.readString(report))
        .contains("Verdict: alarm (", "Next step:", "Control charts", "How each number was");
  }

  private static UnaryOperator<Map<String, String>> changed(int day) {
    Random random = new Random(day);
    return row -> {
      double age = Double.parseDouble(row.get("Age"));
      row.put("Age", String.valueOf((int) age + (random.nextDouble() < 0.5 ? 5 : 0)));
      if (random.nextDouble() < 0.04) {
        row.put("Policy_Sales_Channel", "999.0");
      }
      return row;
    };
  }

  private String monitor(InsuranceCapture capture, LocalDate day) throws IOException {
    String dataset = "--dataset=" + capture.specification();
    String window = "--window=" + day;
    TaskRun collected =
        TaskRunner.run(new CollectTask(), environment, dataset, window, capture.modelOption())
            .succeeded();
    TaskRun run =
        TaskRunner.run(new MonitorTask(), environment, dataset, "--profile=" + collected.uri())
            .succeeded();
    byte[] html = store.objects().read(run.uri().resolve(HtmlPage.FILE)).orElseThrow();
    Files.write(REPORTS.resolve(day + ".html"), html);
    return run.reason();
  }
}
