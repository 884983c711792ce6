package dev.propensity.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kills a process at its first exchange, its second, and so on, until one run has come through. */
public final class EveryKill {
  private static final Logger LOG = LoggerFactory.getLogger(EveryKill.class);
  private static final int MOST = 500;

  private EveryKill() {}

  /** A fresh world for each kill, and what must hold in it. */
  public interface Trial {
    /** The environment of a world in which nothing was done yet. */
    Map<String, String> environment(int kill) throws Exception;

    /** The command line. */
    String[] arguments(int kill) throws Exception;

    /** The exit code of a run that nothing disturbs. */
    default int exit() {
      return 0;
    }

    /** What must hold right after the kill, as: no partial artifact. */
    default void checkKilled(int kill) throws Exception {}

    /** Runs the task again, undisturbed, and checks that its result is right. */
    void runAgain(int kill) throws Exception;
  }

  /**
   * Runs the trials: a kill at every exchange, or with {@code -Dkills.stride=2} at every second
   * one, from a random one on.
   *
   * @return at how many exchanges the process was alive; with a stride, up to so many more
   */
  public static int run(KilledProcess process, Trial trial) throws Exception {
    int stride = Integer.getInteger("kills.stride", 1);
    int first = 1 + ThreadLocalRandom.current().nextInt(stride);
    LOG.info("a kill at every exchange {} + n * {}", first, stride);
    return run(process, trial, first, stride) * stride + first - 1;
  }

  /**
   * Runs the trials of every so many exchanges, where each takes long.
   *
   * @param stride from one exchange to the next at which there is a kill
   * @return how many kills hit a live process
   */
  public static int run(KilledProcess process, Trial trial, int stride) throws Exception {
    return run(process, trial, 1, stride);
  }

  private static int run(KilledProcess process, Trial trial, int first, int stride)
      throws Exception {
    int kills = 0;
    for (int kill = first; kill <= MOST; kill += stride) {
      KilledProcess.End end = process.run(kill, trial.environment(kill), trial.arguments(kill));
      if (!end.killed()) {
        assertThat(end.exit()).as("undisturbed run: %s", end.log()).isEqualTo(trial.exit());
        assertThat(end.exchanges()).as("exchanges of an undisturbed run").isLessThan(kill);
        LOG.info("{} kills hit a live process", kills);
        return kills;
      }
      kills++;
      trial.checkKilled(kill);
      trial.runAgain(kill);
    }
    throw new IllegalStateException("more than " + MOST + " exchanges");
  }
}
