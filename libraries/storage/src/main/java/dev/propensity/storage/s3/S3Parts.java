package dev.propensity.storage.s3;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads a large file in parts, each retried separately. */
final class S3Parts {
  private final S3Client client;
  private final long partBytes;

  S3Parts(S3Client client, long partBytes) {
    this.client = client;
    this.partBytes = partBytes;
  }

  /**
   * Uploads the file atomically: the object exists when this returns, and not before.
   *
   * @param ifNoneMatch a condition that is checked on completion
   */
  void write(S3Location location, Path file, long length, Optional<String> ifNoneMatch) {
    String upload =
        StaleConnectionRetry.request(
                () ->
                    client.createMultipartUpload(
                        create ->
                            create
                                .bucket(location.bucket())
                                .key(location.key())
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)))
            .uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < length; offset += partBytes) {
        long bytes = Math.min(partBytes, length - offset);
        parts.add(part(location, upload, parts.size() + 1, new FilePart(file, offset, bytes)));
      }
      StaleConnectionRetry.request(
          () ->
              client.completeMultipartUpload(
                  complete ->
                      complete
                          .bucket(location.bucket())
                          .key(location.key())
                          .uploadId(upload)
                          .ifNoneMatch(ifNoneMatch.orElse(null))
                          .multipartUpload(all -> all.parts(parts))));
    } catch (RuntimeException e) {
      abort(location, upload, e);
      throw e;
    }
  }

  private CompletedPart part(S3Location location, String upload, int number, FilePart range) {
    String digest = S3Puts.base64(range.digest());
    UploadPartResponse part =
        StaleConnectionRetry.request(
            () ->
                client.uploadPart(
                    put ->
                        put.bucket(location.bucket())
                            .key(location.key())
                            .uploadId(upload)
                            .partNumber(number)
                            .checksumSHA256(digest),
                    range.body()));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(part.eTag())
        .checksumSHA256(part.checksumSHA256())
        .build();
  }

  private void abort(S3Location location, String upload, RuntimeException cause) {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(location.bucket()).key(location.key()).uploadId(upload));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** A part of the file, read again for each attempt. */
  private record FilePart(Path file, long offset, long bytes) {

    RequestBody body() {
      return RequestBody.fromContentProvider(this::open, bytes, "application/octet-stream");
    }

    Digest digest() {
      MessageDigest digest = Digest.sha256();
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = open()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Digest.finished(digest);
    }

    private InputStream open() {
      try {
        SeekableByteChannel channel = Files.newByteChannel(file);
        channel.position(offset);
        return new BoundedInputStream(Channels.newInputStream(channel), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
