package dev.propensity.tasks.teardown.aws;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.tasks.teardown.resource.Bytes;
import dev.propensity.tasks.teardown.resource.Counted;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

/** Images in ECR repositories; the repositories are kept. */
public final class Images implements ResourceType {
  /** The maximum number that one request may delete. */
  private static final int PAGE = 100;

  private final EcrClient client;
  private final Stage stage;
  private final Prices prices;

  public Images(EcrClient client, Stage stage, Prices prices) {
    this.client = client;
    this.stage = stage;
    this.prices = prices;
  }

  @Override
  public String plural() {
    return "images";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    List<String> taggedNames = tagged.names("ecr:repository").toList();
    ScanResult result = new ScanResult(stage);
    client.describeRepositoriesPaginator().repositories().stream()
        .filter(
            one ->
                stage.looksOwn(one.repositoryName()) || taggedNames.contains(one.repositoryName()))
        .forEach(
            one ->
                result.add(
                    one.repositoryName(),
                    tags(one),
                    () -> {
                      result.stays(one.repositoryArn());
                      return resource(one);
                    }));
    return result;
  }

  // A platform's image cannot be deleted before the manifest list that refers to it: retry once.
  @Override
  public void delete(Resource resource) {
    List<ImageFailure> failures = List.of();
    for (int round = 0; round < 2; round++) {
      failures = new ArrayList<>();
      List<ImageIdentifier> all = images(resource.id()).stream().map(Images::identifier).toList();
      for (int i = 0; i < all.size(); i += PAGE) {
        failures.addAll(delete(resource.id(), all.subList(i, Math.min(i + PAGE, all.size()))));
      }
    }
    if (!failures.isEmpty()) {
      ImageFailure first = failures.get(0);
      throw new UnavailableException(
          failures.size() + " images were not deleted: " + first.failureCodeAsString());
    }
  }

  /** Whether there is no such repository. */
  public boolean isGone(String repository) {
    try {
      client.describeRepositories(describe -> describe.repositoryNames(repository));
      return false;
    } catch (RepositoryNotFoundException e) {
      return true;
    }
  }

  private List<ImageFailure> delete(String repository, List<ImageIdentifier> identifiers) {
    try {
      BatchDeleteImageResponse answer =
          client.batchDeleteImage(
              delete -> delete.repositoryName(repository).imageIds(identifiers));
      return answer.failures().stream()
          .filter(failure -> failure.failureCode() != ImageFailureCode.IMAGE_NOT_FOUND)
          .toList();
    } catch (RepositoryNotFoundException e) {
      return List.of();
    }
  }

  private Optional<Resource> resource(Repository repository) {
    String name = repository.repositoryName();
    List<ImageDetail> images = images(name);
    if (images.isEmpty()) {
      return Optional.empty();
    }
    long bytes =
        images.stream()
            .mapToLong(image -> image.imageSizeInBytes() == null ? 0 : image.imageSizeInBytes())
            .sum();
    String detail = Counted.of(images.size(), "image") + ", " + Bytes.text(bytes);
    return Optional.of(new Resource(name, name, detail, prices.images(bytes)));
  }

  private List<ImageDetail> images(String repository) {
    try {
      return client
          .describeImagesPaginator(describe -> describe.repositoryName(repository))
          .imageDetails()
          .stream()
          .toList();
    } catch (RepositoryNotFoundException e) {
      return List.of();
    }
  }

  private Map<String, String> tags(Repository repository) {
    try {
      return client
          .listTagsForResource(list -> list.resourceArn(repository.repositoryArn()))
          .tags()
          .stream()
          .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new));
    } catch (RepositoryNotFoundException e) {
      return Map.of();
    }
  }

  private static ImageIdentifier identifier(ImageDetail image) {
    return ImageIdentifier.builder().imageDigest(image.imageDigest()).build();
  }
}
