package dev.propensity.tasks.teardown.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The resources of one type that were found, grouped by their tags. */
public final class ScanResult {
  private final Stage stage;
  private final List<Resource> own = new ArrayList<>();
  private final List<SkippedResource> skipped = new ArrayList<>();
  private final List<String> staying = new ArrayList<>();

  public ScanResult(Stage stage) {
    this.stage = stage;
  }

  /**
   * Adds a resource.
   *
   * @param resource called only for the stage's resources; empty if nothing of it can be deleted
   */
  public void add(
      @Nullable String name, Map<String, String> tags, Supplier<Optional<Resource>> resource) {
    if (stage.matches(tags)) {
      resource.get().ifPresent(own::add);
    } else if (name != null && stage.looksOwn(name)) {
      skip(name, stage.whyNot(tags));
    }
  }

  /** Adds a resource that is left for Terraform, such as a bucket whose contents are deleted. */
  public void stays(String arn) {
    staying.add(arn);
  }

  /** Adds a resource that must not be deleted. */
  public void skip(String name, String why) {
    skipped.add(new SkippedResource(name, why));
  }

  /** The stage's resources. */
  public List<Resource> own() {
    return own;
  }

  /** The stage's resources that are left for Terraform; ARNs. */
  public List<String> staying() {
    return staying;
  }

  /** Resources that only look like the stage's. */
  public List<SkippedResource> skipped() {
    return skipped;
  }
}
