package dev.propensity.storage;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * S3's objects: the only code that accesses S3. Every method throws {@link UserException} for
 * errors that the user must fix (no such bucket, access denied, wrong credentials) and {@link
 * UnavailableException} for transient errors (unreachable, throttled, interrupted).
 */
public interface ObjectStore extends AutoCloseable {

  /** The object's bytes, or empty where there is none. For small documents. */
  Optional<byte[]> read(S3Location location);

  /**
   * The object's bytes as they arrive. The stream throws {@link UnavailableException} where the
   * connection breaks.
   *
   * @throws UserException if there is no such object
   */
  InputStream open(S3Location location);

  /** The object's length in bytes, or empty where there is none. */
  Optional<Long> length(S3Location location);

  /** Puts these bytes; overwrites an existing object. */
  void write(S3Location location, byte[] bytes);

  /**
   * Puts this file; overwrites an existing object. Large files are uploaded in parts. S3 verifies
   * the checksum.
   */
  default void write(S3Location location, Path file) {
    write(location, file, Digest.of(file));
  }

  /**
   * Puts a file whose digest is known.
   *
   * @param digest which S3 verifies for a file that is not uploaded in parts
   */
  void write(S3Location location, Path file, Digest digest);

  /**
   * Puts these bytes if no object exists. The object is read back, regardless of the server's
   * response.
   *
   * @return the stored bytes: the given ones, or another writer's
   */
  byte[] writeIfAbsent(S3Location location, byte[] bytes);

  /**
   * Puts this file if no object exists; large files in parts. An existing object is kept: callers
   * name objects by their content.
   */
  void writeIfAbsent(S3Location location, Path file);

  /**
   * Puts this file if no object exists, without reading anything: for writers that may only put. An
   * existing object is kept: it is the file that an earlier call put, whose response was lost.
   *
   * @return whether it was put; false if there was an object
   */
  boolean writeUnread(S3Location location, Path file);

  /**
   * The objects below this location, in the order of their keys; those after {@code after} only.
   */
  List<StoredObject> objects(S3Location prefix, Optional<S3Location> after);

  /** The locations below this one, in the order of their keys; those after {@code after} only. */
  default List<S3Location> list(S3Location prefix, Optional<S3Location> after) {
    return objects(prefix, after).stream().map(StoredObject::location).toList();
  }

  /** Deletes this object, if it exists. */
  void delete(S3Location location);

  @Override
  void close();
}
