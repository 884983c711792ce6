package dev.propensity.benchmarks.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many days the rule needs to find a change, and to be quiet again after it. */
@Command(
    name = "delay",
    mixinStandardHelpOptions = true,
    description = "Prints days until a change is an alarm and until it no longer is, as JSON.")
final class DetectionDelay implements Callable<Integer> {
  private static final String COLUMN = "number2";
  private static final int QUIET = 7;
  private static final int LONGEST = 60;
  private static final int STAYS = 14;

  @Option(names = "--rows", split = ",", description = "Rows a day, by default 500,2000,10000.")
  private List<Integer> rows = List.of(500, 2000, 10000);

  @Option(names = "--psi", split = ",", description = "By default 0.02,0.05,0.1,0.25.")
  private List<Double> effects = List.of(0.02, 0.05, 0.1, 0.25);

  @Option(names = "--effects", description = "Day effects, by default ${DEFAULT-VALUE}.")
  private SimulatedDays.Effects dayEffects = SimulatedDays.Effects.ISOTROPIC;

  @Option(names = "--overdispersion", description = "By default ${DEFAULT-VALUE}.")
  private double overdispersion = 2;

  @Option(names = "--autocorrelation", description = "By default ${DEFAULT-VALUE}.")
  private double autocorrelation;

  @Option(names = "--repeats", description = "By default ${DEFAULT-VALUE}.")
  private int repeats = 50;

  @Option(names = "--shape", description = "The change leaves the mean rank as it is.")
  private boolean shape;

  @Option(names = "--seed", description = "By default ${DEFAULT-VALUE}.")
  private long seed = 1000;

  /**
   * @param delay days until the alarm, from 1; {@link #LONGEST} + 1 if there was none
   * @param recovery days until the first one without an alarm of the column, from 1
   */
  private record Outcome(int delay, int recovery) {}

  @Override
  public Integer call() {
    for (double psi : effects) {
      for (int n : rows) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
          outcomes.add(run(psi, n, seed + repeat));
        }
        System.out.println(summary(psi, n, outcomes));
      }
    }
    return 0;
  }

  private Outcome run(double psi, int n, long repeat) {
    SimulatedDays source =
        new SimulatedDays(repeat, n, dayEffects, overdispersion, autocorrelation);
    MonitorRule rule = new MonitorRule(MonitorRule.Window.DAY, 90, 100);
    MonitoredDays monitored = new MonitoredDays(rule, source.baseline());
    while (monitored.add(source.next(Map.of())).state().learning()) {
      continue;
    }
    for (int day = 0; day < QUIET; day++) {
      monitored.add(source.next(Map.of()));
    }
    SimulatedColumn column = source.column(COLUMN);
    double[] direction = shape ? column.shape() : column.ranks();
    Map<String, double[]> changed = Map.of(COLUMN, column.changed(psi, direction));
    int delay = 1;
    while (!alarms(monitored.add(source.next(changed))) && delay <= LONGEST) {
      delay++;
    }
    for (int day = delay; day < STAYS; day++) {
      monitored.add(source.next(changed));
    }
    int recovery = 1;
    while (alarms(monitored.add(source.next(Map.of()))) && recovery <= LONGEST) {
      recovery++;
    }
    return new Outcome(delay, recovery);
  }

  private static boolean alarms(Monitoring result) {
    return result.reasons().stream()
        .anyMatch(
            reason -> reason.level() == Reason.Level.ALARM && reason.subject().equals(COLUMN));
  }

  private ObjectNode summary(double psi, int n, List<Outcome> outcomes) {
    int[] delays = outcomes.stream().mapToInt(Outcome::delay).sorted().toArray();
    int[] recoveries = outcomes.stream().mapToInt(Outcome::recovery).sorted().toArray();
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dayEffects", dayEffects.name().toLowerCase(Locale.ROOT));
    json.put("direction", shape ? "shape" : "ranks").put("psi", psi).put("rows", n);
    json.put("repeats", outcomes.size());
    json.put("found", outcomes.stream().filter(one -> one.delay() <= LONGEST).count());
    json.put("delayMedian", quantile(delays, 0.5)).put("delayP90", quantile(delays, 0.9));
    json.put("recoveryMedian", quantile(recoveries, 0.5));
    json.put("recoveryP90", quantile(recoveries, 0.9));
    json.put("recoveryMost", recoveries[recoveries.length - 1]);
    return json;
  }

  private static int quantile(int[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
