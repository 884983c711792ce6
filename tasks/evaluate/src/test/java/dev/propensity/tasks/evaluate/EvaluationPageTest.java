package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Check;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.evaluation.Evaluation.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class EvaluationPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report.html");
  private static final Offer OFFER = new Offer(100, 12.5, "INR");

  @Test
  void isTheGoldenPage() throws IOException {
    String html = page(evaluation()).html();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, html);
    }
    assertThat(html).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void needsNothingFromElsewhere() throws IOException {
    assertThat(page(evaluation()).html())
        .doesNotContain("http:", "https:", "//", "<script", "<link", "<img", "url(");
  }

  @Test
  void drawsPlotsThatAreWellFormed() throws Exception {
    String plots = new EvaluationPlots(evaluation()).figures().html();
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(plots)));
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("desc").getLength()).isEqualTo(4);
  }

  @Test
  void leavesTheChampionOutWhereThereIsNone() throws IOException {
    Evaluation both = evaluation();
    Evaluation alone =
        new Evaluation(
            both.schema(),
            both.rows(),
            both.positives(),
            both.candidate(),
            null,
            null,
            null,
            null,
            new Verdict(Decision.CHALLENGER, List.of(new Check(false, "the AUC <is> low"))));
    assertThat(page(alone).html())
        .doesNotContain("Champion")
        .contains(
            "The evaluation did not pass: not fit for release", "✗", "the AUC &lt;is&gt; low");
  }

  private static EvaluationPage page(Evaluation evaluation) {
    return new EvaluationPage("customers-synthetic", "Who takes the offer?", OFFER, evaluation);
  }

  private static Evaluation evaluation() throws IOException {
    Path golden = Path.of("../../libraries/model/src/test/resources/golden/evaluation.json");
    return Evaluation.parse(Files.readAllBytes(golden), golden.toString());
  }
}
