package dev.propensity.tasks.teardown;

/** Numbers of things, as {@code 1 image} and {@code 2 images}. */
final class Counted {
  private Counted() {}

  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
