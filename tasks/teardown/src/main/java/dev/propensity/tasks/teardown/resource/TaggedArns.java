package dev.propensity.tasks.teardown.resource;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * The resources with a stage's tags, as returned by the tagging API. It lags behind: it may return
 * deleted resources, and omit new ones.
 *
 * @param all ARNs, in order
 */
public record TaggedArns(List<String> all) {

  /** Empty, if the tagging API cannot be called. */
  public static final TaggedArns NONE = new TaggedArns(List.of());

  /** Calls the tagging API. */
  public static TaggedArns of(ResourceGroupsTaggingApiClient client, Stage stage) {
    List<TagFilter> filters =
        stage.tags().entrySet().stream()
            .map(tag -> TagFilter.builder().key(tag.getKey()).values(tag.getValue()).build())
            .toList();
    TreeSet<String> arns = new TreeSet<>();
    client.getResourcesPaginator(get -> get.tagFilters(filters)).stream()
        .flatMap(page -> page.resourceTagMappingList().stream())
        .map(ResourceTagMapping::resourceARN)
        .forEach(arns::add);
    return new TaggedArns(List.copyOf(arns));
  }

  /**
   * The names of the resources of one kind.
   *
   * @param kind the service and the type, as {@code sagemaker:endpoint}; the service alone where
   *     ARNs have no type, as {@code s3}
   */
  public Stream<String> names(String kind) {
    return all.stream().filter(arn -> kind(arn).equals(kind)).map(TaggedArns::name);
  }

  /** The kind of this ARN. */
  public static String kind(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6) {
      return "";
    }
    String resource = parts[5];
    int end = indexOfAny(resource);
    return end < 0 ? parts[2] : parts[2] + ":" + resource.substring(0, end);
  }

  /** The part after the kind. */
  public static String name(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length < 6 ? arn : parts[5].substring(indexOfAny(parts[5]) + 1);
  }

  private static int indexOfAny(String resource) {
    for (int i = 0; i < resource.length(); i++) {
      if (resource.charAt(i) == '/' || resource.charAt(i) == ':') {
        return i;
      }
    }
    return -1;
  }
}
