package dev.propensity.tasks.serve.monitoring;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store has about a dataset's releases and windows, read when somebody asks for it, at
 * most every few seconds, in a thread of its own: a slow or unavailable store delays nobody.
 */
public final class LedgerCache {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerCache.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int FRESH_FOR_METRICS = 12; // times as long

  private final @Nullable LedgerReader reader;
  private final Duration fresh;
  private final Duration timeout;
  private @Nullable CompletableFuture<LedgerSnapshot> reading;
  private volatile LedgerSnapshot last;
  private volatile long readAt; // in nanoseconds; meaningless before the first time
  private volatile boolean read;

  private LedgerCache(
      @Nullable LedgerReader reader, Duration fresh, Duration timeout, LedgerSnapshot first) {
    this.reader = reader;
    this.fresh = fresh;
    this.timeout = timeout;
    this.last = first;
  }

  /**
   * @param store connected at first use
   * @param name the dataset's name with its origin
   */
  public static LedgerCache of(Supplier<ArtifactStore> store, String name) {
    return of(store, name, FRESH, TIMEOUT);
  }

  /**
   * @param fresh how long a reading counts as new
   * @param timeout how long to wait for the store
   */
  static LedgerCache of(
      Supplier<ArtifactStore> store, String name, Duration fresh, Duration timeout) {
    return new LedgerCache(
        new LedgerReader(store, name),
        fresh,
        timeout,
        LedgerSnapshot.none("the ledgers have not been read yet"));
  }

  /** Without a store: of a server that serves one model. */
  public static LedgerCache none() {
    return new LedgerCache(
        null,
        FRESH,
        TIMEOUT,
        LedgerSnapshot.none(
            "this server serves one model, set by --model: it follows no ledger and knows no"
                + " releases or windows"));
  }

  /** The store that is read; null if there is none. */
  @Nullable ArtifactStore store() {
    return reader == null ? null : reader.store();
  }

  /** At most some seconds old; the last one that is known if the store takes longer than that. */
  LedgerSnapshot current() {
    if (!isOlderThan(fresh)) {
      return last;
    }
    try {
      return refresh().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return last.noted("the store does not respond");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return last;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it is never completed so
    }
  }

  /** The last one that is known, without waiting; if it is old, it is read for the next time. */
  LedgerSnapshot known() {
    if (isOlderThan(fresh.multipliedBy(FRESH_FOR_METRICS))) {
      refresh();
    }
    return last;
  }

  private boolean isOlderThan(Duration age) {
    return reader != null && (!read || System.nanoTime() - readAt > age.toNanos());
  }

  private synchronized CompletableFuture<LedgerSnapshot> refresh() {
    if (reading == null) {
      CompletableFuture<LedgerSnapshot> made = new CompletableFuture<>();
      reading = made;
      Thread thread = new Thread(() -> made.complete(finish(readOnce())), "ledgers");
      thread.setDaemon(true);
      thread.start();
    }
    return reading;
  }

  private synchronized LedgerSnapshot finish(LedgerSnapshot found) {
    last = found;
    readAt = System.nanoTime();
    read = true;
    reading = null;
    return found;
  }

  private LedgerSnapshot readOnce() {
    try {
      return Objects.requireNonNull(reader, "a store").read();
    } catch (UserException | UnavailableException e) {
      return last.noted(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (RuntimeException e) {
      LOG.error("cannot read the ledgers: internal error: please report it with these lines", e);
      return last.noted("internal error; the details are in the server's log");
    }
  }
}
