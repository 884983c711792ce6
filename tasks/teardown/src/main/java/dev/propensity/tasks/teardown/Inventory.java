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
 * @param leftAlone by kind
 * @param remains what Terraform made, by ARN
 */
record Inventory(
    Map<ResourceType, List<Resource>> own,
    Map<ResourceType, List<SkippedResource>> leftAlone,
    List<Resource> remains) {

  /** Looks; what cannot be looked at is among the errors. */
  static Inventory of(Account account, Stage stage, List<ResourceType> kinds, Errors errors) {
    TaggedArns tagged =
        errors.attempt("ask the tagging API", () -> account.tagged(stage)).orElse(TaggedArns.NONE);
    Map<ResourceType, List<Resource>> own = new LinkedHashMap<>();
    Map<ResourceType, List<SkippedResource>> leftAlone = new LinkedHashMap<>();
    Set<String> remains = new TreeSet<>();
    for (ResourceType kind : kinds) {
      errors
          .attempt("look for " + kind.plural(), () -> kind.find(tagged))
          .ifPresent(
              finding -> {
                if (!finding.own().isEmpty()) {
                  own.put(kind, finding.own());
                }
                remains.addAll(finding.staying());
                if (!finding.leftAlone().isEmpty()) {
                  leftAlone.put(kind, finding.leftAlone());
                }
              });
    }
    errors
        .attempt("look at what Terraform made", () -> account.remains(stage).of(tagged))
        .ifPresent(remains::addAll);
    Prices prices = new Prices();
    return new Inventory(
        own,
        leftAlone,
        remains.stream().map(arn -> new Resource(arn, arn, "", prices.standing(arn))).toList());
  }

  /** Whether the stage has nothing at all, of this task's or of Terraform's. */
  boolean isEmpty() {
    return size() == 0 && remains.isEmpty();
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
                    .map(found -> found.name() + " (" + kind.getKey().plural() + ")"))
        .toList();
  }

  /** What it costs to keep all of it. */
  Cost cost() {
    return Stream.concat(own.values().stream().flatMap(List::stream), remains.stream())
        .map(Resource::cost)
        .reduce(Cost.NOTHING, Cost::plus);
  }

  /** Tells it, for people. */
  void tell(Consumer<String> line) {
    own.forEach(
        (kind, all) -> {
          line.accept(kind.plural() + ":");
          all.forEach(found -> line.accept(told(found)));
        });
    leftAlone.forEach(
        (kind, all) -> {
          line.accept("left alone among " + kind.plural() + ":");
          all.forEach(one -> line.accept("  " + one.name() + " " + one.why()));
        });
    if (!remains.isEmpty()) {
      line.accept("left for terraform destroy:");
      remains.forEach(found -> line.accept(told(found)));
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

  private static String told(Resource found) {
    String text = "  " + found.name();
    for (String more : List.of(found.detail(), found.cost().text())) {
      text += more.isEmpty() ? "" : ", " + more;
    }
    return text;
  }
}
