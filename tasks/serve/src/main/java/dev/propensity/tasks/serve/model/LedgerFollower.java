package dev.propensity.tasks.serve.model;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a slot at the ledger's champion: looks for newer entries, loads and proves the new model
 * beside the one that answers, then swaps. Whatever fails, the model that answers goes on.
 */
public final class LedgerFollower implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFollower.class);

  private final String name;
  private final Supplier<ReleaseLedger> ledger;
  private final ModelLoader loader;
  private final ModelHolder slot;
  private final Duration pause;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int seen;
  private String trouble;

  /**
   * @param name the dataset's name with its origin
   * @param ledger connected at first use
   * @param pause between two looks at the ledger
   */
  public LedgerFollower(
      String name,
      Supplier<ReleaseLedger> ledger,
      ModelLoader loader,
      ModelHolder slot,
      Duration pause) {
    this.name = name;
    this.ledger = ledger;
    this.loader = loader;
    this.slot = slot;
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
      if (trouble != null) {
        LOG.info("the release ledger answers again");
        trouble = null;
      }
    } catch (UserException | UnavailableException e) {
      tell(e.getMessage(), null);
    } catch (RuntimeException e) {
      tell("internal error: " + e, e);
    }
  }

  private void follow(LedgerEntry entry) {
    ModelStatus state = slot.get();
    Release champion = entry.champion();
    if (champion == null) {
      slot.set(
          ModelStatus.waiting("no model of " + name + " has been released yet")
              .followed(entry.number(), entry.previous()));
    } else if (answers(state, champion)) {
      slot.set(state.followed(entry.number(), entry.previous()));
    } else {
      swap(entry, champion);
    }
  }

  private static boolean answers(ModelStatus state, Release champion) {
    return state.served() != null
        && state.served().digest().equals(champion.digest())
        && state.served().version().equals(champion.version());
  }

  private void swap(LedgerEntry entry, Release champion) {
    try {
      ServedModel served = loader.load(name, champion);
      slot.set(slot.get().swapped(entry.number(), served, entry.previous(), null));
      LOG.info("answering with {}, release {}", served.title(), entry.number());
    } catch (UserException e) {
      LOG.error("refused release {}: {}", entry.number(), e.getMessage());
      slot.set(slot.get().refused(entry.number(), e.getMessage()));
      if (slot.get().served() == null && entry.previous() != null) {
        fallBack(entry);
      }
    }
  }

  // A server that starts with a champion at fault answers with the one before, as it would have
  // gone on doing had it been there.
  private void fallBack(LedgerEntry entry) {
    try {
      ServedModel served = loader.load(name, entry.previous());
      slot.set(slot.get().swapped(0, served, null, slot.get().refused()));
      LOG.info("answering with the champion before, {}", served.title());
    } catch (UserException e) {
      LOG.error("refused the champion before it too: {}", e.getMessage());
    }
  }

  private void tell(String message, Throwable defect) {
    wait(message);
    if (!message.equals(trouble)) {
      LOG.warn("cannot follow the release ledger, trying on: {}", message, defect);
      trouble = message;
    }
  }

  private void wait(String why) {
    if (slot.get().served() == null && slot.get().refused() == null) {
      slot.set(slot.get().because(why));
    }
  }
}
