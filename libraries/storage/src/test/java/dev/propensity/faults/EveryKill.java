package dev.propensity.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills a task at its first exchange, its second, and so on, until one run completes; each time as
 * a thread, then once, at a random exchange, as a process.
 *
 * <p>The system property {@code kills.stride} is the number of exchanges between kills, by default
 * 1; the first kill is at a random one, so that repeated runs cover all.
 */
public final class EveryKill {
  private static final Logger LOG = LoggerFactory.getLogger(EveryKill.class);
  private static final int MAX_KILLS = 500;
  private static final int STRIDE = Integer.getInteger("kills.stride", 1);

  private EveryKill() {}

  /** A new environment for each kill, with its assertions. */
  public interface Trial {
    /** The variables of a new environment. */
    Map<String, String> environment(int kill) throws Exception;

    /** The command line. */
    String[] arguments(int kill) throws Exception;

    /** The exit code of an uninterrupted run. */
    default int exit() {
      return 0;
    }

    /** Assertions right after the kill, such as that there is no partial artifact. */
    default void checkKilled(int kill) throws Exception {}

    /** Runs the task again, uninterrupted, and checks its result. */
    void runAgain(int kill) throws Exception;
  }

  /**
   * Runs the trials, a kill at every exchange or as the system property says.
   *
   * @return how many exchanges an uninterrupted run has
   */
  public static int run(Victim victim, Trial trial) throws Exception {
    return run(victim, trial, 1);
  }

  /**
   * Runs the trials of every so many exchanges, from a random one on, where each takes long.
   *
   * @param least the stride, where the system property has no greater one
   * @return how many exchanges an uninterrupted run has
   */
  public static int run(Victim victim, Trial trial, int least) throws Exception {
    int stride = Math.max(least, STRIDE);
    int kills = 0;
    int first = 1 + ThreadLocalRandom.current().nextInt(stride);
    LOG.info("a kill at every exchange {} + n * {}", first, stride);
    for (int kill = first; kill <= MAX_KILLS; kill += stride) {
      Victim.End end = victim.runAsThread(kill, trial.environment(kill), trial.arguments(kill));
      if (!end.killed()) {
        assertThat(end.exit()).as("exit code of an undisturbed run").isEqualTo(trial.exit());
        assertThat(end.exchanges()).as("exchanges of an undisturbed run").isLessThan(kill);
        trial.runAgain(kill); // also after all of its work
        killProcess(victim, trial, kill, end.exchanges());
        LOG.info("{} kills hit a live thread", kills);
        assertThat(kills).as("kills").isGreaterThanOrEqualTo(end.exchanges() / stride);
        return end.exchanges();
      }
      kills++;
      trial.checkKilled(kill);
      trial.runAgain(kill);
    }
    throw new IllegalStateException("more than " + MAX_KILLS + " exchanges");
  }

  /**
   * A process's kill, at any exchange.
   *
   * @param last the number of the last trial
   * @param exchanges how many an undisturbed run has
   */
  private static void killProcess(Victim victim, Trial trial, int last, int exchanges)
      throws Exception {
    int at = 1 + ThreadLocalRandom.current().nextInt(exchanges);
    int kill = last + 1;
    LOG.info("the process is killed at exchange {} of {}", at, exchanges);
    Victim.End end = victim.runAsProcess(at, trial.environment(kill), trial.arguments(kill));
    if (end.killed()) {
      trial.checkKilled(kill);
    } else { // a polling process may have sent fewer requests than the thread
      assertThat(end.exit()).as("exit code of an undisturbed run").isEqualTo(trial.exit());
    }
    trial.runAgain(kill);
  }
}
