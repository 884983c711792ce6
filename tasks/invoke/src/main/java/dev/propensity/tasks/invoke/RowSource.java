package dev.propensity.tasks.invoke;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import dev.propensity.table.file.Unpacked;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a table is read from: a file, a web server or S3. */
record RowSource(String place, TaskEnvironment environment) {
  private static final int CONNECT_MILLISECONDS = 10_000;
  private static final int READ_MILLISECONDS = 60_000;

  /**
   * The table as it arrives, decompressed.
   *
   * @throws UserException if it does not exist
   */
  InputStream open() throws IOException {
    return Unpacked.open(raw(), place, bytes -> {});
  }

  private InputStream raw() throws IOException {
    if (place.startsWith("s3://")) {
      return environment.objects().open(S3Location.parseObject(place));
    }
    if (place.startsWith("http://") || place.startsWith("https://")) {
      return web(URI.create(place));
    }
    Path file;
    try {
      file = Path.of(place);
    } catch (InvalidPathException e) {
      throw new UserException("'" + place + "' is not a path, https:// or s3:// address", e);
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UserException("no such file, or not readable: " + place);
    }
    return Files.newInputStream(file);
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
