package dev.propensity.dataset.specification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses a specification's YAML. All defaults are here. */
final class SpecParser {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,40}");
  private static final Pattern SCHEDULE =
      Pattern.compile("@(hourly|daily|weekly|monthly|yearly)|\\S+( \\S+){4}");

  private final SpecErrors errors;

  private SpecParser(SpecErrors errors) {
    this.errors = errors;
  }

  static DatasetSpec parse(String yaml, String where) {
    SpecErrors errors = new SpecErrors(where);
    DatasetSpec spec = new SpecParser(errors).spec(compose(yaml, where));
    errors.throwIfAny();
    return spec;
  }

  static Node compose(String yaml, String where) {
    LoadSettings settings = LoadSettings.builder().setLabel(where).build();
    try {
      return new Compose(settings)
          .composeString(yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml)
          .orElseThrow(() -> new UserException(where + " is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new UserException(where + ", line " + line + ": not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new UserException(where + ": not YAML: " + e.getMessage(), e);
    }
  }

  private DatasetSpec spec(Node root) {
    YamlMapping top =
        new YamlMapping(root, "", errors)
            .renamed("bad_rows", "invalid_rows")
            .only(
                "name",
                "title",
                "owner",
                "source",
                "schedule",
                "identifier",
                "label",
                "decimal",
                "missing_values",
                "features",
                "split",
                "learner",
                "parameters",
                "search",
                "release",
                "offer",
                "invalid_rows",
                "submission",
                "prediction",
                "capture",
                "monitor",
                "outcomes");
    String identifier = top.text("identifier");
    DatasetSpec.Label label = label(top);
    top.text("owner", ""); // only the DAGs read it
    checkPrediction(top.mapping("prediction"));
    SearchSection.check(top.mapping("search"));
    List<Column> columns = new ColumnsParser(errors).columns(top, identifier, label.column());
    CaptureRule capture = capture(top, columns);
    YamlMapping offer = top.mapping("offer");
    return new DatasetSpec(
        name(top),
        top.text("title"),
        top.text("source"),
        schedule(top, "@daily"),
        identifier,
        label,
        top.has("decimal") ? top.choice("decimal", ".", ".", ",") : null,
        top.texts("missing_values"),
        columns,
        SplitParser.parse(top.mapping("split"), identifier, label.column(), columns),
        top.text("learner", "xgboost"),
        parameters(top.mapping("parameters")),
        release(top.mapping("release")),
        offer(top, offer),
        ContactRule.of(offer),
        invalidRows(top.mapping("invalid_rows")),
        submission(top, identifier, label.column()),
        capture,
        MonitorRule.of(top.mapping("monitor")),
        outcomes(top, identifier, label, capture));
  }

  private static @Nullable CaptureRule capture(YamlMapping top, List<Column> columns) {
    if (!top.has("capture")) {
      return null;
    }
    YamlMapping section = top.mapping("capture");
    CaptureRule rule = CaptureRule.of(section);
    for (String excluded : rule.exclude()) {
      if (columns.stream()
          .filter(Column::feature)
          .noneMatch(column -> ColumnName.same(column.name(), excluded))) {
        section.addError(
            "exclude",
            "has '" + excluded + "', which is no feature of the model; only features are captured");
      }
    }
    return rule;
  }

  private static @Nullable OutcomeRule outcomes(
      YamlMapping top, String identifier, DatasetSpec.Label label, @Nullable CaptureRule capture) {
    if (!top.has("outcomes")) {
      return null;
    }
    YamlMapping section = top.mapping("outcomes");
    OutcomeRule rule = OutcomeRule.of(section);
    rule.column()
        .filter(column -> List.of(identifier, label.column(), OutcomeRule.TIME).contains(column))
        .ifPresent(column -> section.addError("contacted", "is '" + column + "', already in use"));
    if (capture != null && capture.days() <= rule.horizonDays()) {
      section.addError(
          "horizon_days",
          "is not below capture.days, already "
              + capture.days()
              + ": scores would be deleted before outcomes count");
    }
    return rule;
  }

  private String name(YamlMapping top) {
    String name = top.text("name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      top.addError(
          "name", "is '" + name + "'; use lower-case letters, digits, '-' and '_', a letter first");
    } else if (name.endsWith("-synthetic") || name.endsWith("-sample")) {
      top.addError(
          "name", "must not end in '-synthetic' or '-sample': such names are for synthetic rows");
    }
    return name;
  }

  /** When a DAG runs, as Airflow writes it, or on one of these events. */
  private static @Nullable String schedule(YamlMapping section, String fallback, String... events) {
    if (section.isNull("schedule")) {
      return null;
    }
    String schedule = section.text("schedule", fallback);
    if (schedule.equals("never")) {
      return null;
    }
    if (!SCHEDULE.matcher(schedule).matches() && !List.of(events).contains(schedule)) {
      String more = Stream.of(events).map(event -> ", " + event).collect(Collectors.joining());
      section.addError(
          "schedule",
          "is '%s'; write @daily, five cron fields such as '0 3 * * 1'%s, or never"
              .formatted(schedule, more));
    }
    return schedule;
  }

  private static DatasetSpec.Label label(YamlMapping top) {
    if (!top.has("label")) {
      top.text("label");
      return new DatasetSpec.Label("", "", "");
    }
    YamlMapping label = top.mapping("label").only("column", "positive", "negative");
    DatasetSpec.Label result =
        new DatasetSpec.Label(label.text("column"), label.text("positive"), label.text("negative"));
    if (!result.positive().isEmpty() && result.positive().equals(result.negative())) {
      label.addError("negative", "is the same as positive: '" + result.positive() + "'");
    }
    return result;
  }

  private static Map<String, JsonNode> parameters(YamlMapping learners) {
    Map<String, JsonNode> parameters = new TreeMap<>();
    for (String learner : learners.keys()) {
      parameters.put(learner, YamlJson.object(learners.mapping(learner)));
    }
    return parameters;
  }

  private static DatasetSpec.ReleaseRule release(YamlMapping release) {
    release.only(
        "minimum_auc", "minimum_positives", "calibration_tolerance", "margin", "log_loss_margin");
    return new DatasetSpec.ReleaseRule(
        release.number("minimum_auc", 0.6, x -> x >= 0.5 && x < 1, "from 0.5 to below 1"),
        (int)
            release.number(
                "minimum_positives",
                100,
                x -> x == Math.rint(x) && x >= 1 && x <= Integer.MAX_VALUE,
                "a whole number above 0"),
        release.number("calibration_tolerance", 0.05, x -> x > 0 && x <= 1, "above 0, at most 1"),
        release.number("margin", 0.002, x -> x >= 0 && x < 0.5, "from 0 to below 0.5"),
        release.number("log_loss_margin", 0.002, x -> x >= 0 && x < 0.5, "from 0 to below 0.5"));
  }

  private static DatasetSpec.Offer offer(YamlMapping top, YamlMapping offer) {
    if (!top.has("offer")) {
      top.text("offer");
      return new DatasetSpec.Offer(1, 0, "");
    }
    offer.only("gain", "cost", "currency", "explore", "control", "salt");
    offer.text("gain");
    offer.text("cost");
    double gain = offer.number("gain", 2, x -> x > 0, "above 0");
    double cost = offer.number("cost", 1, x -> x > 0, "above 0");
    if (gain <= cost && offer.has("gain") && offer.has("cost")) {
      offer.addError("cost", "must be below gain, or no contact pays");
    }
    return new DatasetSpec.Offer(gain, cost, offer.text("currency", ""));
  }

  private static DatasetSpec.InvalidRows invalidRows(YamlMapping invalidRows) {
    invalidRows.only("quarantine_up_to");
    return new DatasetSpec.InvalidRows(
        invalidRows.number("quarantine_up_to", 0, x -> x >= 0 && x < 1, "from 0 to below 1"));
  }

  private static DatasetSpec.@Nullable Submission submission(
      YamlMapping top, String identifier, String label) {
    if (!top.has("submission")) {
      return null;
    }
    YamlMapping submission = top.mapping("submission").only("identifier", "prediction", "value");
    String value = submission.choice("value", "score", "score", "label");
    DatasetSpec.Submission result =
        new DatasetSpec.Submission(
            submission.text("identifier", identifier),
            submission.text("prediction", label),
            DatasetSpec.Submission.Value.valueOf(value.toUpperCase(Locale.ROOT)));
    if (result.identifier().equals(result.prediction())) {
      submission.addError(
          "prediction", "is '" + result.identifier() + "', which is the identifier already");
    }
    return result;
  }

  /** Only the DAGs read it: the source and schedule of predictions, which may be a new champion. */
  private static void checkPrediction(YamlMapping prediction) {
    prediction.only("source", "schedule");
    prediction.text("source", "");
    schedule(prediction, "never", "champion");
  }
}
