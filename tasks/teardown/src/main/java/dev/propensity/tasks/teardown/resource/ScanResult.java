package dev.propensity.tasks.teardown.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What was found of one kind, sorted by its tags. */
public final class ScanResult {
  private final Stage stage;
  private final List<Resource> own = new ArrayList<>();
  private final List<SkippedResource> skipped = new ArrayList<>();
  private final List<String> staying = new ArrayList<>();

  public ScanResult(Stage stage) {
    this.stage = stage;
  }

  /**
   * Sorts something in.
   *
   * @param resource is asked only for what is the stage's; nothing where nothing of it can be
   *     deleted
   */
  public void add(String name, Map<String, String> tags, Supplier<Optional<Resource>> resource) {
    if (stage.matches(tags)) {
      resource.get().ifPresent(own::add);
    } else if (stage.looksOwn(name)) {
      skip(name, stage.whyNot(tags));
    }
  }

  /** Sorts in what stays for Terraform, such as the bucket whose contents go. */
  public void stays(String arn) {
    staying.add(arn);
  }

  /** Sorts in what nobody may touch. */
  public void skip(String name, String why) {
    skipped.add(new SkippedResource(name, why));
  }

  /** What is the stage's. */
  public List<Resource> own() {
    return own;
  }

  /** What of the stage's stays for Terraform; ARNs. */
  public List<String> staying() {
    return staying;
  }

  /** What only looks so. */
  public List<SkippedResource> skipped() {
    return skipped;
  }
}
