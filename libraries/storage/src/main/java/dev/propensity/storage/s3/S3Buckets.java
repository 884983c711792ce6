package dev.propensity.storage.s3;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Inspects and empties whole buckets. Every method throws {@link UserException} for errors that the
 * user must fix and {@link UnavailableException} for transient errors, as {@link ObjectStore} does.
 */
public final class S3Buckets implements AutoCloseable {
  private final S3Client client;
  private final S3Failures failures;

  /**
   * Connects at first use.
   *
   * @param environment variables by the SDK's names
   */
  public S3Buckets(Map<String, String> environment) {
    S3Connection connection = new S3Connection(environment);
    client = connection.client();
    failures = new S3Failures(connection.endpoint().map(uri -> "S3 at " + uri).orElse("Amazon S3"));
  }

  /** The buckets of this account whose names begin so, in their order. */
  public List<String> names(String prefix) {
    return call(
        prefix + "any",
        () ->
            client
                .listBucketsPaginator(list -> list.prefix(prefix).maxBuckets(BucketEmptying.PAGE))
                .stream()
                .flatMap(page -> page.buckets().stream())
                .map(Bucket::name)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList());
  }

  /** The bucket's tags, an empty map where it has none; empty where the bucket does not exist. */
  public Optional<Map<String, String>> tags(String bucket) {
    return call(
        bucket,
        () -> {
          try {
            Map<String, String> tags = new TreeMap<>();
            client
                .getBucketTagging(get -> get.bucket(bucket))
                .tagSet()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
            return Optional.of(tags);
          } catch (S3Exception e) {
            return switch (S3Failures.code(e)) {
              case "NoSuchTagSet" -> Optional.of(Map.of());
              case "NoSuchBucket" -> Optional.empty();
              default -> throw e;
            };
          }
        });
  }

  /** The contents of this bucket; one request for each thousand versions. */
  public BucketContents contents(String bucket) {
    return call(
        bucket,
        () -> {
          long objects = 0;
          long hidden = 0;
          long bytes = 0;
          for (ListObjectVersionsResponse page :
              client.listObjectVersionsPaginator(
                  list -> list.bucket(bucket).maxKeys(BucketEmptying.PAGE))) {
            long latest = page.versions().stream().filter(version -> version.isLatest()).count();
            objects += latest;
            hidden += page.versions().size() - latest + page.deleteMarkers().size();
            bytes += page.versions().stream().mapToLong(version -> version.size()).sum();
          }
          int uploads = BucketEmptying.uploads(client, bucket).size();
          return new BucketContents(objects, hidden, uploads, bytes);
        });
  }

  /**
   * Deletes all versions of all objects, delete markers and unfinished uploads; the bucket is kept.
   * Continues after objects that cannot be deleted.
   *
   * @return how many versions, markers and uploads were removed
   * @throws UserException if a deletion was rejected, with the first error
   */
  public long empty(String bucket) {
    return call(bucket, new BucketEmptying(client, bucket)::run);
  }

  /** Deletes the bucket itself, which must be empty, if it exists. */
  public void delete(String bucket) {
    call(
        bucket,
        () -> {
          try {
            return client.deleteBucket(delete -> delete.bucket(bucket));
          } catch (S3Exception e) {
            if (S3Failures.code(e).equals("NoSuchBucket")) {
              return null;
            }
            throw e;
          }
        });
  }

  @Override
  public void close() {
    client.close();
  }

  private <T> T call(String bucket, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failures.of(e, new S3Location(bucket, ""));
    }
  }
}
