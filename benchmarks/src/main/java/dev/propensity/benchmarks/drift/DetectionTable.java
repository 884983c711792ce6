package dev.propensity.benchmarks.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which planted changes of real rows the rule finds. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = "Prints the share of windows in which planted changes are found, as JSON.")
final class DetectionTable implements Callable<Integer> {
  private static final int REFERENCE = 28;
  private static final int DAYS = 7;

  @Option(names = "--dataset", required = true, description = "The specification's file.")
  private Path dataset;

  @Option(names = "--csv", required = true, description = "The insurance table, as .gz.")
  private Path csv;

  @Option(names = "--rows", split = ",", description = "Rows a window, by default 500,2000,10000.")
  private List<Integer> rows = List.of(500, 2000, 10000);

  @Option(names = "--repeats", description = "By default ${DEFAULT-VALUE}.")
  private int repeats = 100;

  @Option(
      names = "--samples",
      description =
          "Writes the numbers of the training rows and of the windows' rows to this file.")
  private Path samples;

  @Option(names = "--seed", description = "By default ${DEFAULT-VALUE}.")
  private long seed = 1;

  /**
   * What the rule finds in a week of windows with a change.
   *
   * @param isNoticed whether the first one has a notice or an alarm
   * @param isAlarm whether the first one is an alarm
   * @param isAlarmInAWeek whether any is
   */
  private record Found(boolean isNoticed, boolean isAlarm, boolean isAlarmInAWeek) {}

  @Override
  public Integer call() throws Exception {
    DatasetSpec spec = DatasetSpec.parse(Files.readString(dataset), dataset.toString());
    RealRows table = RealRows.read(csv, spec, seed);
    ObjectNode written = new ObjectMapper().createObjectNode();
    ArrayNode training = written.putArray("training");
    Arrays.stream(table.training()).forEach(training::add);
    for (int n : rows) {
      List<List<int[]>> days = new ArrayList<>();
      ArrayNode windows = written.withObject("/windows").putArray(String.valueOf(n));
      for (int repeat = 0; repeat < repeats; repeat++) {
        days.add(days(table, new SplittableRandom(seed * 1_000_003 + repeat), n));
        windows.add(new ObjectMapper().valueToTree(days.get(repeat).get(REFERENCE)));
      }
      for (Change change : Change.values()) {
        System.out.println(summary(table, change, n, days));
      }
    }
    if (samples != null) {
      Files.writeString(samples, written.toString());
    }
    return 0;
  }

  // The reference's windows and those with the change, drawn from the rows that are not trained on.
  private static List<int[]> days(RealRows table, SplittableRandom random, int n) {
    List<int[]> days = new ArrayList<>();
    for (int day = 0; day < REFERENCE + DAYS; day++) {
      int[] others = table.others();
      days.add(random.ints(n, 0, others.length).map(i -> others[i]).toArray());
    }
    return days;
  }

  private ObjectNode summary(RealRows table, Change change, int n, List<List<int[]>> days) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("change", change.name().toLowerCase(Locale.ROOT)).put("rows", n);
    json.put("repeats", repeats);
    for (boolean hasReference : List.of(true, false)) {
      List<Found> found =
          IntStream.range(0, repeats)
              .mapToObj(repeat -> found(table, change, days.get(repeat), hasReference, repeat))
              .toList();
      ObjectNode shares = json.putObject(hasReference ? "reference" : "learning");
      shares.put("noticeOrAlarmFirstWindow", share(found, Found::isNoticed));
      shares.put("alarmFirstWindow", share(found, Found::isAlarm));
      shares.put("alarmWithinWeek", share(found, Found::isAlarmInAWeek));
    }
    return json;
  }

  private Found found(
      RealRows table, Change change, List<int[]> days, boolean hasReference, int repeat) {
    MonitorRule rule = new MonitorRule(MonitorRule.Window.DAY, 90, 100);
    MonitoredDays monitored = new MonitoredDays(rule, table.baseline());
    List<Monitoring> results = new ArrayList<>();
    for (int day = hasReference ? 0 : REFERENCE; day < days.size(); day++) {
      Change planted = day < REFERENCE ? Change.NOTHING : change;
      SplittableRandom random = new SplittableRandom(seed + 1000L * repeat + day);
      Monitoring result = monitored.add(table.window(days.get(day), planted, day, random));
      if (day >= REFERENCE) {
        results.add(result);
      }
    }
    Monitoring first = results.get(0);
    return new Found(
        !first.reasons().isEmpty(),
        isAlarm(first),
        results.stream().anyMatch(DetectionTable::isAlarm));
  }

  private static boolean isAlarm(Monitoring result) {
    return result.reasons().stream().anyMatch(one -> one.level() == Reason.Level.ALARM);
  }

  private static double share(List<Found> all, Predicate<Found> isSo) {
    return all.stream().filter(isSo).count() / (double) all.size();
  }
}
