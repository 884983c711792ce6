package dev.propensity.tasks.teardown.resource;

/**
 * A resource with the stage's tags.
 *
 * @param name for messages
 * @param id its identifier in requests: a name or an ARN
 * @param detail details for messages, empty if there are none
 * @param cost the cost of keeping it
 */
public record Resource(String name, String id, String detail, Cost cost) {}
