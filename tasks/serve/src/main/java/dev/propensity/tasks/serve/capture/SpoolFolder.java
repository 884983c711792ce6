package dev.propensity.tasks.serve.capture;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a spool folder, which only its owner can read: {@code <id>.part}, the segment that
 * is written; {@code <id>.arrow}, complete segments; {@code running.json}, while the server runs;
 * {@code lock}.
 */
final class SpoolFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final String PART = ".part";
  private static final String SEGMENT = ".arrow";
  private static final String RUNNING = "running.json";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * What is not counted in a segment yet.
   *
   * @param since the end of the last segment, or the server's start
   */
  record Running(String since) {}

  private final Path folder;
  private final FileChannel lock;

  /**
   * @param lock held until it is closed
   */
  private SpoolFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * @throws UserException if it cannot be written, belongs to another user, or another server uses
   *     it
   */
  static SpoolFolder open(Path folder) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder);
      }
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
      FileChannel file =
          FileChannel.open(
              folder.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              FILE);
      if (!isLocked(file)) {
        file.close();
        throw new UserException(
            "another server uses the folder " + folder + " for captured rows: set --spool");
      }
      return new SpoolFolder(folder, file);
    } catch (IOException e) {
      throw new UserException(
          "cannot keep captured rows in " + folder + ": " + e.getMessage() + "; set --spool", e);
    }
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) { // by a server of the same process
      return false;
    }
  }

  /** Since when rows were not counted, where the last server was killed. */
  Optional<Instant> killedSince() {
    try {
      byte[] json = Files.readAllBytes(folder.resolve(RUNNING));
      return Optional.of(Instant.parse(CanonicalJson.read(json, Running.class, RUNNING).since()));
    } catch (IOException e) {
      return Optional.empty(); // there is none
    } catch (RuntimeException e) {
      LOG.warn("{} is damaged: {}", folder.resolve(RUNNING), e.getMessage());
      return Optional.empty();
    }
  }

  /** Leaves a note for the next server, in case that this one is killed. */
  void mark(Instant since) {
    try {
      Path file = Files.createTempFile(folder, "running", ".new", FILE);
      try {
        Files.write(file, CanonicalJson.bytes(new Running(since.toString())));
        Files.move(file, folder.resolve(RUNNING), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(file); // where the disk is full
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the note. */
  void unmark() {
    delete(folder.resolve(RUNNING));
  }

  /** The segments that an earlier server left, in the order of their end; deletes other files. */
  List<SpooledSegment> leftover() {
    List<SpooledSegment> found = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(SEGMENT)) {
        try {
          found.add(spooled(file));
        } catch (UserException e) {
          LOG.warn("deleted: {}", e.getMessage());
          delete(file);
        }
      } else if (name.endsWith(PART) || name.endsWith(".new")) {
        delete(file);
      }
    }
    found.sort(Comparator.comparing(SpooledSegment::closed));
    return found;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SpooledSegment spooled(Path file) {
    try (SegmentReader segment = new SegmentReader(file, file.toString())) {
      return spooled(file, segment.header(), segment.counts());
    }
  }

  private static SpooledSegment spooled(Path file, SegmentHeader header, SegmentCounts counts) {
    String name = file.getFileName().toString();
    String id = name.substring(0, name.length() - SEGMENT.length());
    return new SpooledSegment(file, header.key(id), file.toFile().length(), counts);
  }

  /** A new file for a segment that is written. */
  Path newSegment() {
    try {
      return Files.createFile(folder.resolve(UUID.randomUUID() + PART), FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Renames the file of a segment that is complete. */
  SpooledSegment complete(Path part, SegmentHeader header, SegmentCounts counts) {
    String name = part.getFileName().toString();
    Path file = folder.resolve(name.substring(0, name.length() - PART.length()) + SEGMENT);
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return spooled(file, header, counts);
  }

  /** Deletes a file, if it exists. */
  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets other servers use the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("cannot release {}: {}", folder, e.getMessage());
    }
  }
}
