package dev.propensity.storage.s3;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts of bytes and files, each with a digest that S3 verifies. */
final class S3Puts {
  /** The condition of a put that no object exists. */
  static final Optional<String> ABSENT = Optional.of("*");

  private final S3Client client;
  private final long partBytes;

  /**
   * @param partBytes files of twice this length are uploaded in parts of this length
   */
  S3Puts(S3Client client, long partBytes) {
    this.client = client;
    this.partBytes = partBytes;
  }

  /**
   * @param ifNoneMatch empty to overwrite an existing object
   */
  void put(S3Location location, byte[] bytes, Optional<String> ifNoneMatch) {
    put(location, RequestBody.fromBytes(bytes), Digest.of(bytes), ifNoneMatch);
  }

  /**
   * @param digest of the file
   * @param ifNoneMatch empty to overwrite an existing object
   */
  void put(S3Location location, Path file, Digest digest, Optional<String> ifNoneMatch) {
    long length = length(file);
    if (length < 2 * partBytes) {
      put(location, RequestBody.fromFile(file), digest, ifNoneMatch);
    } else {
      new S3Parts(client, partBytes).write(location, file, length, ifNoneMatch);
    }
  }

  private void put(
      S3Location location, RequestBody body, Digest digest, Optional<String> ifNoneMatch) {
    StaleConnectionRetry.request(
        () ->
            client.putObject(
                put ->
                    put.bucket(location.bucket())
                        .key(location.key())
                        .checksumSHA256(base64(digest))
                        .ifNoneMatch(ifNoneMatch.orElse(null)),
                body));
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The digest as S3's headers hold it. */
  static String base64(Digest digest) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }
}
