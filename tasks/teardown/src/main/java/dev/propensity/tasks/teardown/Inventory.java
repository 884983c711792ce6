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
 * What a stage has, as one look found it.
 *
 * @param own by kind, in the order in which it is deleted; kinds without any are missing
 * @param skipped by kind
 * @param leftovers what Terraform made, by ARN
 */
record Inventory(
    Map<ResourceType, List<Resource>> own,
    Map<ResourceType, List<SkippedResource>> skipped,
    List<Resource> leftovers) {

  /** Looks; what cannot be looked at is among the errors. */
  static Inventory of(Account account, Stage stage, List<ResourceType> types, Errors errors) {
    TaggedArns tagged =
        errors.attempt("ask the tagging API", () -> account.tagged(stage)).orElse(TaggedArns.NONE);
    Map<ResourceType, List<Resource>> own = new LinkedHashMap<>();
    Map<ResourceType, List<SkippedResource>> skipped = new LinkedHashMap<>();
    Set<String> leftovers = new TreeSet<>();
    for (ResourceType type : types) {
      errors
          .attempt("look for " + type.plural(), () -> type.find(tagged))
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
        .attempt("look at what Terraform made", () -> account.terraformLeftovers(stage).of(tagged))
        .ifPresent(leftovers::addAll);
    Prices prices = new Prices();
    return new Inventory(
        own,
        skipped,
        leftovers.stream().map(arn -> new Resource(arn, arn, "", prices.fixedCost(arn))).toList());
  }

  /** Whether the stage has nothing at all, of this task's or of Terraform's. */
  boolean isEmpty() {
    return size() == 0 && leftovers.isEmpty();
  }

  /** How many things the task deletes. */
  int size() {
    return own.values().stream().mapToInt(List::size).sum();
  }

  /** What the task deletes, a line each. */
  List<String> names() {
    return own.entrySet().stream()
        .flatMap(
            kind ->
                kind.getValue().stream()
                    .map(resource -> resource.name() + " (" + kind.getKey().plural() + ")"))
        .toList();
  }

  /** What it costs to keep all of it. */
  Cost cost() {
    return Stream.concat(own.values().stream().flatMap(List::stream), leftovers.stream())
        .map(Resource::cost)
        .reduce(Cost.NOTHING, Cost::plus);
  }

  /** Tells it, for people. */
  void print(Consumer<String> line) {
    own.forEach(
        (type, all) -> {
          line.accept(type.plural() + ":");
          all.forEach(resource -> line.accept(line(resource)));
        });
    skipped.forEach(
        (type, all) -> {
          line.accept("left alone among " + type.plural() + ":");
          all.forEach(one -> line.accept("  " + one.name() + " " + one.why()));
        });
    if (!leftovers.isEmpty()) {
      line.accept("left for terraform destroy:");
      leftovers.forEach(resource -> line.accept(line(resource)));
    }
    if (!isEmpty()) {
      line.accept(
          "to keep all this costs "
              + cost().sum()
              + " (what is used costs more; list prices of us-east-1, "
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
