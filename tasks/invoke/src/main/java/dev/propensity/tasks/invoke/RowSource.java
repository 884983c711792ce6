package dev.propensity.tasks.invoke;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.parquet.TableFile;
import dev.propensity.storage.S3Location;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a table is read from: a file, a folder of Parquet files, a web server or S3. */
record RowSource(String place, TaskEnvironment environment) {
  private static final int CONNECT_MILLISECONDS = 10_000;
  private static final int READ_MILLISECONDS = 60_000;

  /**
   * The table as it arrives, decompressed.
   *
   * @throws UserException if it does not exist
   */
  TableFile open() throws IOException {
    if (place.startsWith("s3://")) {
      return table(environment.objects().open(S3Location.parseObject(place)));
    }
    if (place.startsWith("http://") || place.startsWith("https://")) {
      return table(web(URI.create(place)));
    }
    Path file = file();
    boolean isPipe = !Files.isRegularFile(file) && !Files.isDirectory(file);
    return isPipe
        ? table(Files.newInputStream(file))
        : TableFile.open(file, place, false, bytes -> {});
  }

  private TableFile table(InputStream arriving) throws IOException {
    return TableFile.open(arriving, place, false, bytes -> {});
  }

  private Path file() {
    Path file;
    try {
      file = Path.of(place);
    } catch (InvalidPathException e) {
      throw new UserException("'" + place + "' is not a path, https:// or s3:// address", e);
    }
    if (!Files.isReadable(file)) {
      throw new UserException("no such file, or not readable: " + place);
    }
    return file;
  }

  private InputStream web(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLISECONDS);
      connection.setReadTimeout(READ_MILLISECONDS);
      int status = connection.getResponseCode();
      if (status >= 500) {
        throw new UnavailableException(uri + " returned status " + status);
      }
      if (status != 200) {
        throw new UserException(uri + " returned status " + status);
      }
      return connection.getInputStream();
    } catch (IOException e) {
      throw new UnavailableException("cannot reach " + uri + ": " + e.getMessage(), e);
    }
  }
}
