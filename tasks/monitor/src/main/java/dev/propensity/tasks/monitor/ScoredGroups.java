package dev.propensity.tasks.monitor;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Baseline;
import dev.propensity.model.metric.Group;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.GroupScores;
import dev.propensity.monitoring.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scores of the groups of sensitive columns, beside those of the test rows. */
final class ScoredGroups {
  private static final Logger LOG = LoggerFactory.getLogger(ScoredGroups.class);
  private static final String UNSEEN = "(not in the training data)";
  private static final String MISSING = "";

  private ScoredGroups() {}

  /**
   * The groups that have rows, in the order of the columns and their values.
   *
   * @param tested by column, the groups of the test rows
   */
  static List<Monitoring.Group> of(
      DatasetSpec spec, Baseline baseline, Profile profile, SortedMap<String, List<Group>> tested) {
    BinLabels labels = new BinLabels(spec, baseline);
    List<Monitoring.Group> groups = new ArrayList<>();
    profile
        .groups()
        .forEach(
            (column, scores) -> {
              List<String> names = new ArrayList<>(labels.of(column));
              if (labels.areRanges(column)) {
                names.replaceAll(name -> name.isEmpty() ? "lowest" : "from " + name);
              }
              names.add(UNSEEN);
              names.add(MISSING);
              Map<String, Group> test =
                  tested.getOrDefault(column, List.of()).stream()
                      .collect(Collectors.toMap(Group::value, Function.identity()));
              for (int group = 0; group < names.size(); group++) {
                if (scores.rows()[group] > 0) {
                  String name = names.get(group);
                  groups.add(group(column, name, scores, group, test.get(name)));
                }
              }
            });
    return groups;
  }

  private static Monitoring.Group group(
      String column, String name, GroupScores scores, int group, @Nullable Group test) {
    return new Monitoring.Group(
        column,
        name,
        scores.rows()[group],
        scores.meanScore(group),
        scores.selectionRate(group),
        test == null ? null : test.meanScore(),
        test == null ? null : test.selectionRate());
  }

  /** By column, the groups of an evaluation; none if it cannot be read any more. */
  static SortedMap<String, List<Group>> tested(EvaluationArtifact evaluation) {
    try {
      return evaluation.evaluation().candidate().groups();
    } catch (UserException e) {
      LOG.warn("groups are shown without those of the test rows: {}", e.getMessage());
      return new TreeMap<>();
    }
  }
}
