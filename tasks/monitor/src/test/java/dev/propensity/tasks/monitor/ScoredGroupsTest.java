package dev.propensity.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.model.metric.Group;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.GroupScores;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.profile.Traffic;
import dev.propensity.tasks.collect.CapturedToys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScoredGroupsTest {
  private static final Baseline BASELINE =
      Baseline.parse(
          """
          {"columns":{"age":{"kind":"number","missing":0,"numbers":{"counts":[1,1],
          "edges":[25]},"unseen":0},"town":{"kind":"category","missing":0,
          "positives":{"north":1,"south":1},"singletons":0,"unseen":0,
          "values":{"north":1,"south":1}}},"label_rate":0.2,"rows":2,"schema":2,
          "scores":{"counts":[1,1],"edges":[0.15]},"train_rows":2}
          """
              .getBytes(StandardCharsets.UTF_8),
          "baseline.json");

  @Test
  void groupsWithRowsAreBesideThoseOfTheTestRows() {
    List<Group> town =
        List.of(
            new Group("north", 100, 40, 0.5, 0.9, 0.4, 0.4, null),
            new Group("south", 100, 10, 0.25, 0.9, 0.1, 0.1, null));
    // In order: north, south, unseen, missing; of age below 25, from 25 on, unseen, missing.
    GroupScores towns =
        new GroupScores(
            new long[] {4, 0, 1, 2}, new double[] {1, 0, 0.5, 0.25}, new long[] {1, 0, 1, 0});
    GroupScores ages =
        new GroupScores(new long[] {3, 4, 0, 0}, new double[] {1.5, 1, 0, 0}, new long[4]);
    List<Monitoring.Group> groups =
        ScoredGroups.of(
            DatasetSpec.parse(CapturedToys.SPECIFICATION, "toys.yaml"),
            BASELINE,
            profile(new TreeMap<>(Map.of("town", towns, "age", ages))),
            new TreeMap<>(Map.of("town", town)));
    assertThat(groups)
        .containsExactly(
            new Monitoring.Group("age", "lowest", 3, 0.5, 0, null, null),
            new Monitoring.Group("age", "from 25", 4, 0.25, 0, null, null),
            new Monitoring.Group("town", "north", 4, 0.25, 0.25, 0.4, 0.5),
            new Monitoring.Group("town", "(not in the training data)", 1, 0.5, 1, null, null),
            new Monitoring.Group("town", "", 2, 0.125, 0, null, null));
  }

  private static Profile profile(TreeMap<String, GroupScores> groups) {
    return new Profile(
        Profile.SCHEMA,
        "toys",
        TimeWindow.parse("2026-03-02"),
        Digest.of("a model"),
        7,
        7,
        new TreeMap<>(),
        Traffic.NONE,
        new TreeMap<>(),
        new TreeSet<>(),
        new Profile.Scores(new long[2]),
        groups,
        1.75);
  }
}
