package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.profile.DataWarnings;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnJson;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.dataset.specification.TimeSplit;
import dev.propensity.model.calibration.Calibrator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelCardTest {
  @Test
  void reportsWhatToKnowBeforeUse() throws Exception {
    assertThat(card(false))
        .startsWith("# Who takes the offer?\n")
        .contains("Dataset `offers`, learner `xgboost`, 12 rounds.")
        .contains("| eta | 0.05 |")
        .contains("from a score of 0.31235, where")
        .contains(
            "10 EUR for each customer who takes the offer, 3 EUR for each contact. Scores are")
        .contains("Scores are those of the learner, without calibration.")
        .contains("Trained on 3000 rows. 1000 validation rows")
        .contains("| sex | category | used, its groups are reported | Sex |")
        .contains("| religion | category | not used, its groups are reported | Not for use |")
        .contains("| race | category | not used, its groups are reported |  |")
        .contains("| auc | 0.75 |")
        .contains("| age | 0.6 |\n| town | 0.4 |\n")
        .contains("## Limitations")
        .doesNotContain("Synthetic");
  }

  @Test
  void reportsWhichRowsARefittedModelWasTrainedOn() throws Exception {
    assertThat(card(false, Map.of("refit", 4000, "train", 3000, "validation", 1000)))
        .contains("Trained on 4000 rows. A model of 3000 of them determined how long to train,")
        .contains("with the other 1000 for validation.")
        .contains("## Metrics on the validation rows\n\nOf the model of the train rows, before it");
  }

  @Test
  void reportsTheDatesBeforeWhichAFinalModelWasTrained() throws Exception {
    SplitRule split =
        new TimeSplit("since", LocalDate.of(2024, 7, 1), LocalDate.of(2024, 10, 1), 30);
    assertThat(card(false, Map.of("train", 4000), DataWarnings.NONE, split))
        .contains("Trained on 4000 rows. Models of the same learner")
        .contains(
            "They are the rows with a date in `since` before 2024-09-01; test rows are from"
                + " 2024-10-01 on.")
        .doesNotContain("validation rows are from");
    assertThat(card(false, Map.of("train", 3000, "validation", 1000), DataWarnings.NONE, split))
        .contains("validation rows are from 2024-07-01 on, test rows from 2024-10-01 on");
  }

  @Test
  void saysPlainlyThatRowsAreSynthetic() throws Exception {
    assertThat(card(true)).contains("**Synthetic data.**", "do not apply to real customers");
  }

  private static String card(boolean sample) throws Exception {
    return card(sample, Map.of("train", 3000, "validation", 1000));
  }

  @Test
  void warnsOfTheDataBeforeAnythingElse() throws Exception {
    DataWarnings warnings = new DataWarnings(List.of("age: it is the label"), List.of("no town"));
    assertThat(card(false, Map.of("train", 3000, "validation", 1000), warnings))
        .containsSubsequence(
            "**Leak.** age: it is the label.\n", "**Warning.** no town.\n", "## Intended use");
  }

  private static String card(boolean sample, Map<String, Integer> rows) throws Exception {
    return card(sample, rows, DataWarnings.NONE);
  }

  private static String card(boolean sample, Map<String, Integer> rows, DataWarnings warnings)
      throws Exception {
    return card(sample, rows, warnings, Offers.SPEC.split());
  }

  private static String card(
      boolean sample, Map<String, Integer> rows, DataWarnings warnings, SplitRule split)
      throws Exception {
    List<Column> columns = new ArrayList<>(Offers.SPEC.columns());
    columns.add(
        new ColumnJson(
                "race", "category", "", null, null, null, null, false, null, "report", false, null)
            .column());
    return ModelCard.of(
        new ModelDescription(
            ModelDescription.SCHEMA,
            "offers",
            Offers.SPEC.title(),
            sample,
            "xgboost",
            "model.ubj",
            new ObjectMapper().readTree("{\"eta\": 0.05}"),
            12,
            new Calibrator.None(),
            null,
            0.3123456,
            "customer",
            Offers.SPEC.label(),
            split,
            Offers.SPEC.offer(),
            new TreeMap<>(rows),
            new TreeMap<>(Map.of("auc", 0.75))),
        columns,
        Map.of("town", 0.4, "age", 0.6),
        warnings);
  }
}
