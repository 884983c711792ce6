import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.monitoring.profile.ColumnProfile;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.monitoring.profile.Traffic;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.task.Task;
import dev.propensity.task.TaskEnvironment;
import dev.propensity.tasks.monitor.MonitorTask;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Monitors days of rows that are drawn from a champion's baseline, for the tests of the page: {@code
 * java -cp JARS MonitoredDays.java DATASET NAME DAYS CHANGED}. In the last CHANGED days, customers
 * are older and come from other channels.
 */
final class MonitoredDays {
  private static final int ROWS = 4000;
  private static final LocalDate FIRST = LocalDate.parse("2026-10-01");

  public static void main(String... arguments) throws IOException {
    Path dataset = Path.of(arguments[0]);
    int days = Integer.parseInt(arguments[2]);
    int changed = Integer.parseInt(arguments[3]);
    DatasetSpec spec = DatasetSpec.parse(Files.readString(dataset), dataset.toString());
    try (TaskEnvironment environment = new TaskEnvironment(System.getenv())) {
      ArtifactStore store = environment.store();
      Release champion = new ReleaseLedger(store, arguments[1]).champion().orElseThrow();
      TrainedModelArtifact model = TrainedModelArtifact.require(store, champion.model());
      Baseline baseline = model.baseline();
      Random random = new Random(5);
      for (int day = 0; day < days; day++) {
        String window = FIRST.plusDays(day).toString();
        Profile profile = profile(model, baseline, window, day >= days - changed, random);
        Artifact stored = commit(store, spec, model, profile);
        int code =
            Task.run(
                new MonitorTask(),
                System.getenv(),
                "--dataset=" + dataset,
                "--profile=" + stored.uri(),
                "--who=test");
        if (code != 0) {
          System.exit(code);
        }
      }
    }
  }

  private static Artifact commit(
      ArtifactStore store, DatasetSpec spec, TrainedModelArtifact model, Profile profile)
      throws IOException {
    Path folder = Files.createTempDirectory("profile");
    ProfileArtifact.write(folder, profile, Collections.emptySortedMap());
    return store.commit(
        ProfileArtifact.computation(
            spec, profile, model, List.of(), Collections.emptySortedMap(), Digest.of("test")),
        folder);
  }

  private static Profile profile(
      TrainedModelArtifact model,
      Baseline baseline,
      String window,
      boolean isChanged,
      Random random) {
    SortedMap<String, ColumnProfile> columns = new TreeMap<>();
    baseline
        .columns()
        .forEach(
            (name, column) -> {
              boolean other =
                  isChanged && (name.equals("Age") || name.equals("Policy_Sales_Channel"));
              columns.put(name, column(column, other, random));
            });
    return new Profile(
        Profile.SCHEMA,
        model.name(),
        TimeWindow.parse(window),
        model.digest(),
        ROWS,
        ROWS,
        new TreeMap<>(Map.of(model.digest().hex(), (long) ROWS)),
        traffic(),
        columns,
        Collections.emptySortedSet(),
        new Profile.Scores(drawn(baseline.scores().counts(), isChanged, random)),
        0);
  }

  private static Traffic traffic() {
    return new Traffic(
        ROWS,
        0,
        0,
        3,
        Collections.emptySortedMap(),
        List.of(),
        1,
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        0,
        0);
  }

  private static ColumnProfile column(ColumnBaseline column, boolean isChanged, Random random) {
    if (column.numbers() != null) {
      return new ColumnProfile(
          0, 0, 0, drawn(column.numbers().counts(), isChanged, random), null);
    }
    int[] counts = column.values().values().stream().mapToInt(Integer::intValue).toArray();
    long[] drawn = drawn(counts, isChanged, random);
    Map<String, Long> values = new LinkedHashMap<>();
    int place = 0;
    for (String value : column.values().keySet()) {
      values.put(value, drawn[place++]);
    }
    return new ColumnProfile(0, 0, 0, null, values);
  }

  /** Rows by bin; of a change, those of the upper bins are more likely. */
  private static long[] drawn(int[] counts, boolean isChanged, Random random) {
    double[] weights = new double[counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      weights[bin] = counts[bin] * (isChanged ? 0.4 + 1.2 * bin / counts.length : 1);
    }
    double all = Arrays.stream(weights).sum();
    long[] rows = new long[counts.length];
    for (int row = 0; row < ROWS; row++) {
      double at = random.nextDouble() * all;
      int bin = 0;
      while (bin < counts.length - 1 && at >= weights[bin]) {
        at -= weights[bin++];
      }
      rows[bin]++;
    }
    return rows;
  }
}
