package dev.propensity.storage.s3;

import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes all objects of a bucket, in rounds until a listing is empty. */
final class BucketEmptying {
  /** The maximum number of versions in one delete request. */
  static final int PAGE = 1000;

  /** The maximum number of rounds: a bucket that others write to is never empty. */
  private static final int ROUNDS = 100;

  private final S3Client client;
  private final String bucket;
  private List<String> failures = List.of();

  BucketEmptying(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /**
   * Deletes all versions, delete markers and unfinished uploads.
   *
   * @return the number deleted
   * @throws UserException if a deletion was rejected, with the first error
   */
  long run() {
    long removed = 0;
    long now = round();
    // Listings may skip objects after a deleted page, and others may still write.
    for (int i = 0; i < ROUNDS && now > 0; i++) {
      removed += now;
      now = round();
    }
    if (!failures.isEmpty()) {
      throw new UserException(
          failures.size() + " objects of s3://" + bucket + " stay: " + failures.get(0));
    }
    return removed + now;
  }

  /** The unfinished multipart uploads. */
  static List<MultipartUpload> uploads(S3Client client, String bucket) {
    return client.listMultipartUploadsPaginator(list -> list.bucket(bucket)).stream()
        .map(ListMultipartUploadsResponse::uploads)
        .flatMap(List::stream)
        .toList();
  }

  private long round() {
    long removed = 0;
    failures = new ArrayList<>();
    for (MultipartUpload upload : uploads(client, bucket)) {
      abort(upload);
      removed++;
    }
    for (ListObjectVersionsResponse page :
        client.listObjectVersionsPaginator(list -> list.bucket(bucket).maxKeys(PAGE))) {
      List<ObjectIdentifier> identifiers = identifiers(page);
      if (!identifiers.isEmpty()) {
        List<String> kept = delete(identifiers);
        failures.addAll(kept);
        removed += identifiers.size() - kept.size();
      }
    }
    return removed;
  }

  private static List<ObjectIdentifier> identifiers(ListObjectVersionsResponse page) {
    return Stream.concat(
            page.versions().stream().map(v -> identifier(v.key(), v.versionId())),
            page.deleteMarkers().stream().map(m -> identifier(m.key(), m.versionId())))
        .toList();
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }

  /** Deletes up to a thousand versions; returns the errors, one line each. */
  private List<String> delete(List<ObjectIdentifier> identifiers) {
    DeleteObjectsResponse answer =
        client.deleteObjects(
            request -> request.bucket(bucket).delete(all -> all.objects(identifiers).quiet(true)));
    return answer.errors().stream().map(e -> e.key() + ": " + e.code()).toList();
  }

  private void abort(MultipartUpload upload) {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
    } catch (S3Exception e) {
      if (e.statusCode() != 404) { // ended meanwhile
        throw e;
      }
    }
  }
}
