package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluator;
import dev.propensity.model.evaluation.ScoredModel;
import dev.propensity.model.metric.ScoredRows;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class EvaluationPlotsTest {
  @TempDir private Path folder;

  @Test
  void writesEachPlotAsAFileThatIsWellFormed() throws Exception {
    byte[] labels = new byte[500];
    float[] scores = new float[500];
    float[] others = new float[500];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 7 == 0 || i > 450 ? 1 : 0);
      scores[i] = i / 1000f;
      others[i] = i * 37 % 500 / 1000f;
    }
    Evaluation evaluation =
        new Evaluator(new ReleaseRule(.5, 10, 1, 0, 0), new Offer(100, 12, "INR"), new TreeMap<>())
            .against(model(labels, scores), model(labels, others));
    new EvaluationPlots(evaluation).figures().write(folder);
    for (String name : new String[] {"roc", "precision-recall", "gain", "calibration"}) {
      Document file =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(folder.resolve(name + ".svg").toFile());
      assertThat(file.getDocumentElement().getAttribute("xmlns"))
          .isEqualTo("http://www.w3.org/2000/svg");
      assertThat(file.getElementsByTagName("polyline").getLength()).as(name).isEqualTo(3);
    }
  }

  private static ScoredModel model(byte[] labels, float[] scores) {
    return new ScoredModel(ScoredRows.of("the test split", labels, scores), .1, Optional.empty());
  }
}
