package dev.propensity.task;

import java.util.concurrent.Callable;

/**
 * What every task on the command line is: picocli options, {@code --result}, exit codes, logs.
 *
 * <p>A subclass is annotated with {@code @Command(name = "train", description = "…")} and has a
 * main of one line: {@code public static void main(String... arguments) { Task.main(new
 * TrainTask(), arguments); }}.
 */
public abstract class Task implements Callable<Integer> {

  /** Runs the task and ends the process with its exit code. */
  protected static void main(Task task, String... arguments) {
    System.exit(run(task, System.getenv(), arguments));
  }

  /**
   * Runs the task in this process.
   *
   * @param environment the environment's variables
   * @return the exit code: 0 done, 2 a person must act, 99 skipped, 1 anything else
   */
  public static int run(Task task, java.util.Map<String, String> environment, String... arguments) {
    throw new UnsupportedOperationException();
  }

  /** Does the task's work. */
  protected abstract Outcome perform() throws Exception;

  /** The settings of the surroundings. */
  protected final Surroundings surroundings() {
    throw new UnsupportedOperationException();
  }
}
