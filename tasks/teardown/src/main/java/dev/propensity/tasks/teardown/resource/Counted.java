package dev.propensity.tasks.teardown.resource;

/** Counts with a noun, as {@code 1 image} and {@code 2 images}. */
public final class Counted {
  private Counted() {}

  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
