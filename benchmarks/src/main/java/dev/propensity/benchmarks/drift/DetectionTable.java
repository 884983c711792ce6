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

  @Override
  public Integer call() throws Exception {
    DatasetSpec spec = DatasetSpec.parse(Files.readString(dataset), dataset.toString());
    RealRows table = RealRows.read(csv, spec, seed);
    ObjectNode written = new ObjectMapper().createObjectNode();
    ArrayNode training = written.putArray("training");
    Arrays.stream(table.training()).forEach(training::add);
    for (int n : rows) {
      ArrayNode windows = written.withObject("/windows").putArray(String.valueOf(n));
      for (Change change : Change.values()) {
        int[] found = new int[3];
        for (int repeat = 0; repeat < repeats; repeat++) {
          SplittableRandom random = new SplittableRandom(seed * 1_000_003 + repeat);
          List<int[]> days = days(table, random, n);
          if (change == Change.NOTHING) {
            windows.add(new ObjectMapper().valueToTree(days.get(REFERENCE)));
          }
          count(table, change, days, found, repeat);
        }
        System.out.println(summary(change, n, found));
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

  private void count(RealRows table, Change change, List<int[]> days, int[] found, int repeat) {
    MonitorRule rule = new MonitorRule(MonitorRule.Window.DAY, 90, 100);
    MonitoredDays monitored = new MonitoredDays(rule, table.baseline());
    boolean isFound = false;
    for (int day = 0; day < days.size(); day++) {
      Change planted = day < REFERENCE ? Change.NOTHING : change;
      SplittableRandom random = new SplittableRandom(seed + 1000L * repeat + day);
      Monitoring result = monitored.add(table.window(days.get(day), planted, day, random));
      if (day < REFERENCE) {
        continue;
      }
      boolean isAlarm = has(result, Reason.Level.ALARM);
      if (day == REFERENCE) {
        found[0] += isAlarm || has(result, Reason.Level.NOTICE) ? 1 : 0;
        found[1] += isAlarm ? 1 : 0;
      }
      isFound |= isAlarm;
    }
    found[2] += isFound ? 1 : 0;
  }

  private static boolean has(Monitoring result, Reason.Level level) {
    return result.reasons().stream().anyMatch(reason -> reason.level() == level);
  }

  private ObjectNode summary(Change change, int n, int[] found) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("change", change.name().toLowerCase(Locale.ROOT)).put("rows", n);
    json.put("repeats", repeats);
    json.put("noticeOrAlarmFirstWindow", found[0] / (double) repeats);
    json.put("alarmFirstWindow", found[1] / (double) repeats);
    json.put("alarmWithinWeek", found[2] / (double) repeats);
    return json;
  }
}
