package dev.propensity.model;

import dev.propensity.dataset.profile.DataWarnings;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec.Offer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A model's readable description: {@code MODEL_CARD.md}, with the headings of Mitchell et al., <a
 * href="https://arxiv.org/abs/1810.03993">Model Cards for Model Reporting</a>, 2019.
 */
final class ModelCard {
  private final List<String> lines = new ArrayList<>();

  private ModelCard() {}

  /**
   * The card.
   *
   * @param warnings of the data report
   */
  static String of(
      ModelDescription model,
      List<Column> columns,
      Map<String, Double> importance,
      DataWarnings warnings) {
    ModelCard card = new ModelCard();
    card.details(model);
    card.warnings(warnings);
    card.constant(importance);
    card.use(model);
    card.data(model, columns);
    card.metrics(model);
    card.importance(importance);
    card.limits();
    return String.join("\n", card.lines) + "\n";
  }

  private void details(ModelDescription model) {
    add("# " + model.title(), "");
    if (model.synthetic()) {
      add(
          "**Synthetic data.** This model was trained on rows that were generated from the"
              + " dataset's specification. Its scores do not apply to real customers.",
          "");
    }
    add(
        "Dataset `"
            + model.dataset()
            + "`, learner `"
            + model.learner()
            + "`, "
            + model.rounds()
            + " rounds.",
        "",
        "| parameter | value |",
        "| --- | --- |");
    model.parameters().properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> add("| " + entry.getKey() + " | " + entry.getValue() + " |"));
  }

  private void warnings(DataWarnings warnings) {
    warnings.leaks().forEach(leak -> add("", "**Leak.** " + leak + "."));
    warnings.others().forEach(warning -> add("", "**Warning.** " + warning + "."));
  }

  private void constant(Map<String, Double> importance) {
    if (TrainingHistory.hasNoSplit(importance)) {
      add("", "**Constant.** " + TrainingHistory.CONSTANT + ".");
    }
  }

  /** The rows of its metrics: a final model has no validation split. */
  private static String judged(ModelDescription model) {
    return isFinal(model) ? "the folds' rows" : "the validation rows";
  }

  private static boolean isFinal(ModelDescription model) {
    return !model.rows().containsKey("validation");
  }

  private static boolean isRefitted(ModelDescription model) {
    return model.rows().containsKey(ModelDescription.REFIT);
  }

  private void use(ModelDescription model) {
    Offer offer = model.offer();
    add(
        "",
        "## Intended use",
        "",
        "To choose which customers to make the offer to. The score is the probability that a"
            + " customer takes it.",
        "",
        "A customer is labeled 1 from a score of "
            + text(model.threshold())
            + ", where a contact's expected gain equals its cost: "
            + text(offer.gain())
            + " "
            + offer.currency()
            + " for each customer who takes the offer, "
            + text(offer.cost())
            + " "
            + offer.currency()
            + " for each contact. "
            + calibration(model));
  }

  private static String calibration(ModelDescription model) {
    String method = model.calibrator().name();
    String rows =
        isFinal(model) || isRefitted(model) ? "out-of-fold scores" : "the validation rows";
    return method.equals("none")
        ? "Scores are those of the learner, without calibration."
        : "Scores are calibrated on " + rows + " (" + method + ").";
  }

  private void data(ModelDescription model, List<Column> columns) {
    add(
        "",
        "## Training data",
        "",
        "Trained on "
            + model.rows().getOrDefault(ModelDescription.REFIT, model.rows().get("train"))
            + " rows. "
            + (isFinal(model)
                ? "Models of the same learner and parameters on folds of these rows determined how"
                    + " long to train and the calibration."
                : isRefitted(model) ? refit(model) : validation(model))
            + " "
            + (isFinal(model)
                ? model.split().sentenceWithoutValidation()
                : model.split().sentence()),
        "",
        "| column | kind | sensitive | description |",
        "| --- | --- | --- | --- |");
    for (Column column : columns) {
      add(
          "| "
              + column.name()
              + " | "
              + column.kind().name().toLowerCase(java.util.Locale.ROOT)
              + " | "
              + sensitive(column)
              + " | "
              + column.description()
              + " |");
    }
  }

  private static String refit(ModelDescription model) {
    return "A model of "
        + model.rows().get("train")
        + " of them determined how long to train, with the other "
        + model.rows().get("validation")
        + " for validation.";
  }

  private static String validation(ModelDescription model) {
    return model.rows().get("validation")
        + " validation rows determined when to stop and the calibration.";
  }

  private static String sensitive(Column column) {
    String used = column.feature() ? "used" : "not used";
    return switch (column.sensitive()) {
      case NO -> column.feature() ? "" : used;
      case REPORT, EXCLUDE -> used + ", its groups are reported";
    };
  }

  private void metrics(ModelDescription model) {
    add(
        "",
        "## Metrics on " + judged(model),
        "",
        caution(model) + " The evaluation on the test rows is a separate artifact.",
        "",
        "| metric | value |",
        "| --- | --- |");
    model.validation().forEach((name, value) -> add("| " + name + " | " + text(value) + " |"));
  }

  private static String caution(ModelDescription model) {
    if (isFinal(model)) {
      return "Of the folds' models, out of fold. Slightly optimistic, since the rounds were chosen"
          + " on these rows.";
    }
    String chosen = "Slightly optimistic, since rounds and calibration were chosen on these rows.";
    return isRefitted(model)
        ? "Of the model of the train rows, before it was trained again on all. " + chosen
        : chosen;
  }

  private void importance(Map<String, Double> importance) {
    add("", "## Feature importance", "", "| feature | share |", "| --- | --- |");
    importance.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> add("| " + entry.getKey() + " | " + text(entry.getValue()) + " |"));
  }

  private void limits() {
    add(
        "",
        "## Limitations",
        "",
        "- It is valid for customers like those of the training data. If customers or the offer"
            + " change, the scores become unreliable; monitoring compares new rows with"
            + " `baseline.json`.",
        "- It predicts who takes the offer, not who takes it because of being contacted.",
        "- A category that is not in the training data gets a separate code, and so a score that"
            + " depends on the other columns.",
        "- Check the evaluation's table of sensitive groups before you use it.");
  }

  private void add(String... texts) {
    lines.addAll(List.of(texts));
  }

  private static String text(double value) {
    return new BigDecimal(value)
        .round(new MathContext(5, RoundingMode.HALF_EVEN))
        .stripTrailingZeros()
        .toPlainString();
  }
}
