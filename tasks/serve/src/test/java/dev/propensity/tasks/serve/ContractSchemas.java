package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

/** The schemas of a server's API description. */
final class ContractSchemas {
  private final JsonNode contract;

  /** Those of a running server. */
  ContractSchemas(Responses responses) throws Exception {
    this.contract = Responses.tree(responses.get("/api/v1/openapi.json"));
  }

  /** The whole description. */
  JsonNode contract() {
    return contract;
  }

  /** Checks that a document is as its schema says. */
  void assertValid(String name, JsonNode document) {
    assertThat(schema(name).validate(document)).as("%s: %s", name, document).isEmpty();
  }

  JsonSchema schema(String name) {
    ObjectNode schema =
        new ObjectMapper().createObjectNode().put("$ref", "#/components/schemas/" + name);
    schema.set("components", contract.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }
}
