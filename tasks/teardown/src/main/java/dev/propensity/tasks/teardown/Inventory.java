package dev.propensity.tasks.teardown;

import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Errors;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.SkippedResource;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The resources of a stage, as found by one scan.
 *
 * @param own by type, in the order of deletion; types without any are missing
 * @param skipped by type
 * @param leftovers resources created by Terraform, by ARN
 */
record Inventory(
    Map<ResourceType, List<Resource>> own,
    Map<ResourceType, List<SkippedResource>> skipped,
    List<Resource> leftovers) {

  /** Scans the account; what cannot be read is among the errors. */
  static Inventory of(Account account, Stage stage, List<ResourceType> types, Errors errors) {
    TaggedArns tagged =
        errors
            .attempt("read from the tagging API", () -> account.tagged(stage))
            .orElse(TaggedArns.NONE);
    Map<ResourceType, List<Resource>> own = new LinkedHashMap<>();
    Map<ResourceType, List<SkippedResource>> skipped = new LinkedHashMap<>();
    Set<String> leftovers = new TreeSet<>();
    for (ResourceType type : types) {
      errors
          .attempt("list " + type.plural(), () -> type.find(tagged))
          .ifPresent(
              result -> {
                if (!result.own().isEmpty()) {
                  own.put(type, result.own());
                }
                leftovers.addAll(result.staying());
                if (!result.skipped().isEmpty()) {
                  skipped.put(type, result.skipped());
                }
              });
    }
    errors
        .attempt(
            "check the resources of Terraform", () -> account.terraformLeftovers(stage).of(tagged))
        .ifPresent(leftovers::addAll);
    Prices prices = new Prices();
    return new Inventory(
        own,
        skipped,
        leftovers.stream().map(arn -> new Resource(arn, arn, "", prices.fixedCost(arn))).toList());
  }

  /** Whether the stage has no resources at all, of this task or of Terraform. */
  boolean isEmpty() {
    return size() == 0 && leftovers.isEmpty();
  }

  /** The number of resources that the task deletes. */
  int size() {
    return own.values().stream().mapToInt(List::size).sum();
  }

  /** The resources that the task deletes, one per line. */
  List<String> names() {
    return own.entrySet().stream()
        .flatMap(
            kind ->
                kind.getValue().stream()
                    .map(resource -> resource.name() + " (" + kind.getKey().plural() + ")"))
        .toList();
  }

  /** The cost of keeping all of it. */
  Cost cost() {
    return Stream.concat(own.values().stream().flatMap(List::stream), leftovers.stream())
        .map(Resource::cost)
        .reduce(Cost.NOTHING, Cost::plus);
  }

  /** Prints the inventory. */
  void print(Consumer<String> line) {
    own.forEach(
        (type, all) -> {
          line.accept(type.plural() + ":");
          all.forEach(resource -> line.accept(line(resource)));
        });
    skipped.forEach(
        (type, all) -> {
          line.accept("skipped among " + type.plural() + ":");
          all.forEach(one -> line.accept("  " + one.name() + " " + one.why()));
        });
    if (!leftovers.isEmpty()) {
      line.accept("left for terraform destroy:");
      leftovers.forEach(resource -> line.accept(line(resource)));
    }
    if (!isEmpty()) {
      line.accept(
          "cost of keeping all this: "
              + cost().sum()
              + " (plus usage; list prices of us-east-1, "
              + Prices.AS_OF
              + ")");
    }
  }

  private static String line(Resource resource) {
    String text = "  " + resource.name();
    for (String more : List.of(resource.detail(), resource.cost().text())) {
      text += more.isEmpty() ? "" : ", " + more;
    }
    return text;
  }
}
