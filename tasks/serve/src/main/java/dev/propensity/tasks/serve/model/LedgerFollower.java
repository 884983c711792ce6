package dev.propensity.tasks.serve.model;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link ModelHolder} at the ledger's champion: polls for newer entries, loads and verifies
 * the new model next to the live one, then swaps. If anything fails, the live model stays.
 */
public final class LedgerFollower implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFollower.class);

  private final String name;
  private final Supplier<ReleaseLedger> ledger;
  private final ModelLoader loader;
  private final ModelHolder holder;
  private final Duration pause;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int seen;
  private @Nullable String lastFailure;

  /**
   * @param name the dataset's name with its origin
   * @param ledger connected at first use
   * @param pause between two checks of the ledger
   */
  public LedgerFollower(
      String name,
      Supplier<ReleaseLedger> ledger,
      ModelLoader loader,
      ModelHolder holder,
      Duration pause) {
    this.name = name;
    this.ledger = ledger;
    this.loader = loader;
    this.holder = holder;
    this.pause = pause;
  }

  @Override
  public void run() {
    try {
      do {
        look();
      } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public void stop() {
    stopped.countDown();
  }

  private void look() {
    try {
      Optional<LedgerEntry> newer = ledger.get().newerThan(seen);
      if (newer.isPresent()) {
        follow(newer.get());
        seen = newer.get().number();
      } else if (seen == 0) {
        wait("no model of " + name + " has been released yet");
      }
      if (lastFailure != null) {
        LOG.info("the release ledger is available again");
        lastFailure = null;
      }
    } catch (UserException | UnavailableException e) {
      report(Objects.requireNonNull(e.getMessage()), null);
    } catch (RuntimeException e) {
      report("internal error: " + e, e);
    }
  }

  private void follow(LedgerEntry entry) {
    ModelStatus state = holder.get();
    Release champion = entry.champion();
    if (champion == null) {
      holder.set(
          ModelStatus.waiting("no model of " + name + " has been released yet")
              .followed(entry.number(), entry.previous()));
    } else if (answers(state, champion)) {
      holder.set(state.followed(entry.number(), entry.previous()));
    } else {
      swap(entry, champion);
    }
  }

  private static boolean answers(ModelStatus state, Release champion) {
    ServedModel served = state.served();
    return served != null
        && served.digest().equals(champion.digest())
        && Integer.valueOf(champion.version()).equals(served.version());
  }

  private void swap(LedgerEntry entry, Release champion) {
    try {
      ServedModel served = loader.load(name, champion);
      holder.set(holder.get().swapped(entry.number(), served, entry.previous(), null));
      LOG.info("serving {}, release {}", served.title(), entry.number());
    } catch (UserException e) {
      LOG.error("rejected release {}: {}", entry.number(), e.getMessage());
      holder.set(holder.get().rejected(entry.number(), e.getMessage()));
      if (holder.get().served() == null && entry.previous() != null) {
        fallBack(entry);
      }
    }
  }

  // A server that starts with a champion that fails verification serves the one before, as a server
  // that had been running would.
  private void fallBack(LedgerEntry entry) {
    try {
      ServedModel served = loader.load(name, Objects.requireNonNull(entry.previous()));
      holder.set(holder.get().swapped(0, served, null, holder.get().rejected()));
      LOG.info("serving the previous champion, {}", served.title());
    } catch (UserException e) {
      LOG.error("rejected the previous champion too: {}", e.getMessage());
    }
  }

  private void report(String message, @Nullable Throwable defect) {
    wait(message);
    if (!message.equals(lastFailure)) {
      LOG.warn("cannot read the release ledger, retrying: {}", message, defect);
      lastFailure = message;
    }
  }

  private void wait(@Nullable String why) {
    if (holder.get().served() == null && holder.get().rejected() == null) {
      holder.set(holder.get().because(why));
    }
  }
}
