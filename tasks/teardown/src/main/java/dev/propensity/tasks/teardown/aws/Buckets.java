package dev.propensity.tasks.teardown.aws;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.s3.BucketContents;
import dev.propensity.storage.s3.S3Buckets;
import dev.propensity.tasks.teardown.resource.Bytes;
import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Counted;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The contents of the buckets: artifacts, results, captured requests, logs. The buckets are left
 * for Terraform, and so is the one with its state, until nothing else is left.
 */
public final class Buckets implements ResourceType {
  private static final String ARN = "arn:aws:s3:::";

  private final S3Buckets buckets;
  private final Stage stage;
  private final Prices prices;
  private final List<String> named;
  private final boolean withState;

  /**
   * @param named buckets to scan even if the tagging API does not return them
   * @param withState whether to delete the bucket of Terraform's state too, with its contents
   */
  public Buckets(
      S3Buckets buckets, Stage stage, Prices prices, List<String> named, boolean withState) {
    this.buckets = buckets;
    this.stage = stage;
    this.prices = prices;
    this.named = named;
    this.withState = withState;
  }

  @Override
  public String plural() {
    return "bucket contents";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    List<String> taggedNames = tagged.names("s3").toList();
    TreeSet<String> names = new TreeSet<>(buckets.names(stage.prefix()));
    names.addAll(taggedNames);
    names.addAll(named);
    ScanResult result = new ScanResult(stage);
    for (String name : names) {
      try {
        look(name, result);
      } catch (UserException e) {
        if (stage.isState(name) && !withState) {
          result.stays(ARN + name);
        } else if (taggedNames.contains(name)) { // its deletion fails then, with the reason
          result.own().add(new Resource(name, name, "cannot be read", Cost.UNKNOWN));
        } else {
          result.skip(name, "has no readable tags (" + e.getMessage() + ")");
        }
      }
    }
    return result;
  }

  private void look(String name, ScanResult result) {
    Optional<Map<String, String>> tags = buckets.tags(name);
    if (tags.isPresent() && named.contains(name) && !stage.matches(tags.get())) {
      result.skip(name, stage.whyNot(tags.get()));
    } else {
      tags.ifPresent(its -> result.add(name, its, () -> resource(name, result)));
    }
  }

  @Override
  public void delete(Resource resource) {
    // Its tags may have changed since it was found.
    if (!buckets.tags(resource.id()).map(stage::matches).orElse(false)) {
      return;
    }
    buckets.empty(resource.id());
    if (stage.isState(resource.id())) {
      buckets.delete(resource.id());
    }
  }

  /** Whether there is no such bucket; one without read access exists. */
  public boolean isGone(String bucket) {
    try {
      return buckets.tags(bucket).isEmpty();
    } catch (UserException e) {
      return false;
    }
  }

  private Optional<Resource> resource(String name, ScanResult result) {
    if (!stage.isState(name) || !withState) {
      result.stays(ARN + name);
    }
    if (stage.isState(name) && !withState) {
      return Optional.empty();
    }
    BucketContents contents = buckets.contents(name);
    if (contents.isEmpty() && !stage.isState(name)) {
      return Optional.empty();
    }
    String detail =
        Counted.of(contents.objects(), "object")
            + ", "
            + contents.hidden()
            + " older versions and delete markers, "
            + contents.uploads()
            + " unfinished uploads, "
            + Bytes.text(contents.bytes());
    return Optional.of(new Resource(name, name, detail, prices.bucket(contents.bytes())));
  }
}
