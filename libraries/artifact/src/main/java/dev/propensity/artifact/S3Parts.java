package dev.propensity.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Puts a large file in parts, of which each is tried again by itself. */
final class S3Parts {
  private final S3Client client;
  private final long partBytes;

  S3Parts(S3Client client, long partBytes) {
    this.client = client;
    this.partBytes = partBytes;
  }

  /** Puts the file; the object is there when this returns, or nothing is. */
  void write(S3Location location, Path file, long length) {
    String upload =
        KeptConnections.request(
                () ->
                    client.createMultipartUpload(
                        create -> create.bucket(location.bucket()).key(location.key())))
            .uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < length; offset += partBytes) {
        long bytes = Math.min(partBytes, length - offset);
        parts.add(part(location, upload, parts.size() + 1, body(file, offset, bytes)));
      }
      KeptConnections.request(
          () ->
              client.completeMultipartUpload(
                  complete ->
                      complete
                          .bucket(location.bucket())
                          .key(location.key())
                          .uploadId(upload)
                          .multipartUpload(all -> all.parts(parts))));
    } catch (RuntimeException e) {
      abort(location, upload, e);
      throw e;
    }
  }

  private CompletedPart part(S3Location location, String upload, int number, RequestBody body) {
    UploadPartResponse part =
        KeptConnections.request(
            () ->
                client.uploadPart(
                    put ->
                        put.bucket(location.bucket())
                            .key(location.key())
                            .uploadId(upload)
                            .partNumber(number),
                    body));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(part.eTag())
        .checksumCRC32(part.checksumCRC32())
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

  private static RequestBody body(Path file, long offset, long bytes) {
    return RequestBody.fromContentProvider(
        () -> open(file, offset, bytes), bytes, "application/octet-stream");
  }

  private static InputStream open(Path file, long offset, long bytes) {
    try {
      SeekableByteChannel channel = Files.newByteChannel(file);
      channel.position(offset);
      return new FirstBytes(Channels.newInputStream(channel), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
