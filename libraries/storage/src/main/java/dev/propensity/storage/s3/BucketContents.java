package dev.propensity.storage.s3;

/**
 * How much lies in a bucket, whether a listing shows it or not.
 *
 * @param objects those that a listing shows
 * @param hidden older versions and delete markers
 * @param uploads those that were begun and not finished; what they hold is not in {@code bytes}
 * @param bytes of all versions
 */
public record BucketContents(long objects, long hidden, long uploads, long bytes) {

  /** Whether nothing is there. */
  public boolean isEmpty() {
    return objects == 0 && hidden == 0 && uploads == 0;
  }
}
