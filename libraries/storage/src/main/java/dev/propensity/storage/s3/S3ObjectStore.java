package dev.propensity.storage.s3;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link ObjectStore} by Amazon's SDK, for Amazon S3 and servers that speak its protocol. */
public final class S3ObjectStore implements ObjectStore {
  private static final int ATTEMPTS = 3;
  private static final int PRECONDITION_FAILED = 412;

  /** Small servers keep a whole signed request in memory before they store it. */
  private static final long PART_BYTES = 16L << 20;

  private final S3Connection connection;
  private final S3Failures failures;
  private final long partBytes;
  private @Nullable S3Client client;

  /**
   * Connects at first use.
   *
   * @param environment variables by the SDK's names: {@code AWS_ENDPOINT_URL_S3}, {@code
   *     AWS_REGION}, {@code AWS_ACCESS_KEY_ID}…; others are resolved by the SDK's default chain
   */
  public S3ObjectStore(Map<String, String> environment) {
    this(environment, PART_BYTES);
  }

  /**
   * @param partBytes files of twice this length are uploaded in parts of this length
   */
  S3ObjectStore(Map<String, String> environment, long partBytes) {
    this.partBytes = partBytes;
    this.connection = new S3Connection(environment);
    this.failures =
        new S3Failures(connection.endpoint().map(uri -> "S3 at " + uri).orElse("Amazon S3"));
  }

  // The SDK accepts a body that ends early as complete, so each is read by its length.
  @Override
  public Optional<byte[]> read(S3Location location) {
    for (int attempt = 1; ; attempt++) {
      try (InputStream in = stream(location)) {
        return Optional.of(in.readAllBytes());
      } catch (SdkException e) {
        return absentOrThrow(e, location);
      } catch (UnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public InputStream open(S3Location location) {
    try {
      return stream(location);
    } catch (SdkException e) {
      absentOrThrow(e, location);
      throw new UserException("no such object: " + location, e);
    }
  }

  private InputStream stream(S3Location location) {
    ResponseInputStream<GetObjectResponse> body =
        client().getObject(get -> get.bucket(location.bucket()).key(location.key()));
    long length = Objects.requireNonNullElse(body.response().contentLength(), 0L);
    return new LengthCheckedInputStream(body, length, location.toString(), body::abort);
  }

  @Override
  public Optional<Long> length(S3Location location) {
    try {
      return Optional.of(
          client()
              .headObject(head -> head.bucket(location.bucket()).key(location.key()))
              .contentLength());
    } catch (SdkException e) {
      return absentOrThrow(e, location);
    }
  }

  @Override
  public void write(S3Location location, byte[] bytes) {
    try {
      puts().put(location, bytes, Optional.empty());
    } catch (SdkException e) {
      throw failures.of(e, location);
    }
  }

  @Override
  public void write(S3Location location, Path file, Digest digest) {
    try {
      puts().put(location, file, digest, Optional.empty());
    } catch (SdkException e) {
      throw failures.of(e, location);
    }
  }

  @Override
  public byte[] writeIfAbsent(S3Location location, byte[] bytes) {
    return putIfAbsent(
        location, () -> puts().put(location, bytes, S3Puts.ABSENT), () -> read(location));
  }

  @Override
  public void writeIfAbsent(S3Location location, Path file) {
    if (length(location).isEmpty()) {
      putIfAbsent(
          location,
          () -> puts().put(location, file, Digest.of(file), S3Puts.ABSENT),
          () -> length(location));
    }
  }

  @Override
  public boolean writeUnread(S3Location location, Path file) {
    try {
      puts().put(location, file, Digest.of(file), S3Puts.ABSENT);
      return true;
    } catch (SdkException e) {
      if (e instanceof S3Exception answer && answer.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw failures.of(e, location);
    }
  }

  /**
   * @param look reads the current object
   */
  private <T> T putIfAbsent(S3Location location, Runnable put, Supplier<Optional<T>> look) {
    RuntimeException unclear = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        put.run();
      } catch (SdkException e) {
        if (!lostOrPassing(e)) {
          throw failures.of(e, location);
        }
        unclear = failures.of(e, location);
      }
      // Both a losing and a winning put may return 409, 412 or a broken connection.
      Optional<T> there = look.get();
      if (there.isPresent()) {
        return there.get();
      }
    }
    throw new UnavailableException("could not write " + location, unclear);
  }

  @Override
  public List<StoredObject> objects(S3Location prefix, Optional<S3Location> after) {
    List<StoredObject> found = new ArrayList<>();
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(prefix.bucket())
            .prefix(prefix.key().isEmpty() ? "" : prefix.key() + "/")
            .startAfter(after.map(S3Location::key).orElse(null))
            .build();
    try {
      for (ListObjectsV2Response page : client().listObjectsV2Paginator(request)) {
        page.contents().stream()
            .filter(object -> !object.key().endsWith("/")) // folders that consoles make
            .map(
                object ->
                    new StoredObject(
                        new S3Location(prefix.bucket(), object.key()),
                        object.size(),
                        object.lastModified()))
            .forEach(found::add);
      }
    } catch (SdkException e) {
      throw failures.of(e, prefix);
    }
    return found;
  }

  @Override
  public void delete(S3Location location) {
    try {
      client().deleteObject(delete -> delete.bucket(location.bucket()).key(location.key()));
    } catch (SdkException e) {
      absentOrThrow(e, location);
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private synchronized S3Client client() {
    if (client == null) {
      client = connection.client();
    }
    return client;
  }

  private S3Puts puts() {
    return new S3Puts(client(), partBytes);
  }

  private static boolean lostOrPassing(SdkException e) {
    if (e instanceof S3Exception answer) {
      int status = answer.statusCode();
      return status == PRECONDITION_FAILED || status == 409 || status >= 500 || status == 429;
    }
    return true;
  }

  private <T> Optional<T> absentOrThrow(SdkException e, S3Location location) {
    if (e instanceof S3Exception answer
        && answer.statusCode() == 404
        && !S3Failures.code(answer).equals("NoSuchBucket")) {
      return Optional.empty();
    }
    throw failures.of(e, location);
  }
}
