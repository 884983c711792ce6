package dev.propensity.tasks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.mlflow.TrainingCost;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Candidate;
import dev.propensity.model.comparison.Comparer;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.comparison.RankingMetric;
import dev.propensity.model.trainer.CalibrationMethod;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ComparisonPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report.html");

  private final OutOfFold scores = scores();
  private final Comparison comparison =
      new Comparer(scores, RankingMetric.AUC, new DatasetSpec.Offer(100, 12, "EUR"))
          .compare(List.of(candidate("xgboost-1", 0.1), candidate("xgboost-2", 1)));

  @TempDir Path folder;

  @Test
  void isTheGoldenPage() throws IOException {
    String html = page().html();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, html);
    }
    assertThat(html).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void needsNothingFromElsewhere() {
    assertThat(page().html())
        .doesNotContain("http:", "https:", "//", "<script", "<link", "<img", "url(")
        .contains("Who takes the &lt;offer&gt;?");
  }

  @Test
  void reportsTimeAndMemoryWhereTheyAreKnown() {
    assertThat(page().html()).contains("See MLflow");
    TrainingCost cost = new TrainingCost(3, 61.25, 120.5, 512);
    assertThat(page().with(Map.of("xgboost-1", cost)).html())
        .doesNotContain("See MLflow")
        .contains("61.3", "120.5", "512");
  }

  @Test
  void drawsPlotsThatAreWellFormed() throws Exception {
    String plots = new ComparisonPlots(comparison, scores).figures().html();
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(plots)));
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("title").getLength()).isEqualTo(3);
  }

  @Test
  void writesThePlotsAsFilesOfTheSameBytes() throws IOException {
    new ComparisonPlots(comparison, scores).figures().write(folder);
    for (String name : new String[] {"auc", "roc", "calibration"}) {
      byte[] file = Files.readAllBytes(folder.resolve(name + ".svg"));
      new ComparisonPlots(comparison, scores).figures().write(folder);
      assertThat(folder.resolve(name + ".svg")).hasBinaryContent(file);
      assertThat(new String(file, StandardCharsets.UTF_8)).startsWith("<svg xmlns=");
    }
  }

  private ComparisonPage page() {
    return new ComparisonPage("customers-synthetic", "Who takes the <offer>?", comparison, scores);
  }

  private static Candidate candidate(String name, double eta) {
    JsonNode given = CanonicalJson.mapper().createObjectNode().put("eta", eta);
    JsonNode parameters = Trainers.named("xgboost").parameters(given);
    return new Candidate(name, "xgboost", parameters, List.of(10, 11, 13));
  }

  private static OutOfFold scores() {
    Random random = new Random(3);
    List<OutOfFold.Fold> folds = new ArrayList<>();
    for (int fold = 0; fold < 3; fold++) {
      String[] identifiers = new String[100];
      byte[] labels = new byte[100];
      float[][] margins = new float[2][100];
      for (int row = 0; row < 100; row++) {
        identifiers[row] = fold + "/" + row;
        float probability = random.nextInt(1000) / 1000f;
        margins[0][row] = (float) Math.log((probability + 1e-3) / (1 - probability + 1e-3));
        margins[1][row] = random.nextInt(1000) / 100f - 5;
        labels[row] = (byte) (random.nextFloat() < probability ? 1 : 0);
      }
      folds.add(new OutOfFold.Fold(identifiers, labels, margins));
    }
    return OutOfFold.join(
        List.of("xgboost-1", "xgboost-2"),
        List.of(CalibrationMethod.NONE, CalibrationMethod.NONE),
        folds);
  }
}
