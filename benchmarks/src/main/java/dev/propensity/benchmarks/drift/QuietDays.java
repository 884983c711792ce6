package dev.propensity.benchmarks.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.model.metric.MeanEstimate;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import dev.propensity.monitoring.drift.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How often the rule is wrong on quiet days. */
@Command(
    name = "quiet",
    mixinStandardHelpOptions = true,
    description = "Prints the share of quiet days with an alarm, one line of JSON per setting.")
final class QuietDays implements Callable<Integer> {
  private static final int AFTER_REFERENCE = 180;

  @Option(names = "--rows", split = ",", description = "Rows a day, by default 500,2000,10000.")
  private List<Integer> rows = List.of(500, 2000, 10000);

  @Option(names = "--days", description = "Quiet days, by default ${DEFAULT-VALUE}.")
  private int days = 10_000;

  @Option(names = "--overdispersion", description = "By default ${DEFAULT-VALUE}.")
  private double overdispersion = 2;

  @Option(names = "--effects", split = ",", description = "By default all but NONE.")
  private List<SimulatedDays.Effects> effects =
      List.of(
          SimulatedDays.Effects.ISOTROPIC,
          SimulatedDays.Effects.ONE_WAY,
          SimulatedDays.Effects.STRONG_ONE_WAY);

  @Option(names = "--autocorrelation", split = ",", description = "By default 0 and 0.5.")
  private List<Double> autocorrelations = List.of(0.0, 0.5);

  @Option(names = "--false-alarm-days", description = "By default ${DEFAULT-VALUE}.")
  private int falseAlarmDays = 90;

  @Option(names = "--seed", description = "By default ${DEFAULT-VALUE}.")
  private long seed = 1;

  /**
   * One reference with the days after it.
   *
   * @param starts alarms on days after a day without one
   * @param beyond days with a chart beyond its limits, regardless of the effect
   */
  private record Reference(
      int days,
      int alarms,
      int starts,
      int beyond,
      int notices,
      int learning,
      int learningAlarms) {}

  @Override
  public Integer call() {
    for (SimulatedDays.Effects one : effects) {
      for (double autocorrelation : autocorrelations) {
        for (int n : rows) {
          System.out.println(measure(one, autocorrelation, n));
        }
      }
    }
    return 0;
  }

  private ObjectNode measure(SimulatedDays.Effects effect, double autocorrelation, int n) {
    MonitorRule rule = new MonitorRule(MonitorRule.Window.DAY, falseAlarmDays, 100);
    List<Reference> all = new ArrayList<>();
    Map<String, Integer> causes = new TreeMap<>();
    for (int done = 0; done < days; done += AFTER_REFERENCE) {
      SimulatedDays source =
          new SimulatedDays(seed + all.size(), n, effect, overdispersion, autocorrelation);
      all.add(run(source, rule, Math.min(AFTER_REFERENCE, days - done), causes));
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("effects", effect.name().toLowerCase(Locale.ROOT));
    json.put("autocorrelation", autocorrelation).put("rows", n).put("days", days);
    MeanEstimate alarms = share(all, Reference::alarms);
    json.put("alarmDays", alarms.mean());
    json.put("low", Math.max(0, alarms.mean() - 1.96 * alarms.standardError()));
    json.put("high", alarms.mean() + 1.96 * alarms.standardError());
    json.put("expected", 1.0 / falseAlarmDays);
    double starts = share(all, Reference::starts).mean();
    json.put("daysBetweenAlarms", starts == 0 ? null : (Double) (1 / starts));
    json.put("beyondLimits", share(all, Reference::beyond).mean());
    json.put("noticeDays", share(all, Reference::notices).mean());
    int learning = all.stream().mapToInt(Reference::learning).sum();
    json.put("learningDays", learning);
    json.put(
        "learningAlarms",
        all.stream().mapToInt(Reference::learningAlarms).sum() / (double) Math.max(1, learning));
    json.set("causes", new ObjectMapper().valueToTree(causes));
    return json;
  }

  // Days of one reference are not independent: the interval is that of the references' shares.
  private static MeanEstimate share(List<Reference> all, ToDoubleFunction<Reference> count) {
    double[] shares =
        all.stream().mapToDouble(one -> count.applyAsDouble(one) / one.days()).toArray();
    return shares.length > 1
        ? MeanEstimate.of(shares)
        : new MeanEstimate(Arrays.stream(shares).sum(), 0);
  }

  private static Reference run(
      SimulatedDays source, MonitorRule rule, int days, Map<String, Integer> causes) {
    MonitoredDays monitored = new MonitoredDays(rule, source.baseline());
    int[] counts = new int[6];
    int after = 0;
    @Nullable Verdict before = null;
    while (after < days) {
      Monitoring result = monitored.add(source.next(Map.of()));
      boolean isAlarm = result.verdict() == Verdict.ALARM;
      if (result.state().learning()) {
        counts[4]++;
        counts[5] += isAlarm ? 1 : 0;
        if (counts[4] > 10 * AFTER_REFERENCE) {
          throw new IllegalStateException("the reference is never complete");
        }
        continue;
      }
      after++;
      counts[0] += isAlarm ? 1 : 0;
      counts[1] += isAlarm && before != Verdict.ALARM ? 1 : 0;
      counts[2] += result.charts().stream().anyMatch(Monitoring.Chart::beyond) ? 1 : 0;
      counts[3] += result.verdict() == Verdict.NOTICE ? 1 : 0;
      before = result.verdict();
      result.charts().stream()
          .filter(Monitoring.Chart::beyond)
          .map(chart -> "beyond " + chart.chart().text())
          .distinct()
          .forEach(type -> causes.merge(type, 1, Integer::sum));
      if (isAlarm) {
        count(result, causes);
      }
    }
    return new Reference(days, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
  }

  private static void count(Monitoring result, Map<String, Integer> causes) {
    for (Reason reason : result.reasons()) {
      if (reason.level() == Reason.Level.ALARM) {
        String what = reason.text().replaceAll("^[^:]*: ", "").replaceAll("[^a-z ].*", "").strip();
        causes.merge(reason.kind() + " " + what, 1, Integer::sum);
      }
    }
  }
}
