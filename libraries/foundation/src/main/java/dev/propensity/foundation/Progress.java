package dev.propensity.foundation;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs how far long work is, as "1,200,000 rows checked", every five seconds at most. Work that
 * ends sooner logs nothing. Not thread-safe: one thread counts.
 */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final String total;
  private final String what;
  private final LongSupplier nanoTime;
  private final Consumer<String> lines;
  private long done;
  private long due;

  /**
   * @param total as in "300 of 2,000 rounds trained": " of 2,000", empty where unknown
   * @param nanoTime as {@link System#nanoTime}
   * @param lines receives each line
   */
  Progress(String total, String what, LongSupplier nanoTime, Consumer<String> lines) {
    this.total = total;
    this.what = what;
    this.nanoTime = nanoTime;
    this.lines = lines;
    this.due = nanoTime.getAsLong() + INTERVAL_NANOS;
  }

  /**
   * Of work whose amount is not known before.
   *
   * @param what is counted, and what was done with it: "rows checked"
   */
  public static Progress of(String what) {
    return new Progress("", what, System::nanoTime, LOG::info);
  }

  /**
   * Of work that may also end sooner.
   *
   * @param most the largest amount
   * @param what is counted, and what was done with it: "rounds trained"
   */
  public static Progress upTo(long most, String what) {
    return new Progress(" of at most " + text(most), what, System::nanoTime, LOG::info);
  }

  /** Counts further work as done; cheap enough for each batch of rows, not for each row. */
  public void add(long amount) {
    done += amount;
    long now = nanoTime.getAsLong();
    if (now - due >= 0) {
      due = now + INTERVAL_NANOS;
      lines.accept(text(done) + total + " " + what);
    }
  }

  private static String text(long amount) {
    return String.format(Locale.ROOT, "%,d", amount);
  }
}
