package dev.propensity.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.SimulatedAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Tag;

class S3BucketsTest {
  @RegisterExtension static final SimulatedAccount ACCOUNT = new SimulatedAccount();

  @Test
  void emptiesABucketOfAllVersionsMarkersAndUploads() {
    String bucket = bucket("full");
    try (S3Client s3 = client();
        S3Buckets buckets = new S3Buckets(ACCOUNT.environment())) {
      s3.putBucketVersioning(
          put ->
              put.bucket(bucket)
                  .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
      for (int i = 0; i < 1001; i++) { // more than one page
        put(s3, bucket, "many", 1);
      }
      put(s3, bucket, "gone", 5);
      s3.deleteObject(delete -> delete.bucket(bucket).key("gone"));
      s3.createMultipartUpload(create -> create.bucket(bucket).key("half"));
      assertThat(buckets.contents(bucket)).isEqualTo(new BucketContents(1, 1002, 1, 1006));

      assertThat(buckets.empty(bucket)).isEqualTo(1004);
      assertThat(buckets.contents(bucket).isEmpty()).isTrue();
      assertThat(buckets.empty(bucket)).isZero();
      assertThat(buckets.names("full")).containsExactly(bucket);

      buckets.delete(bucket);
      buckets.delete(bucket);
      assertThat(buckets.names("full")).isEmpty();
    }
  }

  @Test
  void reportsTagsAndThatThereAreNone() {
    String tagged = bucket("tagged");
    bucket("plain");
    try (S3Client s3 = client();
        S3Buckets buckets = new S3Buckets(ACCOUNT.environment())) {
      Tag tag = Tag.builder().key("a").value("b").build();
      s3.putBucketTagging(put -> put.bucket(tagged).tagging(all -> all.tagSet(tag)));
      assertThat(buckets.tags(tagged)).contains(Map.of("a", "b"));
      assertThat(buckets.tags("plain")).contains(Map.of());
      assertThat(buckets.tags("missing")).isEmpty();
      assertThatThrownBy(() -> buckets.empty("missing"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("no such bucket: s3://missing");
    }
  }

  private static S3Client client() {
    return new S3Connection(ACCOUNT.environment()).client();
  }

  private static String bucket(String name) {
    try (S3Client s3 = client()) {
      s3.createBucket(
          create ->
              create
                  .bucket(name)
                  .createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
    }
    return name;
  }

  private static void put(S3Client s3, String bucket, String key, int bytes) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(new byte[bytes]));
  }
}
