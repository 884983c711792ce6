package dev.propensity.tracking;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A dataset's numbered, append-only series of monitored windows at {@code
 * <store>/<name>/monitoring/}: which profile and verdict each has, and which windows a user
 * accepted as the reference. A window's first verdict stays.
 */
public final class MonitoringLedger {
  private static final String FOLDER = "monitoring";

  private final String name;
  private final NumberedEntries<MonitoringEntry> entries;
  private final List<MonitoringEntry> read = new ArrayList<>();

  /**
   * @param name the dataset's name with its origin
   */
  public MonitoringLedger(ArtifactStore store, String name) {
    this.name = Origin.currentName(name);
    S3Location folder = store.root().resolve(this.name + "/" + FOLDER);
    this.entries = new NumberedEntries<>(store, this.name, () -> folder, MonitoringEntry::parse);
  }

  /** The dataset's name with its origin. */
  public String name() {
    return name;
  }

  /** All entries, in order. Reads each once, since entries do not change. */
  public synchronized List<MonitoringEntry> all() {
    read.addAll(entries.after(read.size()));
    return List.copyOf(read);
  }

  /** The entries that are newer than the given number, in order: one cheap request, for polling. */
  public List<MonitoringEntry> after(int number) {
    return entries.after(number);
  }

  /** The last entries, at most so many, in order. */
  public List<MonitoringEntry> last(int most) {
    return entries.last(most);
  }

  /** The entry's location. */
  public S3Location location(MonitoringEntry entry) {
    return entries.location(entry.number());
  }

  /** The monitored window of this text and model; empty if it has no verdict. */
  public static Optional<MonitoringEntry> of(
      List<MonitoringEntry> all, String window, Digest model) {
    return all.stream()
        .filter(entry -> entry.action() == MonitoringEntry.Action.MONITORED)
        .filter(entry -> entry.window().equals(window) && entry.model().equals(model))
        .findFirst();
  }

  /**
   * A monitored window that counts for the reference and the charts.
   *
   * @param accepted whether a user accepted it as part of the reference
   */
  public record Window(MonitoringEntry entry, boolean accepted) {}

  /**
   * This model's monitored windows in the order of their times: those since its release, or since
   * the first window that a user last accepted.
   *
   * @param all the entries of the ledger
   */
  public static List<Window> series(List<MonitoringEntry> all, Digest model) {
    List<Window> series = new ArrayList<>();
    for (MonitoringEntry entry : all) {
      if (!entry.model().equals(model)) {
        continue;
      }
      if (entry.action() == MonitoringEntry.Action.ACCEPTED) {
        series.removeIf(window -> window.entry().window().compareTo(entry.window()) < 0);
        series.replaceAll(window -> new Window(window.entry(), true));
      } else {
        series.add(new Window(entry, false));
      }
    }
    series.sort(Comparator.comparing(window -> window.entry().window()));
    return series;
  }

  /**
   * Appends the entry that {@code next} creates from all entries.
   *
   * @param next may return an existing entry: then nothing is appended
   * @return the entry that {@code next} returned
   */
  public MonitoringEntry append(Function<List<MonitoringEntry>, MonitoringEntry> next) {
    return entries.append(
        last -> {
          // Another writer may have appended one since the last entry was read.
          int number = last.map(MonitoringEntry::number).orElse(0);
          return next.apply(number == 0 ? List.of() : all().subList(0, number));
        });
  }
}
