package dev.propensity.storage;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects that are files of a folder, for a container that has no S3: a bucket is a folder in it, a
 * key a path below that. For one process at a time.
 */
public final class FolderObjectStore implements ObjectStore {
  private final Path folder;

  /**
   * @param folder of the files; links in it are followed
   */
  public FolderObjectStore(Path folder) {
    this.folder = folder;
  }

  /**
   * The file that is this object.
   *
   * @throws UserException if the key leads out of the bucket
   */
  public Path file(S3Location location) {
    Path bucket = folder.resolve(location.bucket());
    Path file = bucket.resolve(location.key()).normalize();
    if (!file.startsWith(bucket)) {
      throw new UserException(location + " is not available in this container");
    }
    return file;
  }

  @Override
  public Optional<byte[]> read(S3Location location) {
    try {
      return Optional.of(Files.readAllBytes(file(location)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(S3Location location) {
    try {
      return Files.newInputStream(file(location));
    } catch (NoSuchFileException e) {
      throw new UserException("there is no " + location + " in this container", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Long> length(S3Location location) {
    try {
      return Optional.of(Files.size(file(location)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(S3Location location, byte[] bytes) {
    try {
      Files.write(withParents(location), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(S3Location location, Path file, Digest digest) {
    try {
      Files.copy(file, withParents(location), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] writeIfAbsent(S3Location location, byte[] bytes) {
    try {
      Files.write(
          withParents(location), bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return bytes;
    } catch (FileAlreadyExistsException e) {
      return read(location).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeIfAbsent(S3Location location, Path file) {
    writeUnread(location, file);
  }

  @Override
  public boolean writeUnread(S3Location location, Path file) {
    try {
      Files.copy(file, withParents(location));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<StoredObject> objects(S3Location prefix, Optional<S3Location> after) {
    Path below = file(prefix);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(below, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(Files::isRegularFile)
          .map(path -> stored(prefix.resolve(below.relativize(path).toString()), path))
          .filter(
              object -> after.isEmpty() || object.location().key().compareTo(after.get().key()) > 0)
          .sorted(Comparator.comparing(object -> object.location().key()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoredObject stored(S3Location location, Path file) {
    try {
      return new StoredObject(
          location, Files.size(file), Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(S3Location location) {
    try {
      Files.deleteIfExists(file(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // The owner of the folder deletes it.
  }

  private Path withParents(S3Location location) {
    Path file = file(location);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
