package dev.propensity.storage.s3;

/**
 * The number and size of a bucket's objects, including old versions.
 *
 * @param objects those that a listing shows
 * @param hidden older versions and delete markers
 * @param uploads unfinished multipart uploads; their parts are not in {@code bytes}
 * @param bytes of all versions
 */
public record BucketContents(long objects, long hidden, long uploads, long bytes) {

  /** Whether the bucket is empty. */
  public boolean isEmpty() {
    return objects == 0 && hidden == 0 && uploads == 0;
  }
}
