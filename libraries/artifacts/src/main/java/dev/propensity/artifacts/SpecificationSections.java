package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.specification.DatasetSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sections of a specification that a computation reads, as parameters of its key. */
final class SpecificationSections {
  private SpecificationSections() {}

  /** These sections, in a map that can take further parameters. */
  static SortedMap<String, JsonNode> of(DatasetSpec spec, String... names) {
    SortedMap<String, JsonNode> sections = new TreeMap<>();
    for (String name : names) {
      sections.put(name, spec.section(name));
    }
    return sections;
  }
}
