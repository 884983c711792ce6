package dev.propensity.storage;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * S3's objects: the only code that speaks S3. Every method throws {@link UserException} for what a
 * user has to fix (no such bucket, access denied, wrong credentials) and {@link
 * UnavailableException} for what may pass (unreachable, throttled, broken off).
 */
public interface ObjectStore extends AutoCloseable {

  /** The object's bytes, or nothing where there is none. For small documents. */
  Optional<byte[]> read(S3Location location);

  /**
   * The object's bytes as they arrive. The stream throws {@link UnavailableException} where the
   * connection breaks.
   *
   * @throws UserException if there is no such object
   */
  InputStream open(S3Location location);

  /** The object's length in bytes, or nothing where there is none. */
  Optional<Long> length(S3Location location);

  /** Puts these bytes, over whatever is there. */
  void write(S3Location location, byte[] bytes);

  /** Puts this file, over whatever is there; large ones in parts. S3 checks what arrives. */
  default void write(S3Location location, Path file) {
    write(location, file, Digest.of(file));
  }

  /**
   * The same where the file's digest is known.
   *
   * @param digest with which S3 compares what arrives of a file that is not put in parts
   */
  void write(S3Location location, Path file, Digest digest);

  /**
   * Puts these bytes where nothing is. Whatever the answer of the server, what is there afterwards
   * was read back.
   *
   * @return the bytes that are there now: the given ones, or another writer's
   */
  byte[] writeIfAbsent(S3Location location, byte[] bytes);

  /**
   * Puts this file where nothing is, large ones in parts. What is there already stays: whoever asks
   * for this names objects after what is in them.
   */
  void writeIfAbsent(S3Location location, Path file);

  /**
   * The objects below this location, in the order of their keys; those after {@code after} only.
   */
  List<StoredObject> objects(S3Location prefix, Optional<S3Location> after);

  /** The locations below this one, in the order of their keys; those after {@code after} only. */
  default List<S3Location> list(S3Location prefix, Optional<S3Location> after) {
    return objects(prefix, after).stream().map(StoredObject::location).toList();
  }

  /** Removes this object; none there is fine. */
  void delete(S3Location location);

  @Override
  void close();
}
